import HornetSupport

/// One yes-or-no question: true answers, scores, weights.
struct BinaryScores {
    var isTrue: [Bool]
    var scores: [Float]
    var weights: [Double]?

    var hasBothAnswers: Bool { isTrue.contains(true) && isTrue.contains(false) }
}

/// The weight of true and false positives at each distinct score, from the highest down: everything that
/// scores at least the threshold counts as predicted.
struct ThresholdSweep {
    var truePositives: [Double] = []
    var falsePositives: [Double] = []
    var thresholds: [Float] = []

    /// Source: `sklearn.metrics.confusion_matrix_at_thresholds`; sums run in sorted order, in Float64, and
    /// samples of weight 0 are left out.
    init(_ problem: BinaryScores, _ place: String) throws(HornetError) {
        let order = descendingOrder(of: problem.scores)
        var truePositives = 0.0
        var falsePositives = 0.0
        var pending: Float?
        for position in order {
            let weight = problem.weights?[position] ?? 1
            if weight == 0 { continue }
            let score = problem.scores[position]
            if let pending, pending != score { append(truePositives, falsePositives, pending) }
            pending = score
            if problem.isTrue[position] { truePositives += weight } else { falsePositives += weight }
        }
        guard let last = pending else { throw HornetError(.data, at: place, "there are no samples with a weight") }
        append(truePositives, falsePositives, last)
    }

    private mutating func append(_ truePositives: Double, _ falsePositives: Double, _ threshold: Float) {
        self.truePositives.append(truePositives)
        self.falsePositives.append(falsePositives)
        thresholds.append(threshold)
    }

    /// Drops the points where `isKept` says no; the first and last always stay.
    mutating func keepOnly(_ isKept: (Int) -> Bool) {
        guard thresholds.count > 2 else { return }
        let last = thresholds.count - 1
        let kept = (0...last).filter { $0 == 0 || $0 == last || isKept($0) }
        truePositives = kept.map { truePositives[$0] }
        falsePositives = kept.map { falsePositives[$0] }
        thresholds = kept.map { thresholds[$0] }
    }
}

/// The positions of `scores` from the highest down, equal scores in their first order.
///
/// Each score is mapped to an integer that orders as it does and paired with its position, so that one
/// integer sort gives a stable order.
func descendingOrder(of scores: some RandomAccessCollection<Float>) -> [Int] {
    var keys = zip(scores, 0...).map { score, position in
        let bits = (score + 0).bitPattern  // −0 becomes 0
        let ascending = bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits
        return UInt64(~ascending) << 32 | UInt64(position)
    }
    keys.sort()
    return keys.map { Int($0 & 0xFFFF_FFFF) }
}
