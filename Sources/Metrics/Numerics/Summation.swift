import HornetSupport

/// The sum in the order NumPy adds a contiguous array, so that a figure rounds as scikit-learn's does:
/// pairwise halves down to blocks of 128, eight partial sums inside a block.
func pairwiseSum(_ values: [Double]) -> Double {
    values.withUnsafeBufferPointer { pairwiseSum($0[...]) }
}

private func pairwiseSum(_ values: Slice<UnsafeBufferPointer<Double>>) -> Double {
    let (start, count) = (values.startIndex, values.count)
    if count < 8 { return values.reduce(0, +) }
    if count > 128 {
        let half = start + (count / 2) / 8 * 8
        return pairwiseSum(values[..<half]) + pairwiseSum(values[half...])
    }
    var partial = SIMD8<Double>()
    let whole = start + count / 8 * 8
    for lane in 0..<8 { partial[lane] = values[start + lane] }
    for position in stride(from: start + 8, to: whole, by: 8) {
        for lane in 0..<8 { partial[lane] += values[position + lane] }
    }
    let sum =
        ((partial[0] + partial[1]) + (partial[2] + partial[3]))
        + ((partial[4] + partial[5]) + (partial[6] + partial[7]))
    return values[whole...].reduce(sum, +)
}

/// The mean of at least one value; with weights Σ wv / Σ w, `nil` when the weights add up to nothing.
func average(_ values: [Double], weights: [Double]? = nil) -> Double? {
    guard let weights else { return pairwiseSum(values) / Double(values.count) }
    let total = pairwiseSum(weights)
    if total == 0 { return nil }
    return pairwiseSum(zip(values, weights).map(*)) / total
}

/// The average of the values that are not NaN, ignoring weights that add up to nothing; NaN when none is left.
func averageIgnoringNaN(_ values: [Double], weights: [Double]? = nil) -> Double {
    let kept = values.indices.filter { !values[$0].isNaN }
    if kept.isEmpty { return .nan }
    if kept.count == values.count {
        return average(values, weights: weights) ?? average(values)!
    }
    guard let weights else {
        // NumPy's nanmean adds zeros in place of NaN.
        return pairwiseSum(values.map { $0.isNaN ? 0 : $0 }) / Double(kept.count)
    }
    let keptValues = kept.map { values[$0] }
    return average(keptValues, weights: kept.map { weights[$0] }) ?? average(keptValues)!
}

/// The weighted average over samples, as a figure a user asked for.
func sampleAverage(_ values: [Double], weights: [Double]?, _ place: String) throws(HornetError) -> Double {
    guard let result = average(values, weights: weights) else {
        throw HornetError(.data, at: place, "the weights add up to 0, so there is no average")
    }
    return result
}
