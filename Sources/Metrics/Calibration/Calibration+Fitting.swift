public import HornetTensor

extension Calibration {
    /// Platt's sigmoid for each label, as scikit-learn's `CalibratedClassifierCV(method="sigmoid")`: slope and
    /// intercept with the smallest cross-entropy against `(n₊ + 1)/(n₊ + 2)` for the samples that have the label and
    /// `1/(n₋ + 2)` for others. Platt 1999, "Probabilistic Outputs for Support Vector Machines".
    ///
    /// - Parameters:
    ///   - target: The true labels of samples that were not trained on, `[samples, labels]`.
    ///   - scores: What the model says of them, of the same shape.
    ///   - kind: What scores are. Default `.probabilities`, whose logits are taken.
    public static func sigmoid(
        _ target: some LabelArray, _ scores: Tensor, of kind: Scores = .probabilities
    ) throws -> Calibration {
        try fitted(target, scores, kind) { label in
            sigmoidMap(label.scores.map(kind.logit), label.isTrue)
        }
    }

    /// For each label the ascending steps closest to the truth in squares, joined by straight lines, as scikit-learn's
    /// `IsotonicRegression(out_of_bounds="clip")`. Needs many positives: it follows any curve.
    ///
    /// Equal scores are taken together; scikit-learn also those closer than 1e-15 (1e-6 in single precision).
    public static func isotonic(_ target: some LabelArray, _ scores: Tensor) throws -> Calibration {
        try fitted(target, scores, .logits) { label in isotonicMap(label) }
    }

    /// One temperature for all labels, or one for each: the one with the smallest cross-entropy, between `exp(−10)` and
    /// `exp(10)`, as in scikit-learn's `method="temperature"`. Guo et al. 2017, "On Calibration of Modern Neural
    /// Networks".
    ///
    /// - Parameters:
    ///   - perLabel: Default false, one for all.
    ///   - kind: What scores are. Default `.probabilities`, whose logits are taken.
    public static func temperature(
        _ target: some LabelArray, _ scores: Tensor, perLabel: Bool = false, of kind: Scores = .probabilities
    ) throws -> Calibration {
        if perLabel {
            return try fitted(target, scores, kind) { label in
                .temperature(bestTemperature(label.scores.map(kind.logit), label.isTrue))
            }
        }
        let labels = try ScoredLabels(target, scores, sampleWeight: nil, "Calibration")
        let temperature = bestTemperature(labels.scores.map(kind.logit), labels.isTrue)
        return Calibration(Array(repeating: .temperature(temperature), count: labels.labelCount), of: kind)
    }

    private static func fitted(
        _ target: some LabelArray, _ scores: Tensor, _ kind: Scores, _ map: (BinaryScores) -> Map
    ) throws -> Calibration {
        let labels = try ScoredLabels(target, scores, sampleWeight: nil, "Calibration")
        return Calibration((0..<labels.labelCount).map { map(labels.column($0)) }, of: kind)
    }
}

/// Newton's method with halved steps: the cross-entropy is convex in both numbers.
private func sigmoidMap(_ scores: [Double], _ isTrue: [Bool]) -> Calibration.Map {
    let positives = Double(isTrue.lazy.filter { $0 }.count)
    let negatives = Double(scores.count) - positives
    let (high, low) = ((positives + 1) / (positives + 2), 1 / (negatives + 2))
    // Large scores are brought to 1: the result is the same, the numbers are better.
    let size = scores.lazy.map(\.magnitude).max() ?? 0
    let scale = size >= 30 ? size : 1

    func loss(_ slope: Double, _ intercept: Double) -> Double {
        var sum = 0.0
        for (score, isTrue) in zip(scores, isTrue) {
            let z = -(slope * score / scale + intercept)
            sum += max(z, 0) + softplusOfNegative(z.magnitude) - z * (isTrue ? high : low)
        }
        return sum
    }

    var (slope, intercept) = (0.0, naturalLogarithm((negatives + 1) / (positives + 1)))
    var best = loss(slope, intercept)
    for _ in 0..<100 {
        var (ga, gb, haa, hab, hbb) = (0.0, 0.0, 1e-12, 0.0, 1e-12)
        for (score, isTrue) in zip(scores, isTrue) {
            let f = score / scale
            let p = logistic(-(slope * f + intercept))
            let difference = (isTrue ? high : low) - p
            ga += difference * f
            gb += difference
            let weight = p * (1 - p)
            haa += weight * f * f
            hab += weight * f
            hbb += weight
        }
        if max(ga.magnitude, gb.magnitude) < 1e-9 { break }
        let determinant = haa * hbb - hab * hab
        guard determinant > 0 else { break }
        let (da, db) = (-(hbb * ga - hab * gb) / determinant, -(haa * gb - hab * ga) / determinant)
        var step = 1.0
        while step > 1e-10 {
            let next = loss(slope + step * da, intercept + step * db)
            if next < best {
                (slope, intercept, best) = (slope + step * da, intercept + step * db, next)
                break
            }
            step /= 2
        }
        if step <= 1e-10 { break }
    }
    return .sigmoid(slope: slope / scale, intercept: intercept)
}

/// Pool adjacent violators.
private func isotonicMap(_ label: BinaryScores) -> Calibration.Map {
    struct Block {
        var sum: Double
        var weight: Double
        /// How many distinct scores.
        var width: Int
        var mean: Double { sum / weight }
    }
    var distinct: [Float] = []
    var blocks: [Block] = []
    // The points of equal scores before any pooling.
    var points: [Block] = []
    for position in descendingOrder(of: label.scores).reversed() {
        let value: Double = label.isTrue[position] ? 1 : 0
        if distinct.last == label.scores[position] {
            points[points.count - 1].sum += value
            points[points.count - 1].weight += 1
        } else {
            distinct.append(label.scores[position])
            points.append(Block(sum: value, weight: 1, width: 1))
        }
    }
    for point in points {
        var block = point
        while let last = blocks.last, last.mean >= block.mean {
            block = Block(
                sum: last.sum + block.sum, weight: last.weight + block.weight, width: last.width + block.width)
            blocks.removeLast()
        }
        blocks.append(block)
    }
    // Only the ends of each step are needed.
    var (scores, values): ([Float], [Float]) = ([], [])
    var first = 0
    for block in blocks {
        for place in Set([first, first + block.width - 1]).sorted() {
            scores.append(distinct[place])
            values.append(Float(block.mean))
        }
        first += block.width
    }
    return .isotonic(scores: scores, probabilities: values)
}

/// Where the slope of the cross-entropy in `1/temperature`, which only rises, is 0: bisection on its logarithm.
private func bestTemperature(_ logits: [Double], _ isTrue: [Bool]) -> Double {
    func slope(_ logBeta: Double) -> Double {
        let beta = exponential(logBeta)
        var sum = 0.0
        for (z, isTrue) in zip(logits, isTrue) { sum += z * (logistic(beta * z) - (isTrue ? 1 : 0)) }
        return sum
    }
    var (low, high) = (-10.0, 10.0)
    for _ in 0..<60 {
        let middle = (low + high) / 2
        if slope(middle) < 0 { low = middle } else { high = middle }
    }
    return exponential(-(low + high) / 2)
}
