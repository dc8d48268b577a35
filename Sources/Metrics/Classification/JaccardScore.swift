public import HornetSupport

/// tp / (tp + fp + fn), averaged: what is both true and predicted over what is either.
///
/// Parameters and errors as in ``precisionScore(_:_:labels:average:sampleWeight:zeroDivision:)``, but a NaN from
/// `zeroDivision` makes the average NaN. Source: `sklearn.metrics.jaccard_score`.
public func jaccardScore(
    _ target: some LabelArray, _ predicted: some LabelArray, labels: [Int]? = nil, average: Averaging,
    sampleWeight: [Double]? = nil, zeroDivision: ZeroDivision = .warn
) throws(HornetError) -> Double {
    let place = "jaccardScore"
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, place)
    let counts = try pair.confusion(labels: labels, samplewise: average == .samples, place)
    let scores = jaccard(counts, average, zeroDivision)
    switch average {
    case .micro, .macro: return try sampleAverage(scores, weights: nil, place)
    case .samples: return try sampleAverage(scores, weights: pair.weights, place)
    case .weighted:
        let support = counts.map { $0.truePositives + $0.falseNegatives }
        return try sampleAverage(scores, weights: support.contains { $0 != 0 } ? support : nil, place)
    }
}

/// tp / (tp + fp + fn) of each label. Source: `sklearn.metrics.jaccard_score(average=None)`.
public func jaccardScores(
    _ target: some LabelArray, _ predicted: some LabelArray, labels: [Int]? = nil,
    sampleWeight: [Double]? = nil, zeroDivision: ZeroDivision = .warn
) throws(HornetError) -> [Double] {
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, "jaccardScores")
    return jaccard(try pair.confusion(labels: labels, samplewise: false, "jaccardScores"), nil, zeroDivision)
}

private func jaccard(
    _ counts: [ConfusionCounts], _ average: Averaging?, _ zeroDivision: ZeroDivision
) -> [Double] {
    var both = counts.map(\.truePositives)
    var either = counts.map { $0.truePositives + $0.falsePositives + $0.falseNegatives }
    if average == .micro {
        both = [pairwiseSum(both)]
        either = [pairwiseSum(either)]
    }
    return dividedOrWarned(both, either, zeroDivision, "Jaccard", "true or predicted", average)
}
