import HornetSupport
import HornetTensor

/// The cuts of a label's scores, from the one that gives it to nobody down: those after each distinct score that some
/// positive has. No other can be best: negatives below the last positive only cost.
struct LabelCuts {
    var thresholds: [Float] = []
    var truePositives: [Double] = []
    var predicted: [Double] = []
    var positives: Double { truePositives.last ?? 0 }

    /// From elements in the order of falling scores.
    init(_ elements: some Sequence<(score: Float, isTrue: Bool)>) {
        var (found, given) = (0.0, 0.0)
        var group: (score: Float, found: Double, given: Double)?
        func close(_ next: Float?) {
            guard let group else { return }
            if thresholds.isEmpty { append(group.score, 0, 0) }
            found += group.found
            given += group.given
            if group.found > 0 { append(LabelCuts.threshold(below: group.score, above: next), found, given) }
        }
        for (score, isTrue) in elements {
            if group?.score != score {
                close(score)
                group = (score, 0, 0)
            }
            group!.given += 1
            if isTrue { group!.found += 1 }
        }
        close(nil)
    }

    private mutating func append(_ threshold: Float, _ found: Double, _ given: Double) {
        thresholds.append(threshold)
        truePositives.append(found)
        predicted.append(given)
    }

    /// Half way between two neighbouring scores; just below the last.
    static func threshold(below upper: Float, above lower: Float?) -> Float {
        guard let lower else { return upper.nextDown }
        let middle = Float((Double(upper) + Double(lower)) / 2)
        return middle < upper ? middle : lower
    }

    /// The first of the best cuts: of equal ones, that with the largest threshold.
    func best(_ value: (_ truePositives: Double, _ predicted: Double) -> Double) -> Int {
        var best = (cut: 0, value: -Double.infinity)
        for cut in thresholds.indices {
            let value = value(truePositives[cut], predicted[cut])
            if value > best.value { best = (cut, value) }
        }
        return best.cut
    }
}

/// Thresholds from scores of validation samples, all of them or a part.
struct ThresholdTuner {
    let labels: ScoredLabels
    let objective: ThresholdObjective
    let average: ThresholdAverage
    /// For each label, the samples by falling score.
    private let orders: [[Int]]
    /// All elements by falling score.
    private let order: [Int]

    init(
        _ target: some LabelArray, _ scores: Tensor, _ objective: ThresholdObjective, _ average: ThresholdAverage
    ) throws {
        try objective.check()
        let labels = try ScoredLabels(target, scores, sampleWeight: nil, "Thresholds")
        self.labels = labels
        self.objective = objective
        self.average = average
        let count = labels.labelCount
        order = descendingOrder(of: labels.scores)
        // One sort for all: each label's elements come in its order.
        var orders = [[Int]](repeating: [], count: count)
        for label in 0..<count { orders[label].reserveCapacity(labels.sampleCount) }
        for element in order { orders[element % count].append(element / count) }
        self.orders = orders
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

    /// Tunes on the samples where `isUsed`.
    func tuned(on isUsed: [Bool]) -> Tuned {
        let cuts = orders.indices.map { label in
            LabelCuts(
                orders[label].lazy.filter { isUsed[$0] }.map { sample in
                    let element = sample * orders.count + label
                    return (score: labels.scores[element], isTrue: labels.isTrue[element])
                })
        }
        let own = cuts.map { cuts in
            cuts.best { objective.value(truePositives: $0, predicted: $1, positives: cuts.positives) }
        }
        let perLabel = zip(cuts, own).map { $0.thresholds[$1] }
        var jointly: [Float]?
        if let weight = objective.recallWeight {
            jointly = ThresholdTuner.jointly(cuts, weight)
        } else if case .cost = objective {
            jointly = perLabel
        }
        return Tuned(
            global: average == .micro ? pooledThreshold(isUsed) : meanThreshold(isUsed, cuts.map(\.positives)),
            perLabel: perLabel, jointly: jointly, positives: cuts.map(\.positives))
    }

    private func pooledThreshold(_ isUsed: [Bool]) -> Float {
        let cuts = LabelCuts(
            order.lazy.filter { isUsed[$0 / orders.count] }.map {
                (score: labels.scores[$0], isTrue: labels.isTrue[$0])
            })
        let best = cuts.best { objective.value(truePositives: $0, predicted: $1, positives: cuts.positives) }
        return cuts.thresholds[best]
    }

    /// The one threshold for which the labels' objectives have the largest sum.
    private func meanThreshold(_ isUsed: [Bool], _ positives: [Double]) -> Float {
        var found = [Double](repeating: 0, count: positives.count)
        var given = found
        func value(_ label: Int) -> Double {
            objective.value(truePositives: found[label], predicted: given[label], positives: positives[label])
        }
        var sum = positives.indices.map(value).reduce(0, +)
        let used = order.filter { isUsed[$0 / orders.count] }
        var best = (sum: sum, threshold: labels.scores[used[0]])
        for (position, element) in used.enumerated() {
            let label = element % orders.count
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
