import HornetSupport
import HornetTensor

/// Thresholds from scores of validation samples, all of them or those of some folds.
struct ThresholdTuner {
    let labels: ScoredLabels
    let objective: ThresholdObjective
    let average: ThresholdAverage
    /// The fold of each sample.
    private let fold: [Int]
    private let counts: [CutCounts]
    /// Of all labels' scores as one; where that is what the global threshold is tuned for.
    private let pooled: CutCounts?
    /// All elements by falling score, where the global threshold is tuned for the mean of the labels.
    private let order: [Int]

    /// Counts all scores once; thresholds are then tuned on samples of any folds.
    init(
        _ target: some LabelArray, _ scores: Tensor, _ objective: ThresholdObjective, _ average: ThresholdAverage,
        folds: Int = 1, fold: [Int]? = nil
    ) throws {
        try objective.check()
        let labels = try ScoredLabels(target, scores, sampleWeight: nil, "Thresholds")
        let fold = fold ?? Array(repeating: 0, count: labels.sampleCount)
        self.labels = labels
        self.objective = objective
        self.average = average
        self.fold = fold
        counts = ThresholdTuner.counts(labels, fold, folds)
        pooled = average == .micro ? ThresholdTuner.pooledCounts(labels, fold, folds) : nil
        order = average == .macro ? descendingOrder(of: labels.scores) : []
    }

    /// So many labels stand in one line of the cache.
    private static let blockWidth = 16

    private static func counts(_ labels: ScoredLabels, _ fold: [Int], _ folds: Int) -> [CutCounts] {
        let count = labels.labelCount
        var positives = [[Float]](repeating: [], count: count)
        for (element, isTrue) in labels.isTrue.enumerated() where isTrue {
            positives[element % count].append(labels.scores[element])
        }
        var counts = positives.map { CutCounts(positives: $0, folds: folds) }
        counts.withUnsafeMutableBufferPointer { counts in
            nonisolated(unsafe) let counts = counts
            Parallel.forEachRange(of: count, by: blockWidth) { block in
                for sample in 0..<labels.sampleCount {
                    for label in block {
                        let element = sample * count + label
                        counts[label].add(labels.scores[element], isTrue: labels.isTrue[element], fold: fold[sample])
                    }
                }
            }
        }
        return counts
    }

    private static func pooledCounts(_ labels: ScoredLabels, _ fold: [Int], _ folds: Int) -> CutCounts {
        let (count, size) = (labels.labelCount, (labels.sampleCount + 3) / 4)
        let positives = labels.isTrue.indices.filter { labels.isTrue[$0] }.map { labels.scores[$0] }
        let none = CutCounts(positives: positives, folds: folds)
        var parts = [CutCounts](repeating: none, count: (labels.sampleCount + size - 1) / size)
        parts.withUnsafeMutableBufferPointer { parts in
            nonisolated(unsafe) let parts = parts
            Parallel.forEachRange(of: labels.sampleCount, by: size) { samples in
                for sample in samples {
                    for element in sample * count..<(sample + 1) * count {
                        parts[samples.lowerBound / size].add(
                            labels.scores[element], isTrue: labels.isTrue[element], fold: fold[sample])
                    }
                }
            }
        }
        return parts.dropFirst().reduce(into: parts[0]) { $0.add($1) }
    }

    /// What tuning on some samples gives, before any shrinkage.
    struct Tuned {
        var global: Float
        var perLabel: [Float]
        var jointly: [Float]?
        var positives: [Double]

        func thresholds(_ scope: ThresholdScope) throws -> [Float] {
            switch scope {
            case .global: return perLabel.map { _ in global }
            case .perLabel(let shrinkage): return try shrunk(perLabel, shrinkage)
            case .jointly(let shrinkage):
                guard let jointly else {
                    throw HornetError(
                        .configuration, at: "Thresholds", "only F measures and costs can be tuned jointly",
                        remedy: "Take perLabel or global")
                }
                return try shrunk(jointly, shrinkage)
            }
        }

        private func shrunk(_ own: [Float], _ shrinkage: Double) throws -> [Float] {
            guard shrinkage >= 0 else {
                throw HornetError(.configuration, at: "Thresholds", "the shrinkage is \(shrinkage), not 0 or more")
            }
            return zip(own, positives).map { own, positives in
                let weight = positives > 0 ? positives / (positives + shrinkage) : 0
                return Float(weight * Double(own) + (1 - weight) * Double(global))
            }
        }
    }

    /// Tunes on the samples of all folds but one.
    func tuned(without left: Int? = nil) -> Tuned {
        let cuts = counts.map { $0.cuts(without: left) }
        let own = cuts.map(best)
        let perLabel = zip(cuts, own).map { $0.thresholds[$1] }
        var jointly: [Float]?
        if let weight = objective.recallWeight {
            jointly = ThresholdTuner.jointly(cuts, weight)
        } else if case .cost = objective {
            jointly = perLabel
        }
        let positives = cuts.map(\.positives)
        let global: Float
        if let all = pooled?.cuts(without: left) {
            global = all.thresholds[best(all)]
        } else {
            global = meanThreshold(without: left, positives)
        }
        return Tuned(global: global, perLabel: perLabel, jointly: jointly, positives: positives)
    }

    private func best(_ cuts: LabelCuts) -> Int {
        cuts.best { objective.value(truePositives: $0, predicted: $1, positives: cuts.positives) }
    }

    /// The one threshold for which the labels' objectives have the largest sum.
    private func meanThreshold(without left: Int?, _ positives: [Double]) -> Float {
        let count = positives.count
        var found = [Double](repeating: 0, count: count)
        var given = found
        func value(_ label: Int) -> Double {
            objective.value(truePositives: found[label], predicted: given[label], positives: positives[label])
        }
        var sum = positives.indices.map(value).reduce(0, +)
        let used = order.filter { fold[$0 / count] != left }
        var best = (sum: sum, threshold: labels.scores[used[0]])
        for (position, element) in used.enumerated() {
            let label = element % count
            sum -= value(label)
            given[label] += 1
            if labels.isTrue[element] { found[label] += 1 }
            sum += value(label)
            let score = labels.scores[element]
            let next = position + 1 < used.count ? labels.scores[used[position + 1]] : nil
            // Sums of the same values in another order must not pass for better.
            if next != score, sum > best.sum + 1e-9 { best = (sum, LabelCuts.threshold(below: score, above: next)) }
        }
        return best.threshold
    }

    /// The cuts with the largest F measure of all labels together.
    ///
    /// The measure is a quotient of two sums over labels, `(1 + β²)·found / (β²·positives + given)`: for the best value
    /// F each label's best cut has the largest `(1 + β²)·found − F·given`, and the F of these cuts can only grow
    /// (Dinkelbach 1967, "On Nonlinear Fractional Programming").
    private static func jointly(_ cuts: [LabelCuts], _ recallWeight: Double) -> [Float] {
        let positives = cuts.map(\.positives).reduce(0, +)
        var measure = 0.0
        while true {
            let chosen = cuts.map { $0.best { (1 + recallWeight) * $0 - measure * $1 } }
            let found = zip(cuts, chosen).map { $0.truePositives[$1] }.reduce(0, +)
            let given = zip(cuts, chosen).map { $0.predicted[$1] }.reduce(0, +)
            let next = found > 0 ? (1 + recallWeight) * found / (recallWeight * positives + given) : 0
            if next <= measure { return zip(cuts, chosen).map { $0.thresholds[$1] } }
            measure = next
        }
    }
}
