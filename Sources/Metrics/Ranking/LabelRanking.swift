public import HornetSupport
public import HornetTensor

/// Label ranking average precision: over the true labels of a sample, the mean share of true labels among
/// those that score at least as high; then the mean over samples.
///
/// 1 is best. A sample without true labels, or with all of them, counts 1. `target` and `scores` are
/// `[samples, labels]`, `sampleWeight` is `[samples]`; scores must be finite.
/// Source: `sklearn.metrics.label_ranking_average_precision_score`.
public func labelRankingAveragePrecision(
    _ target: some LabelArray, _ scores: Tensor, sampleWeight: [Double]? = nil
) throws(HornetError) -> Double {
    let place = "labelRankingAveragePrecision"
    return try rankingAverage(target, scores, sampleWeight, place) { groups, labelCount in
        let trueCount = groups.relevance.reduce(0, +)
        if trueCount == 0 || Int(trueCount) == labelCount { return 1 }
        var rank = 0
        var found = 0.0
        var sum = 0.0
        for (size, relevant) in zip(groups.sizes, groups.relevance) {
            rank += size
            found += relevant
            sum += relevant * (found / Double(rank))
        }
        return sum / trueCount
    }
}

/// Coverage error: how far down the ranking one must go to meet every true label of a sample, on average.
///
/// Ties count in full; a sample without true labels counts 0. The best value is the mean number of true
/// labels. Parameters as in ``labelRankingAveragePrecision(_:_:sampleWeight:)``.
/// Source: `sklearn.metrics.coverage_error`.
public func coverageError(
    _ target: some LabelArray, _ scores: Tensor, sampleWeight: [Double]? = nil
) throws(HornetError) -> Double {
    try rankingAverage(target, scores, sampleWeight, "coverageError") { groups, _ in
        guard let last = groups.relevance.lastIndex(where: { $0 > 0 }) else { return 0 }
        return Double(groups.sizes[...last].reduce(0, +))
    }
}

/// Label ranking loss: the share of (true, false) label pairs of a sample in the wrong order, on average.
///
/// A tie is a wrong order; a sample without true labels, or with all of them, counts 0. 0 is best.
/// Parameters as in ``labelRankingAveragePrecision(_:_:sampleWeight:)``.
/// Source: `sklearn.metrics.label_ranking_loss`.
public func labelRankingLoss(
    _ target: some LabelArray, _ scores: Tensor, sampleWeight: [Double]? = nil
) throws(HornetError) -> Double {
    try rankingAverage(target, scores, sampleWeight, "labelRankingLoss") { groups, labelCount in
        let trueCount = groups.relevance.reduce(0, +)
        if trueCount == 0 || Int(trueCount) == labelCount { return 0 }
        // From the lowest score up: each false label meets the true ones at or below it.
        var below = 0.0
        var wrong = 0.0
        for (size, relevant) in zip(groups.sizes, groups.relevance).reversed() {
            below += relevant
            wrong += below * (Double(size) - relevant)
        }
        return wrong / ((Double(labelCount) - trueCount) * trueCount)
    }
}

private func rankingAverage(
    _ target: some LabelArray, _ scores: Tensor, _ sampleWeight: [Double]?, _ place: String,
    _ figure: (ScoreGroups, _ labelCount: Int) -> Double
) throws(HornetError) -> Double {
    let labelled = try ScoredLabels(target, scores, sampleWeight: sampleWeight, place)
    let figures = (0..<labelled.sampleCount).map { figure(labelled.groups($0), labelled.labelCount) }
    return try sampleAverage(figures, weights: labelled.weights, place)
}
