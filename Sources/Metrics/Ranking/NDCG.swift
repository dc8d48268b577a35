public import HornetSupport
public import HornetTensor

/// Normalised discounted cumulative gain: Σ relevance / log₂(rank + 1) over the ranking by score, divided by
/// that of the best ranking; the mean over samples.
///
/// - Parameters:
///   - relevance: `[samples, labels]`, not negative: 0 and 1 for labels, or graded.
///   - scores: `[samples, labels]`, finite. Labels of equal score share the mean of their relevances.
///   - k: only the first `k` ranks count; all by default.
///   - sampleWeight: `[samples]`.
///
/// A sample without anything relevant counts 0. Throws when there is only one label.
/// Source: `sklearn.metrics.ndcg_score(ignore_ties=False)`.
public func ndcgScore(
    _ relevance: Tensor, _ scores: Tensor, k: Int? = nil, sampleWeight: [Double]? = nil
) throws(HornetError) -> Double {
    let place = "ndcgScore"
    guard relevance.rank == 2, relevance.shape == scores.shape, relevance.shape[0] > 0, relevance.shape[1] > 1 else {
        throw HornetError(
            .shape, at: place, "the relevances have shape \(relevance.shape), the scores \(scores.shape)",
            remedy: "Both must be [samples, labels] with at least 2 labels")
    }
    guard k ?? 1 > 0 else { throw HornetError(.configuration, at: place, "k must be positive, it is \(k ?? 0)") }
    let (sampleCount, width) = (relevance.shape[0], relevance.shape[1])
    let gains = try finiteScores(relevance, place)
    let scores = try finiteScores(scores, place)
    if let negative = gains.first(where: { $0 < 0 }) {
        throw HornetError(.data, at: place, "a relevance of \(negative) is negative")
    }
    let weights = try checkedWeights(sampleWeight, count: sampleCount, place)
    let discounts = (0..<width).map { rank in
        rank < k ?? width ? 1 / (naturalLogarithm(Double(rank + 2)) / naturalLogarithm(2.0)) : 0
    }
    let figures = (0..<sampleCount).map { sample in
        let start = sample * width
        let best = zip(gains[start..<start + width].sorted(by: >), discounts).reduce(0) { $0 + Double($1.0) * $1.1 }
        if best == 0 { return 0.0 }
        let groups = ScoreGroups(scores: scores[start..<start + width]) { Double(gains[start + $0]) }
        var rank = 0
        var gain = 0.0
        for (size, relevance) in zip(groups.sizes, groups.relevance) {
            gain += relevance / Double(size) * discounts[rank..<rank + size].reduce(0, +)
            rank += size
        }
        return gain / best
    }
    return try sampleAverage(figures, weights: weights, place)
}
