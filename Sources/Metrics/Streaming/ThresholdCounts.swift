import HornetSupport

/// Weighted counts of true and false positives at several thresholds at once, for one label or many.
///
/// A prediction is positive at every threshold strictly below it, so it is enough to count it once, by the
/// number of such thresholds; the counts at a threshold are sums over the buckets from there up. Evenly spaced thresholds find their bucket by one multiplication, in Float32 as Keras does it.
struct ThresholdCounts {
    /// Ascending.
    let thresholds: [Float]
    let labelCount: Int
    private let spacing: Spacing
    /// `[label, target is positive, bucket]`: weight by the number of thresholds below the prediction.
    private var sums: [Double]
    private var bucketCount: Int { thresholds.count + 1 }

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
        sums = Array(repeating: 0, count: labelCount * 2 * (sorted.count + 1))
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
        for index in sums.indices { sums[index] = 0 }
    }

    /// Counts outputs one by one: `body` calls the function it is given with the label, whether the target is
    /// positive, the prediction and the weight.
    @inline(__always)
    mutating func add(_ body: (_ count: (Int, Bool, Float, Double) -> Void) -> Void) {
        let bucketCount = bucketCount
        thresholds.withUnsafeBufferPointer { thresholds in
            sums.withUnsafeMutableBufferPointer { sums in
                body { label, isPositive, prediction, weight in
                    let bucket = ThresholdCounts.thresholdsBelow(prediction, thresholds, spacing)
                    sums[(label * 2 + (isPositive ? 1 : 0)) * bucketCount + bucket] += weight
                }
            }
        }
    }

    /// Counts outputs given as sums, for a single threshold and label.
    mutating func add(positiveAbove: Int, positiveBelow: Int, negativeAbove: Int, negativeBelow: Int) {
        sums[0] += Double(negativeBelow)
        sums[1] += Double(negativeAbove)
        sums[2] += Double(positiveBelow)
        sums[3] += Double(positiveAbove)
    }

    /// How many thresholds lie strictly below a prediction; none when it is NaN.
    @inline(__always)
    private static func thresholdsBelow(
        _ prediction: Float, _ thresholds: UnsafeBufferPointer<Float>, _ spacing: Spacing
    ) -> Int {
        switch spacing {
        case .uneven:
            if thresholds.count == 1 { return prediction > thresholds[0] ? 1 : 0 }
            var low = 0
            var high = thresholds.count
            while low < high {
                let middle = (low + high) / 2
                if thresholds[middle] < prediction { low = middle + 1 } else { high = middle }
            }
            return low
        case .even(let lowestIncluded):
            guard prediction == prediction else { return 0 }
            let clipped = min(max(prediction, 0), 1)
            let below = Int((clipped * Float(thresholds.count - 1)).rounded(.up))
            return lowestIncluded ? max(below, 1) : below
        }
    }

    /// The four counts of one label at every threshold, ascending.
    func counts(label: Int = 0) -> [ConfusionCounts] {
        let negative = sums[label * 2 * bucketCount..<(label * 2 + 1) * bucketCount]
        let positive = sums[(label * 2 + 1) * bucketCount..<(label * 2 + 2) * bucketCount]
        let negativeTotal = negative.reduce(0, +)
        let positiveTotal = positive.reduce(0, +)
        var result: [ConfusionCounts] = []
        result.reserveCapacity(thresholds.count)
        var truePositives = 0.0
        var falsePositives = 0.0
        for bucket in (1..<bucketCount).reversed() {
            truePositives += positive[positive.startIndex + bucket]
            falsePositives += negative[negative.startIndex + bucket]
            result.append(
                ConfusionCounts(
                    truePositives: truePositives, falsePositives: falsePositives,
                    trueNegatives: negativeTotal - falsePositives, falseNegatives: positiveTotal - truePositives))
        }
        result.reverse()
        return result
    }
}
