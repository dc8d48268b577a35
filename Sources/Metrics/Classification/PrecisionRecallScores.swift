public import HornetSupport

// The single figures of `precisionRecallFScore`, each as one number over an average and as one number a label.
// Parameters and errors are those of `precisionRecallFScoreSupport`.

/// tp / (tp + fp), averaged: how much of what was predicted is true. Source: `sklearn.metrics.precision_score`.
public func precisionScore(
    _ target: some LabelArray, _ predicted: some LabelArray, labels: [Int]? = nil, average: Averaging,
    sampleWeight: [Double]? = nil, zeroDivision: ZeroDivision = .warn
) throws(HornetError) -> Double {
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, "precisionScore")
    let rule = FScoreRule(zeroDivision: zeroDivision, warnFor: [.precision])
    return try rule.averaged(pair, labels: labels, average: average, "precisionScore").precision
}

/// tp / (tp + fp) of each label. Source: `sklearn.metrics.precision_score(average=None)`.
public func precisionScores(
    _ target: some LabelArray, _ predicted: some LabelArray, labels: [Int]? = nil,
    sampleWeight: [Double]? = nil, zeroDivision: ZeroDivision = .warn
) throws(HornetError) -> [Double] {
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, "precisionScores")
    let rule = FScoreRule(zeroDivision: zeroDivision, warnFor: [.precision])
    let counts = try pair.confusion(labels: labels, samplewise: false, "precisionScores")
    return rule.figures(counts, average: nil).precision
}

/// tp / (tp + fn), averaged: how much of what is true was predicted. Source: `sklearn.metrics.recall_score`.
public func recallScore(
    _ target: some LabelArray, _ predicted: some LabelArray, labels: [Int]? = nil, average: Averaging,
    sampleWeight: [Double]? = nil, zeroDivision: ZeroDivision = .warn
) throws(HornetError) -> Double {
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, "recallScore")
    let rule = FScoreRule(zeroDivision: zeroDivision, warnFor: [.recall])
    return try rule.averaged(pair, labels: labels, average: average, "recallScore").recall
}

/// tp / (tp + fn) of each label. Source: `sklearn.metrics.recall_score(average=None)`.
public func recallScores(
    _ target: some LabelArray, _ predicted: some LabelArray, labels: [Int]? = nil,
    sampleWeight: [Double]? = nil, zeroDivision: ZeroDivision = .warn
) throws(HornetError) -> [Double] {
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, "recallScores")
    let rule = FScoreRule(zeroDivision: zeroDivision, warnFor: [.recall])
    let counts = try pair.confusion(labels: labels, samplewise: false, "recallScores")
    return rule.figures(counts, average: nil).recall
}

/// 2 tp / (2 tp + fp + fn), averaged. Source: `sklearn.metrics.f1_score`.
public func f1Score(
    _ target: some LabelArray, _ predicted: some LabelArray, labels: [Int]? = nil, average: Averaging,
    sampleWeight: [Double]? = nil, zeroDivision: ZeroDivision = .warn
) throws(HornetError) -> Double {
    try fbetaScore(
        target, predicted, beta: 1, labels: labels, average: average, sampleWeight: sampleWeight,
        zeroDivision: zeroDivision)
}

/// 2 tp / (2 tp + fp + fn) of each label. Source: `sklearn.metrics.f1_score(average=None)`.
public func f1Scores(
    _ target: some LabelArray, _ predicted: some LabelArray, labels: [Int]? = nil,
    sampleWeight: [Double]? = nil, zeroDivision: ZeroDivision = .warn
) throws(HornetError) -> [Double] {
    try fbetaScores(
        target, predicted, beta: 1, labels: labels, sampleWeight: sampleWeight, zeroDivision: zeroDivision)
}

/// (1 + β²) tp / ((1 + β²) tp + β² fn + fp), averaged. Source: `sklearn.metrics.fbeta_score`.
public func fbetaScore(
    _ target: some LabelArray, _ predicted: some LabelArray, beta: Double, labels: [Int]? = nil, average: Averaging,
    sampleWeight: [Double]? = nil, zeroDivision: ZeroDivision = .warn
) throws(HornetError) -> Double {
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, "fbetaScore")
    let rule = FScoreRule(
        beta: try checkedBeta(beta, "fbetaScore"), zeroDivision: zeroDivision, warnFor: [.fScore])
    return try rule.averaged(pair, labels: labels, average: average, "fbetaScore").fScore
}

/// (1 + β²) tp / ((1 + β²) tp + β² fn + fp) of each label. Source: `sklearn.metrics.fbeta_score(average=None)`.
public func fbetaScores(
    _ target: some LabelArray, _ predicted: some LabelArray, beta: Double, labels: [Int]? = nil,
    sampleWeight: [Double]? = nil, zeroDivision: ZeroDivision = .warn
) throws(HornetError) -> [Double] {
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, "fbetaScores")
    let rule = FScoreRule(
        beta: try checkedBeta(beta, "fbetaScores"), zeroDivision: zeroDivision, warnFor: [.fScore])
    return rule.figures(try pair.confusion(labels: labels, samplewise: false, "fbetaScores"), average: nil).fScore
}
