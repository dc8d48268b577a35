import HornetSupport
public import HornetTensor

extension Thresholds {
    /// Thresholds that make the objective as large as it can be on these samples: every distinct score is tried.
    ///
    /// Take samples that were not trained on. Between two scores the threshold lies half way; of equally good ones the
    /// largest is taken. A label is then given to nobody when its highest score is its threshold.
    ///
    /// - Parameters:
    ///   - target: The true labels, `[samples, labels]`.
    ///   - scores: What the model says of them, of the same shape.
    ///   - objective: Default `.f1`.
    ///   - average: What the global threshold is tuned for. Default `.micro`.
    ///   - scope: How many thresholds. ``crossValidated(_:_:for:average:atLeastOne:candidates:folds:seed:)`` chooses.
    ///   - atLeastOne: See ``atLeastOne``; the thresholds are the same.
    public static func tuned(
        _ target: some LabelArray, _ scores: Tensor, for objective: ThresholdObjective = .f1,
        average: ThresholdAverage = .micro, scope: ThresholdScope = .perLabel(shrinkage: 0), atLeastOne: Bool = false
    ) throws -> Thresholds {
        let tuner = try ThresholdTuner(target, scores, objective, average)
        return Thresholds(try tuner.tuned().thresholds(scope), atLeastOne: atLeastOne)
    }

    /// What ``crossValidated(_:_:for:average:atLeastOne:candidates:folds:seed:)`` found.
    public struct Choice: Sendable {
        /// Tuned on all samples, in the best way.
        public let thresholds: Thresholds
        /// The best way.
        public let scope: ThresholdScope
        /// Each way with its objective on samples that its thresholds were not tuned on. For
        /// ``ThresholdObjective/precision(atLeast:)`` it is 1 and the recall where the precision is kept, else the
        /// precision; in the same way for recall; for costs the negative cost.
        public let candidates: [(scope: ThresholdScope, value: Double)]
        /// The objective of the best way on samples that its thresholds were not tuned on.
        public let value: Double
    }

    /// Thresholds as fine as the samples allow: whether one for all labels, one for each, and how far rare labels are
    /// drawn to the global one, is chosen by what holds on samples that the thresholds were not tuned on.
    ///
    /// The samples are parted into folds by chance; each way is tuned on all but one fold and counted on that one; the
    /// way with the best objective over all folds is tuned again on all samples. Of equally good ones the first is
    /// taken.
    ///
    /// - Parameters:
    ///   - average: What is compared: the objective of all labels taken together, or the mean of theirs. Default
    ///     `.micro`.
    ///   - atLeastOne: See ``atLeastOne``; counts in the comparison. `nil` takes what is better. Default false.
    ///   - candidates: By default the global threshold, and thresholds per label, for `.micro` also joint ones, with
    ///     shrinkages of 100, 30, 10, 3, 1 and 0.
    ///   - folds: Default 5, at most as many as samples.
    ///   - seed: Default 0.
    public static func crossValidated(
        _ target: some LabelArray, _ scores: Tensor, for objective: ThresholdObjective = .f1,
        average: ThresholdAverage = .micro, atLeastOne: Bool? = false, candidates: [ThresholdScope]? = nil,
        folds: Int = 5, seed: UInt64 = 0
    ) throws -> Choice {
        let sampleCount = scores.shape.first ?? 0
        let scopes = candidates ?? defaultCandidates(objective, average)
        guard folds >= 2, sampleCount >= folds, !scopes.isEmpty else {
            throw HornetError(
                .configuration, at: "Thresholds",
                "\(folds) folds of \(sampleCount) samples and \(scopes.count) candidates leave nothing to compare",
                remedy: "Take at least two folds, a sample for each, and a candidate")
        }
        var random = RandomSource(seed: seed)
        var fold = [Int](repeating: 0, count: sampleCount)
        for (position, sample) in random.permutation(sampleCount).enumerated() { fold[sample] = position % folds }
        let tuner = try ThresholdTuner(target, scores, objective, average, folds: folds, fold: fold)

        let tuned = (0..<folds).map { tuner.tuned(without: $0) }
        /// What each way is worth on the folds that it was not tuned on.
        func values(atLeastOne: Bool) throws -> [Double] {
            try scopes.map { scope in
                var counts = DecisionCounts(tuner.labels.labelCount)
                for (number, tuned) in tuned.enumerated() {
                    let thresholds = Thresholds(try tuned.thresholds(scope), atLeastOne: atLeastOne)
                    counts.add(tuner.labels, fold.indices.filter { fold[$0] == number }, thresholds)
                }
                return counts.value(objective, average)
            }
        }
        var (found, isForced) = (try values(atLeastOne: atLeastOne ?? false), atLeastOne ?? false)
        if atLeastOne == nil {
            let forced = try values(atLeastOne: true)
            if forced.max()! > found.max()! { (found, isForced) = (forced, true) }
        }
        let best = found.indices.max { found[$0] < found[$1] || found[$0] == found[$1] && $0 > $1 }!
        return Choice(
            thresholds: Thresholds(try tuner.tuned().thresholds(scopes[best]), atLeastOne: isForced), scope: scopes[best],
            candidates: zip(scopes, found).map { (scope: $0, value: $1) }, value: found[best])
    }

    private static func defaultCandidates(
        _ objective: ThresholdObjective, _ average: ThresholdAverage
    ) -> [ThresholdScope] {
        let shrinkages: [Double] = [100, 30, 10, 3, 1, 0]
        var scopes: [ThresholdScope] = [.global] + shrinkages.map { .perLabel(shrinkage: $0) }
        if average == .micro, objective.recallWeight != nil { scopes += shrinkages.map { .jointly(shrinkage: $0) } }
        return scopes
    }
}

/// For each label, how often it was found, given, and there.
private struct DecisionCounts {
    private var truePositives: [Double]
    private var predicted: [Double]
    private var positives: [Double]

    init(_ labelCount: Int) {
        truePositives = Array(repeating: 0, count: labelCount)
        (predicted, positives) = (truePositives, truePositives)
    }

    mutating func add(_ labels: ScoredLabels, _ samples: [Int], _ thresholds: Thresholds) {
        let (values, count) = (thresholds.values, thresholds.values.count)
        for sample in samples {
            let start = sample * count
            var isAny = false
            for label in 0..<count {
                let isTrue = labels.isTrue[start + label]
                if isTrue { positives[label] += 1 }
                if labels.scores[start + label] > values[label] {
                    isAny = true
                    add(label, isTrue)
                }
            }
            guard !isAny, thresholds.atLeastOne else { continue }
            labels.scores.withUnsafeBufferPointer { scores in
                for label in thresholds.labels(for: UnsafeBufferPointer(rebasing: scores[start..<start + count])) {
                    add(label, labels.isTrue[start + label])
                }
            }
        }
    }

    private mutating func add(_ label: Int, _ isTrue: Bool) {
        predicted[label] += 1
        if isTrue { truePositives[label] += 1 }
    }

    func value(_ objective: ThresholdObjective, _ average: ThresholdAverage) -> Double {
        switch average {
        case .micro:
            return objective.value(
                truePositives: truePositives.reduce(0, +), predicted: predicted.reduce(0, +),
                positives: positives.reduce(0, +))
        case .macro:
            let values = positives.indices.map {
                objective.value(truePositives: truePositives[$0], predicted: predicted[$0], positives: positives[$0])
            }
            return values.reduce(0, +) / Double(values.count)
        }
    }
}
