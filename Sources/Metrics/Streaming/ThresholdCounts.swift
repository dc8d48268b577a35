import HornetSupport

/// Weighted counts of true and false positives at several thresholds at once, for one label or many.
///
/// A prediction is positive at every threshold strictly below it, so it is enough to count it once, in the
/// bucket of the largest such threshold; the counts at a threshold are sums over the buckets from there
/// up. Evenly spaced thresholds find their bucket by one multiplication, in Float32 as Keras does it.
struct ThresholdCounts {
    /// Ascending.
    let thresholds: [Float]
    let labelCount: Int
    private let spacing: Spacing
    /// `[label, threshold]`: weight of targets that are positive (or not) by bucket.
    private var positiveBuckets: [Double]
    private var negativeBuckets: [Double]
    /// `[label]`: all weight, whatever the prediction.
    private var positiveTotals: [Double]
    private var negativeTotals: [Double]

    private enum Spacing {
        /// Found by comparison.
        case uneven
        /// 0, 1/(n−1), …, 1; `lowestIncluded` when the first stands a hair below 0, so that a
        /// prediction of 0 is above it.
        case even(lowestIncluded: Bool)
    }

    /// `unit` are the thresholds as they would be without the hair's breadth Keras adds at both ends.
    init(thresholds: [Float], unit: [Float]? = nil, labelCount: Int = 1) {
        let sorted = thresholds.sorted()
        let isEven = ThresholdCounts.isEven(unit ?? thresholds)
        self.thresholds = sorted
        self.labelCount = labelCount
        spacing = isEven ? .even(lowestIncluded: sorted[0] < 0 || sorted[sorted.count - 1] > 1) : .uneven
        positiveBuckets = Array(repeating: 0, count: labelCount * sorted.count)
        negativeBuckets = positiveBuckets
        positiveTotals = Array(repeating: 0, count: labelCount)
        negativeTotals = positiveTotals
    }

    /// Whether the thresholds are 0, 1/(n−1), …, 1 within Keras' tolerance.
    private static func isEven(_ thresholds: [Float]) -> Bool {
        guard thresholds.count >= 3 else { return false }
        return thresholds.enumerated().allSatisfy { index, threshold in
            let even = Double(Float(index) / Float(thresholds.count - 1))
            return abs(Double(threshold) - even) <= 1e-7 + 1e-5 * even
        }
    }

    mutating func reset() {
        for index in positiveBuckets.indices {
            positiveBuckets[index] = 0
            negativeBuckets[index] = 0
        }
        for label in 0..<labelCount {
            positiveTotals[label] = 0
            negativeTotals[label] = 0
        }
    }

    /// Counts one output.
    @inline(__always)
    mutating func add(label: Int = 0, isPositive: Bool, prediction: Float, weight: Double) {
        let bucket = bucket(of: prediction)
        if isPositive {
            positiveTotals[label] += weight
            if bucket >= 0 { positiveBuckets[label * thresholds.count + bucket] += weight }
        } else {
            negativeTotals[label] += weight
            if bucket >= 0 { negativeBuckets[label * thresholds.count + bucket] += weight }
        }
    }

    /// Counts outputs given as sums: `above` the only threshold, `total` in all.
    mutating func addSums(positive: (above: Int, total: Int), negative: (above: Int, total: Int)) {
        positiveBuckets[0] += Double(positive.above)
        negativeBuckets[0] += Double(negative.above)
        positiveTotals[0] += Double(positive.total)
        negativeTotals[0] += Double(negative.total)
    }

    /// The largest threshold strictly below `prediction`; −1 when there is none, or it is NaN.
    @inline(__always)
    private func bucket(of prediction: Float) -> Int {
        switch spacing {
        case .uneven:
            if thresholds.count == 1 { return prediction > thresholds[0] ? 0 : -1 }
            var low = 0
            var high = thresholds.count
            while low < high {
                let middle = (low + high) / 2
                if thresholds[middle] < prediction { low = middle + 1 } else { high = middle }
            }
            return low - 1
        case .even(let lowestIncluded):
            guard prediction == prediction else { return -1 }
            let clipped = min(max(prediction, 0), 1)
            let bucket = Int((clipped * Float(thresholds.count - 1)).rounded(.up)) - 1
            return lowestIncluded ? max(bucket, 0) : bucket
        }
    }

    /// The four counts of one label at every threshold, ascending.
    func counts(label: Int = 0) -> [ConfusionCounts] {
        var result: [ConfusionCounts] = []
        result.reserveCapacity(thresholds.count)
        var truePositives = 0.0
        var falsePositives = 0.0
        for bucket in thresholds.indices.reversed() {
            truePositives += positiveBuckets[label * thresholds.count + bucket]
            falsePositives += negativeBuckets[label * thresholds.count + bucket]
            result.append(
                ConfusionCounts(
                    truePositives: truePositives, falsePositives: falsePositives,
                    trueNegatives: negativeTotals[label] - falsePositives,
                    falseNegatives: positiveTotals[label] - truePositives))
        }
        result.reverse()
        return result
    }
}
