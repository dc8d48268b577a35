import HornetLinear
import HornetMetrics
import HornetSupport
import HornetTensor
import HornetTextPrep

/// The work of ``TextTagger/fit(_:tags:)``.
struct TaggerSearch {
    private let texts: [String]
    private let y: SparseMatrix
    private let labels: MultiLabelBinarizer
    private let settings: TextTagger
    private let folds: [(train: [Int], test: [Int])]
    private let lint: LintReport
    private let start: Double
    private var progress: StageProgress
    private var attempts: [TrainedTagger.Attempt] = []

    /// Looks at the data, and divides them.
    init(texts: [String], tags: [[String]], y: SparseMatrix, labels: MultiLabelBinarizer, settings: TextTagger) throws {
        (self.texts, self.y, self.labels, self.settings) = (texts, y, labels, settings)
        start = Console.seconds
        progress = StageProgress(verbosity: settings.verbose)
        progress.begin("looking at the data")
        let data = LintData(parts: [("training", texts, tags)], firstRows: [0], classes: labels.classes, tokenizer: nil)
        lint = LintReport(TaggerSearch.findings(in: data), subject: data.subject)
        if !lint.findings.isEmpty { progress.say("\(lint)") }
        folds = try MultilabelStratifiedKFold(splits: settings.folds, seed: settings.seed)
            .split(y, groups: TaggerSearch.groups(in: data))
    }

    mutating func run() throws -> TrainedTagger {
        let chosen = try choose(among: trials())
        let network = try networkThatIsBetter(than: chosen)
        let margins: Tensor
        if let network {
            margins = try scoresOfAll(network.scores, seconds: network.seconds) { [settings, labels] train, y, test in
                try TaggerSearch.learned(network, train, y, labels, settings).scores(for: test)
            }
        } else {
            margins = try scoresOfAll(chosen.scores, seconds: chosen.seconds) { [settings] train, y, test in
                TaggerSearch.mean(
                    try chosen.readings.map { try $0.read(train).learned(y, seed: settings.seed).scores(for: test) })
            }
        }
        progress.begin("tuning thresholds")
        let scale = try ScoreScale(y, margins)
        let probabilities = scale.probabilities(of: margins)
        let choice = try Thresholds.crossValidated(
            y, probabilities, for: .f1, atLeastOne: nil, candidates: TaggerSearch.thresholdScopes, seed: settings.seed)
        let tagger: Tagger
        if let network {
            progress.begin("learning all texts by \(network.network.name)", secondsLeft: network.seconds)
            tagger = try TaggerSearch.learned(network, texts, y, labels, settings)
                .with(thresholds: choice.thresholds, calibration: scale.calibration(of: labels.classes.count))
        } else {
            tagger = try Tagger(of: learnedFromAll(chosen), scale, labels, choice.thresholds)
        }
        progress.end()
        return TrainedTagger(
            tagger: tagger, texts: texts, scores: probabilities, target: y, scale: scale, attempts: attempts,
            chosen: network.map { [$0.network.name] } ?? chosen.readings.map(\.name), microF1: choice.value,
            folds: settings.folds, seconds: secondsSoFar, lint: lint)
    }

    /// Thresholds that are best together. Tuned one by one they would favour rare labels at the cost of all decisions;
    /// not drawn to the common one, they would follow chance.
    private static let thresholdScopes: [ThresholdScope] = [10, 3].map { .jointly(shrinkage: $0) }

    // MARK: Data

    /// All but what thresholds see to.
    private static func findings(in data: LintData) -> [LintReport.Finding] {
        Linter(
            data: data, targets: nil, sampleWeight: nil, model: nil, encoding: nil, validationSplit: 0, minPositives: 10
        ).findings().filter { $0.kind != .imbalance }
    }

    /// Texts with the same words have the same number: one of them must not tell what is asked of the other.
    private static func groups(in data: LintData) -> [Int] {
        var groups = Array(data.texts.indices)
        for rows in data.rowsByWords() { for row in rows { groups[row] = rows[0] } }
        return groups
    }

    // MARK: Linear ways

    /// Readings, alone or together, on the first fold.
    private struct Trial {
        var readings: [TextReading]
        var scores: Tensor
        /// For one fold.
        var seconds: Double
        var microF1: Double

        var attempt: TrainedTagger.Attempt {
            TrainedTagger.Attempt(readings: readings.map(\.name), microF1: microF1, seconds: seconds)
        }
    }

    /// Tries each reading on the first fold if there is time to use it.
    private mutating func trials() throws -> [Trial] {
        var trials: [Trial] = []
        /// Of training, by what is stored. Larger matrices wait longer for memory; what is too slow in truth is not taken.
        var secondsPerValue = 0.0
        let (train, test) = (texts.selecting(folds[0].train), texts.selecting(folds[0].test))
        let labels = y.gathered(folds[0].train)
        for reading in settings.readings {
            progress.begin("trying \(reading.name)")
            let began = Console.seconds
            let read = try reading.read(train)
            let expected = secondsPerValue * Double(read.rows.storedCount)
            if !trials.isEmpty, expected * (repeats + 1) > secondsLeft { continue }
            let learning = Console.seconds
            let learned = try read.learned(labels, seed: settings.seed)
            secondsPerValue = (Console.seconds - learning) / Double(max(1, read.rows.storedCount))
            let scores = try learned.scores(for: test)
            trials.append(
                Trial(readings: [reading], scores: scores, seconds: Console.seconds - began, microF1: try microF1(of: scores)))
            attempts.append(trials.last!.attempt)
        }
        return trials
    }

    /// The micro F1 on the first fold, with the best threshold for all labels.
    private func microF1(of scores: Tensor) throws -> Double {
        let target = y.gathered(folds[0].test)
        let decisions = try Thresholds.tuned(target, scores, scope: .global).decisions(on: scores)
        return try f1Score(target, decisions, average: .micro, zeroDivision: .zero)
    }

    /// The reading that decides best, and those that make it better; as far as there is time for them.
    private mutating func choose(among trials: [Trial]) throws -> Trial {
        let ranked = trials.sorted { $0.microF1 > $1.microF1 }
        var chosen = ranked.first { $0.seconds * repeats < secondsLeft } ?? trials[0]
        var parts = [chosen.scores]
        for trial in ranked where trial.readings[0].name != chosen.readings[0].name {
            let seconds = chosen.seconds + trial.seconds
            if seconds * repeats >= secondsLeft { continue }
            let scores = TaggerSearch.mean(parts + [trial.scores])
            let together = Trial(
                readings: chosen.readings + trial.readings, scores: scores, seconds: seconds, microF1: try microF1(of: scores))
            attempts.append(together.attempt)
            // It has to be worth the work.
            if together.microF1 > chosen.microF1 + 0.001 {
                chosen = together
                parts.append(trial.scores)
            }
        }
        return chosen
    }

    private mutating func learnedFromAll(_ chosen: Trial) throws -> [LearnedReading] {
        try chosen.readings.map { reading in
            progress.begin(
                "learning all texts by \(reading.name)", secondsLeft: chosen.seconds * 1.5 / Double(chosen.readings.count))
            return try reading.read(texts).learned(y, seed: settings.seed)
        }
    }

    // MARK: Networks

    /// A network on the first fold.
    private struct NetworkTrial {
        let network: TextNetwork
        let scores: Tensor
        let seconds: Double
        let microF1: Double
    }

    /// The share of the time that trying one network may take.
    private static let networkShare = 0.05
    /// What a network has to be better by, to take the place of what is simple and certain.
    private static let networkGain = 0.005

    /// Tries each network on the first fold, in time that the linear way does not need.
    private mutating func networkThatIsBetter(than linear: Trial) throws -> NetworkTrial? {
        var best: NetworkTrial?
        let (train, test) = (texts.selecting(folds[0].train), texts.selecting(folds[0].test))
        let target = y.gathered(folds[0].train)
        for network in settings.networks {
            let spare = min(secondsLeft - linear.seconds * (repeats + 0.5), secondsLeft / (repeats + 2))
            let allowance = min(spare, TaggerSearch.networkShare * (settings.timeLimit / .seconds(1)))
            guard allowance > 0 else { break }
            progress.begin("trying \(network.name)", secondsLeft: allowance + linear.seconds * repeats)
            let began = Console.seconds
            let learned = try network.learned(
                train, target, labels: labels.classes, seed: settings.seed, until: began + allowance)
            guard let scores = try learned?.scores(for: test) else { continue }
            let trial = NetworkTrial(
                network: network, scores: scores, seconds: Console.seconds - began, microF1: try microF1(of: scores))
            attempts.append(
                TrainedTagger.Attempt(readings: [network.name], microF1: trial.microF1, seconds: trial.seconds))
            let isBetter = trial.microF1 > best?.microF1 ?? (linear.microF1 + TaggerSearch.networkGain)
            if isBetter, trial.seconds * repeats < secondsLeft { best = trial }
        }
        return best
    }

    /// As long as the trial took, by the number of texts; what it takes to begin with included.
    private static func learned(
        _ trial: NetworkTrial, _ texts: [String], _ y: SparseMatrix, _ labels: MultiLabelBinarizer, _ settings: TextTagger
    ) throws -> Tagger {
        let tagger = try trial.network.learned(
            texts, y, labels: labels.classes, seed: settings.seed, until: Console.seconds + 1.5 * trial.seconds)
        guard let tagger else {
            throw HornetError(
                .configuration, at: "TextTagger.fit", "\(trial.network.name) became so slow that the time limit can't be kept",
                remedy: "Raise timeLimit, or leave networks out")
        }
        return tagger
    }

    // MARK: Scoring

    /// Every text's scores, from models that have not seen it.
    /// - Parameters:
    ///   - first: Those of the first fold.
    ///   - seconds: What a fold takes.
    private mutating func scoresOfAll(
        _ first: Tensor, seconds: Double, _ score: (_ train: [String], _ y: SparseMatrix, _ test: [String]) throws -> Tensor
    ) throws -> Tensor {
        var parts = [first]
        for (number, fold) in folds.enumerated().dropFirst() {
            progress.begin("fold \(number + 1) of \(folds.count)", secondsLeft: seconds * (repeats - Double(number - 1)))
            parts.append(try score(texts.selecting(fold.train), y.gathered(fold.train), texts.selecting(fold.test)))
        }
        var places = [Int](repeating: 0, count: texts.count)
        for (place, row) in folds.flatMap(\.test).enumerated() { places[row] = place }
        return Tensor.concatenated(parts).selecting(places)
    }

    private static func mean(_ scores: [Tensor]) -> Tensor {
        scores.count == 1 ? scores[0] : scores.dropFirst().reduce(scores[0], +) / Float(scores.count)
    }

    // MARK: Time

    /// How often a trial's work comes again: the other folds, then all texts, which are more.
    private var repeats: Double { Double(settings.folds) + 0.5 }
    private var secondsSoFar: Double { Console.seconds - start }
    private var secondsLeft: Double { settings.timeLimit / .seconds(1) - secondsSoFar }
}
