import HornetSupport
public import HornetTensor

/// How probabilities are put into bins.
public enum BinStrategy: Sendable {
    /// Bins of equal width.
    case uniform
    /// Bins of equal numbers of probabilities, as far as equal ones allow: edges are NumPy's percentiles.
    case quantile
}

/// What was said against what was true, in bins of probabilities. Bins without any are left out.
public struct ReliabilityCurve: Sendable, Equatable {
    /// The share of positives in each bin.
    public let observed: [Double]
    /// The mean probability in each bin.
    public let predicted: [Double]
    /// How many probabilities are in each bin.
    public let counts: [Int]

    /// The expected calibration error: the mean of `|observed − predicted|`, weighted by the bins' counts.
    public var expectedCalibrationError: Double {
        let total = Double(counts.reduce(0, +))
        return zip(counts, zip(observed, predicted)).reduce(0) {
            $0 + Double($1.0) / total * ($1.1.0 - $1.1.1).magnitude
        }
    }
}

/// The reliability of probabilities, as scikit-learn's `calibration_curve`.
///
/// - Parameters:
///   - target: The true labels, `[samples, labels]`.
///   - probabilities: Of the same shape, between 0 and 1.
///   - label: The column that is looked at; by default all, taken together.
///   - bins: Default 5. A probability on an edge belongs to the bin below.
///   - strategy: Default `.uniform`.
public func reliabilityCurve(
    _ target: some LabelArray, _ probabilities: Tensor, label: Int? = nil, bins: Int = 5,
    strategy: BinStrategy = .uniform
) throws -> ReliabilityCurve {
    guard bins > 0 else { throw HornetError(.configuration, at: "reliabilityCurve", "\(bins) bins were asked for") }
    let labels = try probabilityScores(target, probabilities, label)
    let edges: [Double]
    switch strategy {
    case .uniform: edges = (1..<bins).map { Double($0) * (1 / Double(bins)) }
    case .quantile:
        let sorted = labels.scores.sorted().map(Double.init)
        edges = (1..<bins).map { percentile(Double($0) * (1 / Double(bins)) * 100, sorted) }
    }
    var (sums, positives) = ([Double](repeating: 0, count: bins), [Double](repeating: 0, count: bins))
    var counts = [Int](repeating: 0, count: bins)
    for (score, isTrue) in zip(labels.scores, labels.isTrue) {
        // The number of edges below it.
        var (low, high) = (0, edges.count)
        while low < high {
            let middle = (low + high) / 2
            if edges[middle] < Double(score) { low = middle + 1 } else { high = middle }
        }
        sums[low] += Double(score)
        positives[low] += isTrue ? 1 : 0
        counts[low] += 1
    }
    let kept = (0..<bins).filter { counts[$0] > 0 }
    return ReliabilityCurve(
        observed: kept.map { positives[$0] / Double(counts[$0]) },
        predicted: kept.map { sums[$0] / Double(counts[$0]) },
        counts: kept.map { counts[$0] })
}

/// The expected calibration error: the mean distance between what was said and what was true in bins of probabilities,
/// weighted by their counts. See ``reliabilityCurve(_:_:label:bins:strategy:)``; bins of equal width are usual, those
/// of equal counts do not hide what happens where most probabilities are. Default 15 bins, as in Guo et al. 2017.
public func expectedCalibrationError(
    _ target: some LabelArray, _ probabilities: Tensor, label: Int? = nil, bins: Int = 15,
    strategy: BinStrategy = .uniform
) throws -> Double {
    try reliabilityCurve(target, probabilities, label: label, bins: bins, strategy: strategy).expectedCalibrationError
}

private func probabilityScores(
    _ target: some LabelArray, _ probabilities: Tensor, _ label: Int?
) throws -> BinaryScores {
    let place = "reliabilityCurve"
    let labels = try ScoredLabels(target, probabilities, sampleWeight: nil, place)
    if let label, !(0..<labels.labelCount).contains(label) {
        throw HornetError(.configuration, at: place, "there is no label \(label) among \(labels.labelCount)")
    }
    let chosen = label.map(labels.column) ?? labels.pooled
    guard chosen.scores.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
        throw HornetError(
            .data, at: place, "a probability is not between 0 and 1", remedy: "Calibrate scores first, see Calibration")
    }
    return chosen
}

/// NumPy's `percentile` of ascending values.
private func percentile(_ q: Double, _ sorted: [Double]) -> Double {
    let place = q / 100 * Double(sorted.count - 1)
    let below = Int(place.rounded(.down))
    let (a, b) = (sorted[below], sorted[min(below + 1, sorted.count - 1)])
    let fraction = place - Double(below)
    // As there: from the nearer end.
    return fraction >= 0.5 ? b - (b - a) * (1 - fraction) : a + (b - a) * fraction
}
