public import HornetSupport
public import HornetTensor

/// Precision and recall as the threshold rises through the scores of one label.
public struct PrecisionRecallCurve: Sendable, Equatable {
    /// Precision of predicting `score >= thresholds[i]`, then a last 1; one element more than ``thresholds``.
    public let precision: [Double]
    /// Recall of predicting `score >= thresholds[i]`, then a last 0; one element more than ``thresholds``.
    public let recall: [Double]
    /// The distinct scores, ascending.
    public let thresholds: [Float]

    init(_ problem: BinaryScores, dropIntermediate: Bool = false, _ place: String) throws(HornetError) {
        var sweep = try ThresholdSweep(problem, place)
        if dropIntermediate {
            let found = sweep.truePositives
            sweep.keepOnly { found[$0] != found[$0 - 1] || found[$0 + 1] != found[$0] }
        }
        let found = sweep.truePositives
        var precision = zip(found, sweep.falsePositives).map { dividedOrZero($0, $0 + $1) }
        let all = found[found.count - 1]
        if all == 0 {
            warnUndefinedMetric(
                "No positive class found in y_true, recall is set to one for all thresholds.")
        }
        var recall = found.map { all == 0 ? 1 : $0 / all }
        precision.reverse()
        recall.reverse()
        self.precision = precision + [1]
        self.recall = recall + [0]
        thresholds = sweep.thresholds.reversed()
    }

    /// Σ (Rₙ − Rₙ₋₁) Pₙ: the mean precision over the steps in which recall grows, without interpolation.
    public var averagePrecision: Double {
        let steps = (0..<recall.count - 1).map { (recall[$0 + 1] - recall[$0]) * precision[$0] }
        return max(0, -pairwiseSum(steps))
    }
}

/// The precision-recall curve of one label.
///
/// - Parameters:
///   - target: 0 and 1, `[samples]` or `[samples, labels]`.
///   - scores: of the same shape, larger means more likely; finite.
///   - label: the column to take; may be left out when there is only one.
///   - dropIntermediate: leaves out points where no true positive is gained on either side.
///
/// A label that is never true has recall 1 everywhere, with a warning.
/// Source: `sklearn.metrics.precision_recall_curve`.
public func precisionRecallCurve(
    _ target: Tensor, _ scores: Tensor, label: Int? = nil, sampleWeight: [Double]? = nil,
    dropIntermediate: Bool = false
) throws(HornetError) -> PrecisionRecallCurve {
    let place = "precisionRecallCurve"
    let problem = try oneLabel(target, scores, label, sampleWeight, place)
    return try PrecisionRecallCurve(problem, dropIntermediate: dropIntermediate, place)
}

/// The column `label` of target and scores, or their only one.
func oneLabel(
    _ target: Tensor, _ scores: Tensor, _ label: Int?, _ sampleWeight: [Double]?, _ place: String
) throws(HornetError) -> BinaryScores {
    let labelled = try ScoredLabels(
        asMatrix(target), asMatrix(scores), sampleWeight: sampleWeight, place)
    let width = labelled.labelCount
    guard let label = label ?? (width == 1 ? 0 : nil) else {
        throw HornetError(.configuration, at: place, "there are \(width) labels", remedy: "Say which: label: 0")
    }
    guard (0..<width).contains(label) else {
        throw HornetError(.configuration, at: place, "label \(label) is not one of the \(width) columns")
    }
    return labelled.column(label)
}

/// `[samples]` as `[samples, 1]`.
func asMatrix(_ tensor: Tensor) -> Tensor {
    tensor.rank == 1 ? Tensor(tensor.array.reshaped([tensor.count, 1])) : tensor
}
