public import HornetSupport
public import HornetTensor

/// True and false positive rate as the threshold falls through the scores of one label.
public struct ROCCurve: Sendable, Equatable {
    /// The share of false samples with `score >= thresholds[i]`; NaN when no sample is false.
    public let falsePositiveRate: [Double]
    /// The share of true samples with `score >= thresholds[i]`; NaN when no sample is true.
    public let truePositiveRate: [Double]
    /// Infinity (nothing predicted), then distinct scores, descending.
    public let thresholds: [Float]

    init(_ problem: BinaryScores, dropIntermediate: Bool = true, _ place: String) throws(HornetError) {
        var sweep = try ThresholdSweep(problem, place)
        if dropIntermediate {
            func bends(_ y: [Double], _ i: Int) -> Bool { (y[i + 1] - y[i]) - (y[i] - y[i - 1]) != 0 }
            let (right, wrong) = (sweep.truePositives, sweep.falsePositives)
            sweep.keepOnly { bends(wrong, $0) || bends(right, $0) }
        }
        falsePositiveRate = ROCCurve.rate(
            sweep.falsePositives,
            "No negative samples in y_true, false positive value should be meaningless")
        truePositiveRate = ROCCurve.rate(
            sweep.truePositives,
            "No positive samples in y_true, true positive value should be meaningless")
        thresholds = [.infinity] + sweep.thresholds
    }

    private static func rate(_ sums: [Double], _ warning: String) -> [Double] {
        let all = sums[sums.count - 1]
        if all <= 0 {
            warnUndefinedMetric(warning)
            return Array(repeating: .nan, count: sums.count + 1)
        }
        return [0] + sums.map { $0 / all }
    }

    /// The area under the curve, by trapezoids.
    public var area: Double { trapezoidArea(falsePositiveRate, truePositiveRate) }
}

/// The ROC curve of one label.
///
/// Parameters as in ``precisionRecallCurve(_:_:label:sampleWeight:dropIntermediate:)``; `dropIntermediate` leaves
/// out points on a straight line between their neighbours. A label that is always or never true has NaN
/// for the rate that is not defined, with a warning. Source: `sklearn.metrics.roc_curve`.
public func rocCurve(
    _ target: Tensor, _ scores: Tensor, label: Int? = nil, sampleWeight: [Double]? = nil,
    dropIntermediate: Bool = true
) throws(HornetError) -> ROCCurve {
    let problem = try oneLabel(target, scores, label, sampleWeight, "rocCurve")
    return try ROCCurve(problem, dropIntermediate: dropIntermediate, "rocCurve")
}

/// The area under the points (x, y) by the trapezoidal rule; x must ascend or descend throughout.
///
/// Throws on fewer than two points, different counts, or an x that turns. Source: `sklearn.metrics.auc`.
public func auc(_ x: [Double], _ y: [Double]) throws(HornetError) -> Double {
    guard x.count == y.count, x.count >= 2 else {
        throw HornetError(.shape, at: "auc", "\(x.count) x and \(y.count) y; as many of both are needed, at least 2")
    }
    let steps = zip(x.dropFirst(), x).map(-)
    let descends = steps.contains { $0 < 0 }
    if descends, !steps.allSatisfy({ $0 <= 0 }) {
        throw HornetError(.data, at: "auc", "x neither ascends nor descends throughout")
    }
    return (descends ? -1 : 1) * trapezoidArea(x, y)
}

private func trapezoidArea(_ x: [Double], _ y: [Double]) -> Double {
    let areas = (1..<x.count).map { (i: Int) -> Double in
        let width = x[i] - x[i - 1]
        return width * (y[i] + y[i - 1]) / 2
    }
    return pairwiseSum(areas)
}
