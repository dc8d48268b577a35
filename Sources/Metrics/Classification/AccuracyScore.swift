public import HornetSupport

/// The share of samples whose labels are all right (subset accuracy), or whose class is.
///
/// With `normalize: false` the weight of those samples. `sampleWeight` is `[samples]`.
/// Source: `sklearn.metrics.accuracy_score`.
public func accuracyScore(
    _ target: some LabelArray, _ predicted: some LabelArray, normalize: Bool = true, sampleWeight: [Double]? = nil
) throws(HornetError) -> Double {
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, "accuracyScore")
    return try pair.accuracy(normalize: normalize, "accuracyScore")
}

/// The share of samples with any label wrong: 1 − subset accuracy; with `normalize: false` their weight.
/// Source: `sklearn.metrics.zero_one_loss`.
public func zeroOneLoss(
    _ target: some LabelArray, _ predicted: some LabelArray, normalize: Bool = true, sampleWeight: [Double]? = nil
) throws(HornetError) -> Double {
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, "zeroOneLoss")
    let accuracy = try pair.accuracy(normalize: normalize, "zeroOneLoss")
    if normalize { return 1 - accuracy }
    return (pair.weights.map(pairwiseSum) ?? Double(pair.sampleCount)) - accuracy
}

/// The share of labels that are wrong: Σ differences / (samples · labels); for class ids the share of
/// wrong classes. `sampleWeight` is `[samples]`. Source: `sklearn.metrics.hamming_loss`.
public func hammingLoss(
    _ target: some LabelArray, _ predicted: some LabelArray, sampleWeight: [Double]? = nil
) throws(HornetError) -> Double {
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, "hammingLoss")
    let wrong = pair.wrongLabels
    guard pair.isMultiLabel else {
        return try sampleAverage(wrong.map(Double.init), weights: pair.weights, "hammingLoss")
    }
    var total = 0.0
    for (sample, count) in wrong.enumerated() { total += Double(count) * pair.weight(sample) }
    let meanWeight = pair.weights.map { pairwiseSum($0) / Double($0.count) } ?? 1
    return total / (Double(pair.sampleCount * pair.presentLabels.count) * meanWeight)
}

extension LabelPair {
    /// How many labels of each sample are wrong.
    fileprivate var wrongLabels: [Int] {
        switch content {
        case .labels(let target, let predicted):
            return (0..<sampleCount).map { sample in
                var shared = 0
                forEachShared(target[sample], predicted[sample]) { _ in shared += 1 }
                return target[sample].count + predicted[sample].count - 2 * shared
            }
        case .classes(let target, let predicted):
            return zip(target, predicted).map { $0 == $1 ? 0 : 1 }
        }
    }

    fileprivate func accuracy(normalize: Bool, _ place: String) throws(HornetError) -> Double {
        let right = wrongLabels.map { $0 == 0 ? 1.0 : 0.0 }
        if normalize { return try sampleAverage(right, weights: weights, place) }
        return zip(right, 0...).reduce(0) { $0 + $1.0 * weight($1.1) }
    }
}
