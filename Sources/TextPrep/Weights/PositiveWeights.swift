import HornetSupport
public import HornetTensor

/// How much more a label's positives count than its negatives, for each label.
public struct PositiveWeights: Sendable {
    /// One weight for each label.
    public let values: [Double]
    /// The columns without a positive sample: nothing can be learned for them; their weight is 1.
    public let labelsWithoutPositives: [Int]

    /// The weights as a loss takes them, shape `[labels]`.
    public var tensor: Tensor { Tensor(values.map(Float.init)) }
    /// The weights by column number, as the `classWeight` of `fit`.
    public var dictionary: [Int: Float] { classWeightDictionary(values) }
}

/// The weight of each label's positives, `(negatives + smoothing) / (positives + smoothing)`: with it both sides
/// of a rare label contribute alike to a binary cross-entropy. Unlike products over labels
/// (``computeSampleWeight(_:_:indices:)``) it does not grow with their number.
///
/// - Parameters:
///   - y: 0 and 1, `[samples, labels]`.
///   - cap: no weight exceeds it; a label with one positive in a million would drown all others.
///   - smoothing: added to both counts; draws the weights of rare labels towards 1.
public func positiveWeights(_ y: some LabelMatrix, cap: Double = .infinity, smoothing: Double = 0) -> PositiveWeights {
    require(cap > 0 && smoothing >= 0, "positiveWeights", "cap is \(cap), smoothing is \(smoothing)")
    let counts = y.positiveCounts()
    let rowCount = y.matrixShape.rows
    let values = counts.map { positives in
        if positives == 0 { return min(1, cap) }
        return min(cap, (Double(rowCount - positives) + smoothing) / (Double(positives) + smoothing))
    }
    let without = counts.indices.filter { counts[$0] == 0 }
    if !without.isEmpty {
        Warning(
            at: "positiveWeights", "\(without.count) of \(counts.count) labels have no positive sample",
            remedy: "A model can't learn them; labelsWithoutPositives names their columns"
        ).emit()
    }
    return PositiveWeights(values: values, labelsWithoutPositives: without)
}

/// The balanced weight of each label by column number, `positives of all labels / (labels · its positives)`: what
/// ``computeClassWeight(_:classes:y:sampleWeight:)`` gives for the list of all labels of all samples. Labels without
/// a positive sample have no entry.
public func balancedLabelWeights(_ y: some LabelMatrix) -> [Int: Float] {
    let counts = y.positiveCounts()
    let present = counts.indices.filter { counts[$0] > 0 }
    let total = Double(counts.reduce(0, +))
    return Dictionary(
        uniqueKeysWithValues: present.map { ($0, Float(total / (Double(present.count) * Double(counts[$0])))) })
}
