public import HornetSupport
public import HornetTensor

/// Average precision Σ (Rₙ − Rₙ₋₁) Pₙ over the precision-recall curve, averaged over labels or samples.
///
/// - Parameters:
///   - target: true labels, `[samples, labels]`.
///   - scores: `[samples, labels]`, larger means more likely; finite.
///   - average: `micro` pools all labels; `macro` counts a label that is never true as 0.
///   - sampleWeight: `[samples]`.
///
/// Source: `sklearn.metrics.average_precision_score`.
public func averagePrecisionScore(
    _ target: some LabelArray, _ scores: Tensor, average: Averaging = .macro, sampleWeight: [Double]? = nil
) throws(HornetError) -> Double {
    let place = "averagePrecisionScore"
    let labelled = try ScoredLabels(target, scores, sampleWeight: sampleWeight, place)
    return try labelled.averaged(average, place) { problem throws(HornetError) in
        try PrecisionRecallCurve(problem, place).averagePrecision
    }
}

/// Average precision of each label. Source: `sklearn.metrics.average_precision_score(average=None)`.
public func averagePrecisionScores(
    _ target: some LabelArray, _ scores: Tensor, sampleWeight: [Double]? = nil
) throws(HornetError) -> [Double] {
    let place = "averagePrecisionScores"
    let labelled = try ScoredLabels(target, scores, sampleWeight: sampleWeight, place)
    return try labelled.perLabel { problem throws(HornetError) in
        try PrecisionRecallCurve(problem, place).averagePrecision
    }
}

/// The area under the ROC curve, averaged over labels or samples.
///
/// A label (or sample) that is always or never true has no area: it is NaN, with a warning, and so is a macro
/// average that includes it. Parameters as in ``averagePrecisionScore(_:_:average:sampleWeight:)``.
/// Source: `sklearn.metrics.roc_auc_score`.
public func rocAUCScore(
    _ target: some LabelArray, _ scores: Tensor, average: Averaging = .macro, sampleWeight: [Double]? = nil
) throws(HornetError) -> Double {
    let place = "rocAUCScore"
    let labelled = try ScoredLabels(target, scores, sampleWeight: sampleWeight, place)
    return try labelled.averaged(average, place) { problem throws(HornetError) in try rocArea(problem, place) }
}

/// The area under the ROC curve of each label. Source: `sklearn.metrics.roc_auc_score(average=None)`.
public func rocAUCScores(
    _ target: some LabelArray, _ scores: Tensor, sampleWeight: [Double]? = nil
) throws(HornetError) -> [Double] {
    let place = "rocAUCScores"
    let labelled = try ScoredLabels(target, scores, sampleWeight: sampleWeight, place)
    return try labelled.perLabel { problem throws(HornetError) in try rocArea(problem, place) }
}

private func rocArea(_ problem: BinaryScores, _ place: String) throws(HornetError) -> Double {
    guard problem.hasBothAnswers else {
        warnUndefinedMetric(
            "Only one class is present in y_true. ROC AUC score is not defined in that case.")
        return .nan
    }
    return try ROCCurve(problem, place).area
}

/// The mean squared distance between probability and truth: mean of (p − y)² over samples and labels.
///
/// `target` and `probabilities` are `[samples]` or `[samples, labels]`. For one label it equals
/// `sklearn.metrics.brier_score_loss`; for several it is the mean of the labels' scores. Computed in
/// Float64. Throws on probabilities outside 0...1.
public func brierScore(
    _ target: Tensor, _ probabilities: Tensor, sampleWeight: [Double]? = nil
) throws(HornetError) -> Double {
    let place = "brierScore"
    let labelled = try ScoredLabels(
        asMatrix(target), asMatrix(probabilities), sampleWeight: sampleWeight, place)
    if let bad = labelled.scores.first(where: { !(0...1).contains($0) }) {
        throw HornetError(.data, at: place, "\(bad) is not a probability")
    }
    let width = labelled.labelCount
    let distances = (0..<labelled.sampleCount).map { sample in
        (sample * width..<(sample + 1) * width).reduce(0.0) { sum, position in
            let distance = Double(labelled.scores[position]) - (labelled.isTrue[position] ? 1 : 0)
            return sum + distance * distance
        } / Double(width)
    }
    return try sampleAverage(distances, weights: labelled.weights, place)
}
