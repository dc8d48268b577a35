import HornetLinear
import HornetMetrics
import HornetSupport
import HornetTensor
import HornetTextPrep

/// The work of ``TextTagger/fit(_:tags:)``.
struct TaggerSearch {
    private let texts: [String]
    private let y: SparseMatrix
    private let settings: TextTagger
    private let folds: [(train: [Int], test: [Int])]
    private let start = Console.seconds
    private var progress: StageProgress

    init(texts: [String], y: SparseMatrix, settings: TextTagger) throws {
        (self.texts, self.y, self.settings) = (texts, y, settings)
        progress = StageProgress(verbosity: settings.verbose)
        folds = try MultilabelStratifiedKFold(splits: settings.folds, seed: settings.seed).split(y)
    }

    mutating func run(_ binarizer: MultiLabelBinarizer) throws -> TrainedTagger {
        let trials = try trials()
        let (chosen, attempts) = try choose(among: trials)
        let scores = try scoresOfAll(chosen)
        progress.begin("tuning thresholds")
        let scale = try ScoreScale(y, scores)
        let probabilities = scale.probabilities(of: scores)
        let choice = try Thresholds.crossValidated(
            y, probabilities, for: .f1, candidates: TaggerSearch.thresholdScopes, seed: settings.seed)
        let learned = try chosen.map { trial in
            progress.begin("learning all texts by \(trial.reading.name)", secondsLeft: trial.seconds)
            return try trial.reading.read(texts).learned(y, seed: settings.seed)
        }
        progress.end()
        let best = choice.candidates.first { $0.scope == choice.scope }!
        return TrainedTagger(
            tagger: try Tagger(of: learned, scale, binarizer, choice.thresholds), scores: probabilities, target: y,
            attempts: attempts, chosen: chosen.map(\.reading.name), microF1: best.value,
            folds: settings.folds, seconds: secondsSoFar)
    }

    /// Thresholds that are best together. Tuned one by one they would favour rare labels at the cost of all decisions;
    /// not drawn to the common one, they would follow chance.
    private static let thresholdScopes: [ThresholdScope] = [10, 3].map { .jointly(shrinkage: $0) }

    // MARK: Trying

    /// A reading on the first fold.
    private struct Trial {
        let reading: TextReading
        let scores: Tensor
        let seconds: Double
        let microF1: Double
    }

    /// Tries each reading on the first fold if there is time to use it.
    private mutating func trials() throws -> [Trial] {
        var trials: [Trial] = []
        /// Of training, by what is stored; the larger the matrix, the more it waits for memory.
        var secondsPerValue = 0.0
        let (train, test) = (texts.selecting(folds[0].train), texts.selecting(folds[0].test))
        let labels = y.gathered(folds[0].train)
        for reading in settings.readings {
            progress.begin("trying \(reading.name)")
            let began = Console.seconds
            let read = try reading.read(train)
            let expected = 1.5 * secondsPerValue * Double(read.rows.storedCount)
            if !trials.isEmpty, expected * (repeats + 1) > secondsLeft { continue }
            let learning = Console.seconds
            let learned = try read.learned(labels, seed: settings.seed)
            secondsPerValue = (Console.seconds - learning) / Double(max(1, read.rows.storedCount))
            let scores = try learned.scores(for: test)
            let seconds = Console.seconds - began
            trials.append(Trial(reading: reading, scores: scores, seconds: seconds, microF1: try microF1(of: scores)))
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
    private func choose(among trials: [Trial]) throws -> (chosen: [Trial], attempts: [TrainedTagger.Attempt]) {
        var attempts = trials.map { TrainedTagger.Attempt(readings: [$0.reading.name], microF1: $0.microF1) }
        func isAffordable(_ trials: [Trial]) -> Bool { trials.reduce(0) { $0 + $1.seconds } * repeats < secondsLeft }
        let ranked = trials.sorted { $0.microF1 > $1.microF1 }
        var chosen = [ranked.first { isAffordable([$0]) } ?? trials[0]]
        var best = chosen[0].microF1
        for trial in ranked where trial.reading.name != chosen[0].reading.name && isAffordable(chosen + [trial]) {
            let together = chosen + [trial]
            let microF1 = try microF1(of: TaggerSearch.mean(together.map(\.scores)))
            attempts.append(TrainedTagger.Attempt(readings: together.map(\.reading.name), microF1: microF1))
            // It has to be worth the work.
            if microF1 > best + 0.001 { (chosen, best) = (together, microF1) }
        }
        return (chosen, attempts)
    }

    // MARK: Scoring

    /// Every text's scores, from models that have not seen it.
    private mutating func scoresOfAll(_ chosen: [Trial]) throws -> Tensor {
        var parts = [TaggerSearch.mean(chosen.map(\.scores))]
        for (number, fold) in folds.enumerated().dropFirst() {
            let seconds = chosen.reduce(0) { $0 + $1.seconds }
            progress.begin("fold \(number + 1) of \(folds.count)", secondsLeft: seconds * (repeats - Double(number - 1)))
            let (train, test) = (texts.selecting(fold.train), texts.selecting(fold.test))
            let labels = y.gathered(fold.train)
            parts.append(
                TaggerSearch.mean(try chosen.map { trial in
                    try trial.reading.read(train).learned(labels, seed: settings.seed).scores(for: test)
                }))
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
