import HornetSupport
import HornetTensor

/// True labels beside scores of the same shape, checked, with the weights of the samples.
struct ScoredLabels {
    let sampleCount: Int
    let labelCount: Int
    /// Row-major.
    let isTrue: [Bool]
    /// Row-major, finite.
    let scores: [Float]
    let weights: [Double]?

    init(
        _ target: some LabelArray, _ scores: Tensor, sampleWeight: [Double]?, _ place: String
    ) throws(HornetError) {
        guard case .labels(let rowStarts, let columns, let width) = try target.labelSets().content else {
            throw HornetError(
                .shape, at: place, "class ids can't be scored label by label",
                remedy: "Pass the true labels as a matrix [samples, labels] of 0 and 1")
        }
        sampleCount = rowStarts.count - 1
        labelCount = width
        guard scores.shape == [sampleCount, width] else {
            throw HornetError(
                .shape, at: place, "the true labels have shape \([sampleCount, width]), the scores \(scores.shape)")
        }
        guard scores.count > 0 else { throw HornetError(.data, at: place, "there are no samples or no labels") }
        self.scores = try finiteScores(scores, place)
        weights = try checkedWeights(sampleWeight, count: sampleCount, place)
        var isTrue = [Bool](repeating: false, count: scores.count)
        for row in 0..<sampleCount {
            for column in columns[rowStarts[row]..<rowStarts[row + 1]] { isTrue[row * width + Int(column)] = true }
        }
        self.isTrue = isTrue
    }

    /// One label over all samples.
    func column(_ label: Int) -> BinaryScores {
        let positions = stride(from: label, to: scores.count, by: labelCount)
        return BinaryScores(
            isTrue: positions.map { isTrue[$0] }, scores: positions.map { scores[$0] }, weights: weights)
    }

    /// One sample over all labels, without weight.
    func row(_ sample: Int) -> BinaryScores {
        let positions = sample * labelCount..<(sample + 1) * labelCount
        return BinaryScores(isTrue: Array(isTrue[positions]), scores: Array(scores[positions]), weights: nil)
    }

    /// All labels of all samples as one.
    var pooled: BinaryScores {
        BinaryScores(
            isTrue: isTrue, scores: scores,
            weights: weights.map { $0.flatMap { repeatElement($0, count: labelCount) } })
    }

    /// The figure of each label.
    func perLabel(_ figure: (BinaryScores) throws(HornetError) -> Double) throws(HornetError) -> [Double] {
        var figures: [Double] = []
        for label in 0..<labelCount { figures.append(try figure(column(label))) }
        return figures
    }

    /// One figure from those of labels or samples, as scikit-learn averages binary figures.
    func averaged(
        _ average: Averaging, _ place: String, _ figure: (BinaryScores) throws(HornetError) -> Double
    ) throws(HornetError) -> Double {
        switch average {
        case .micro:
            return try figure(pooled)
        case .macro:
            return try sampleAverage(try perLabel(figure), weights: nil, place)
        case .weighted:
            var support = [Double](repeating: 0, count: labelCount)
            for (position, positive) in isTrue.enumerated() where positive {
                support[position % labelCount] += weights?[position / labelCount] ?? 1
            }
            if abs(pairwiseSum(support)) <= 1e-8 { return 0 }
            return try sampleAverage(
                zeroedWhereWeightless(try perLabel(figure), support), weights: support, place)
        case .samples:
            var figures: [Double] = []
            for sample in 0..<sampleCount { figures.append(try figure(row(sample))) }
            return try sampleAverage(zeroedWhereWeightless(figures, weights), weights: weights, place)
        }
    }

    /// A NaN that weighs nothing must not spoil the average.
    private func zeroedWhereWeightless(_ figures: [Double], _ weights: [Double]?) -> [Double] {
        guard let weights else { return figures }
        return zip(figures, weights).map { $1 == 0 ? 0 : $0 }
    }
}

/// The elements of a tensor of scores; throws on NaN and infinity.
func finiteScores(_ scores: Tensor, _ place: String) throws(HornetError) -> [Float] {
    let values = scores.scalars
    if let bad = values.firstIndex(where: { !$0.isFinite }) {
        throw HornetError(.numerics, at: place, "score number \(bad) is \(values[bad])")
    }
    return values
}
