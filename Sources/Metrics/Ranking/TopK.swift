public import HornetSupport
public import HornetTensor

/// Precision at k: the share of true labels among the `k` highest-scored labels of each sample, on average.
///
/// Among equal scores the lowest column comes first. `target` and `scores` are `[samples, labels]`; `k` is at
/// most the number of labels. The usual figure of extreme multi-label classification (P@1, P@3, P@5); equals
/// `keras.metrics.Precision(top_k=k)`.
public func precisionAtK(
    _ target: some LabelArray, _ scores: Tensor, k: Int, sampleWeight: [Double]? = nil
) throws(HornetError) -> Double {
    let labelled = try ScoredLabels(target, scores, sampleWeight: sampleWeight, "precisionAtK")
    let hits = try labelled.hits(inTop: k, "precisionAtK")
    return try sampleAverage(hits.map { Double($0) / Double(k) }, weights: labelled.weights, "precisionAtK")
}

/// Recall at k: the share of all true labels that are among the `k` highest-scored labels of their sample.
///
/// True labels are pooled over samples, as `keras.metrics.Recall(top_k=k)` and fastText's R@k do; 0 when there
/// are none. Parameters as in ``precisionAtK(_:_:k:sampleWeight:)``.
public func recallAtK(
    _ target: some LabelArray, _ scores: Tensor, k: Int, sampleWeight: [Double]? = nil
) throws(HornetError) -> Double {
    let labelled = try ScoredLabels(target, scores, sampleWeight: sampleWeight, "recallAtK")
    let hits = try labelled.hits(inTop: k, "recallAtK")
    var found = 0.0
    var all = 0.0
    for (sample, hits) in hits.enumerated() {
        let weight = labelled.weights?[sample] ?? 1
        let row = sample * labelled.labelCount..<(sample + 1) * labelled.labelCount
        found += weight * Double(hits)
        all += weight * Double(labelled.isTrue[row].count { $0 })
    }
    return dividedOrZero(found, all)
}

extension ScoredLabels {
    /// How many of the `k` highest-scored labels of each sample are true.
    fileprivate func hits(inTop k: Int, _ place: String) throws(HornetError) -> [Int] {
        guard (1...labelCount).contains(k) else {
            throw HornetError(.configuration, at: place, "k is \(k), there are \(labelCount) labels")
        }
        var top: [Int] = []
        return scores.withUnsafeBufferPointer { scores in
            (0..<sampleCount).map { sample in
                let start = sample * labelCount
                selectLargest(k, of: UnsafeBufferPointer(rebasing: scores[start..<start + labelCount]), into: &top)
                return top.count { isTrue[start + $0] }
            }
        }
    }
}
