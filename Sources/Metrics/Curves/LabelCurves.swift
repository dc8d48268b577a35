package import HornetSupport
package import HornetTensor

/// The precision-recall curves of many labels, of which only some are kept.
package struct LabelCurves: Sendable {
    /// All labels together.
    package let micro: PrecisionRecallCurve
    /// `nil` for a label that is never true.
    package let averagePrecision: [Double?]
    /// In the order they were asked for, without those that are never true.
    package let kept: [(label: Int, curve: PrecisionRecallCurve)]

    /// - Parameter labels: Whose curves to keep.
    package init(_ target: some LabelArray, _ scores: Tensor, keeping labels: [Int]) throws(HornetError) {
        let place = "LabelCurves"
        let all = try ScoredLabels(target, scores, sampleWeight: nil, place)
        var averagePrecision: [Double?] = []
        var curves: [Int: PrecisionRecallCurve] = [:]
        let wanted = Set(labels)
        for label in 0..<all.labelCount {
            let problem = all.column(label)
            guard problem.isTrue.contains(true) else {
                averagePrecision.append(nil)
                continue
            }
            let curve = try PrecisionRecallCurve(problem, dropIntermediate: true, place)
            averagePrecision.append(curve.averagePrecision)
            if wanted.contains(label) { curves[label] = curve }
        }
        micro = try PrecisionRecallCurve(all.pooled, dropIntermediate: true, place)
        self.averagePrecision = averagePrecision
        kept = labels.compactMap { label in curves[label].map { (label, $0) } }
    }
}
