public import HornetSupport

/// Precision, recall, F score and support of each label, in the order of the labels.
public struct PrecisionRecallFScoreSupport: Sendable, Equatable {
    public let precision: [Double]
    public let recall: [Double]
    public let fScore: [Double]
    /// The weight of the samples that truly have the label (their number, without weights).
    public let support: [Double]
}

/// Precision, recall and F score averaged over labels or samples.
public struct PrecisionRecallFScore: Sendable, Equatable {
    public let precision: Double
    public let recall: Double
    public let fScore: Double
}

/// Precision tp/(tp+fp), recall tp/(tp+fn), F score (1+β²)tp/(β²·true+predicted) and support of each label.
///
/// - Parameters:
///   - beta: how many times recall counts as much as precision; 0 makes the F score precision, infinity recall.
///   - labels: columns or class ids to look at, in this order; all that occur by default.
///   - sampleWeight: `[samples]`.
///   - zeroDivision: what a figure with denominator 0 becomes.
///
/// Throws when shapes differ, values are not 0 or 1, or there are no samples.
/// Source: `sklearn.metrics.precision_recall_fscore_support(average=None)`.
public func precisionRecallFScoreSupport(
    _ target: some LabelArray, _ predicted: some LabelArray, beta: Double = 1, labels: [Int]? = nil,
    sampleWeight: [Double]? = nil, zeroDivision: ZeroDivision = .warn
) throws(HornetError) -> PrecisionRecallFScoreSupport {
    let place = "precisionRecallFScoreSupport"
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, place)
    let rule = FScoreRule(beta: try checkedBeta(beta, place), zeroDivision: zeroDivision)
    return rule.figures(try pair.confusion(labels: labels, samplewise: false, place), average: nil)
}

/// Precision, recall and F score averaged as `average` says; parameters as in
/// ``precisionRecallFScoreSupport(_:_:beta:labels:sampleWeight:zeroDivision:)``.
///
/// scikit-learn's `average="binary"` on class ids is `labels: [1], average: .macro`.
/// Source: `sklearn.metrics.precision_recall_fscore_support`.
public func precisionRecallFScore(
    _ target: some LabelArray, _ predicted: some LabelArray, beta: Double = 1, labels: [Int]? = nil,
    average: Averaging, sampleWeight: [Double]? = nil, zeroDivision: ZeroDivision = .warn
) throws(HornetError) -> PrecisionRecallFScore {
    let place = "precisionRecallFScore"
    let pair = try LabelPair(target, predicted, sampleWeight: sampleWeight, place)
    let rule = FScoreRule(beta: try checkedBeta(beta, place), zeroDivision: zeroDivision)
    return try rule.averaged(pair, labels: labels, average: average, place)
}

func checkedBeta(_ beta: Double, _ place: String) throws(HornetError) -> Double {
    guard beta >= 0 else { throw HornetError(.configuration, at: place, "beta must not be negative, it is \(beta)") }
    return beta
}

/// How counts become figures: β, what a division by zero yields, and which figures may warn about it.
struct FScoreRule {
    enum Figure: String {
        case precision = "Precision"
        case recall = "Recall"
        case fScore = "F-score"
    }

    var beta = 1.0
    var zeroDivision: ZeroDivision
    var warnFor: Set<Figure> = [.precision, .recall, .fScore]

    func averaged(
        _ pair: LabelPair, labels: [Int]?, average: Averaging, _ place: String
    ) throws(HornetError) -> PrecisionRecallFScore {
        let counts = try pair.confusion(labels: labels, samplewise: average == .samples, place)
        let figures = figures(counts, average: average)
        let weights: [Double]? =
            switch average {
            case .weighted: figures.support
            case .samples: pair.weights
            case .micro, .macro: nil
            }
        return PrecisionRecallFScore(
            precision: averageIgnoringNaN(figures.precision, weights: weights),
            recall: averageIgnoringNaN(figures.recall, weights: weights),
            fScore: averageIgnoringNaN(figures.fScore, weights: weights))
    }

    /// The figures of each table, or of all pooled for micro; beyond that `average` only words the warnings.
    func figures(_ counts: [ConfusionCounts], average: Averaging?) -> PrecisionRecallFScoreSupport {
        var both = counts.map(\.truePositives)
        var predicted = counts.map { $0.truePositives + $0.falsePositives }
        var support = counts.map { $0.truePositives + $0.falseNegatives }
        if average == .micro {
            both = [pairwiseSum(both)]
            predicted = [pairwiseSum(predicted)]
            support = [pairwiseSum(support)]
        }
        let precision = divided(both, predicted, .precision, "predicted", average)
        let recall = divided(both, support, .recall, "true", average)
        let fScore: [Double]
        if beta == .infinity {
            fScore = recall
        } else if beta == 0 {
            fScore = precision
        } else {
            let squared = beta * beta
            fScore = divided(
                both.map { (1 + squared) * $0 }, zip(support, predicted).map { squared * $0 + $1 }, .fScore,
                "true nor predicted", average)
        }
        return PrecisionRecallFScoreSupport(precision: precision, recall: recall, fScore: fScore, support: support)
    }

    private func divided(
        _ numerators: [Double], _ denominators: [Double], _ figure: Figure, _ what: String, _ average: Averaging?
    ) -> [Double] {
        dividedOrWarned(
            numerators, denominators, zeroDivision, figure.rawValue, what, average,
            mayWarn: warnFor.contains(figure))
    }
}

/// Quotients, with `zeroDivision` where the denominator is 0.
func dividedOrWarned(
    _ numerators: [Double], _ denominators: [Double], _ zeroDivision: ZeroDivision, _ figure: String, _ what: String,
    _ average: Averaging?, mayWarn: Bool = true
) -> [Double] {
    if zeroDivision == .warn && mayWarn && denominators.contains(0) {
        let (counted, listed) = average == .samples ? ("labels", "samples") : ("samples", "labels")
        let extent = denominators.count == 1 ? "due to" : "in \(listed) with"
        warnUndefinedMetric(
            "\(figure) is ill-defined and being set to 0.0 \(extent) no \(what) \(counted). "
                + "Use `zero_division` parameter to control this behavior.")
    }
    return zip(numerators, denominators).map { $1 == 0 ? zeroDivision.value : $0 / $1 }
}
