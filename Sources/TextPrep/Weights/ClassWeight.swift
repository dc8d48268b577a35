import HornetSupport

/// How classes are weighted, as the `class_weight` of scikit-learn.
public enum ClassWeight<Label: Hashable & Sendable>: Sendable {
    /// Inversely to their frequency: `n / (classes · count)`.
    case balanced
    /// All alike.
    case uniform
    /// As given.
    case weights([Label: Double])
}

/// The weight of each class, as scikit-learn's `compute_class_weight`.
///
/// Balanced, class `c` weighs `n / (k · n_c)`: `n` samples (or the sum of their weights), `k` classes in `y`, and
/// `n_c` samples of the class.
///
/// - Parameters:
///   - classes: the classes in the order of the result; they must include every label in `y` and, when
///     balanced, occur in it.
///   - y: the label of each sample.
///   - sampleWeight: a weight for each sample; 1 by default. Only used when balanced.
/// - Returns: one weight for each of `classes`.
public func computeClassWeight<Label: Hashable & Sendable>(
    _ classWeight: ClassWeight<Label>, classes: [Label], y: [Label], sampleWeight: [Double]? = nil
) throws -> [Double] {
    guard Set(y).isSubset(of: classes) else {
        throw HornetError(
            .data, at: "computeClassWeight", "classes should include all valid labels that can be in y",
            remedy: "Give every label of y as a class")
    }
    switch classWeight {
    case .uniform: return Array(repeating: 1, count: classes.count)
    case .balanced: return try balancedWeights(classes, y, sampleWeight)
    case .weights(let weights):
        // As there: `{}` is no choice at all.
        if weights.isEmpty { return Array(repeating: 1, count: classes.count) }
        let unweighted = classes.filter { weights[$0] == nil }
        guard unweighted.isEmpty || classes.count - unweighted.count == weights.count else {
            throw HornetError(
                .configuration, at: "computeClassWeight", "the classes \(unweighted) have no weight",
                remedy: "Give each class a weight, and a weight to no other")
        }
        return classes.map { weights[$0] ?? 1 }
    }
}

/// As ``computeClassWeight(_:classes:y:sampleWeight:)-(ClassWeight<Label>,_,_,_)`` for labels of text, compared
/// byte for byte.
public func computeClassWeight(
    _ classWeight: ClassWeight<String>, classes: [String], y: [String], sampleWeight: [Double]? = nil
) throws -> [Double] {
    try computeClassWeight(
        classWeight.keyed, classes: classes.map(ByteKey.init), y: y.map(ByteKey.init), sampleWeight: sampleWeight)
}

extension ClassWeight<String> {
    /// The same, its labels compared byte for byte.
    var keyed: ClassWeight<ByteKey> {
        switch self {
        case .balanced: .balanced
        case .uniform: .uniform
        case .weights(let weights):
            .weights(Dictionary(uniqueKeysWithValues: weights.map { (ByteKey($0.key), $0.value) }))
        }
    }
}

private func balancedWeights<Label: Hashable>(
    _ classes: [Label], _ y: [Label], _ sampleWeight: [Double]?
) throws -> [Double] {
    if let sampleWeight, sampleWeight.count != y.count {
        throw HornetError(
            .shape, at: "computeClassWeight", "\(sampleWeight.count) sample weights for \(y.count) labels")
    }
    var counts: [Label: Double] = [:]
    for (position, label) in y.enumerated() { counts[label, default: 0] += sampleWeight?[position] ?? 1 }
    let total = sampleWeight.map { $0.reduce(0, +) } ?? Double(y.count)
    return try classes.map { label in
        guard let count = counts[label] else {
            throw HornetError(
                .data, at: "computeClassWeight", "classes should have valid labels that are in y: \(label) is not",
                remedy: "Leave out the classes without a sample")
        }
        return total / (Double(counts.count) * count)
    }
}

/// The form that `fit` takes: `[0: w0, 1: w1, …]`, the weight of each column.
public func classWeightDictionary(_ weights: some Collection<Double>) -> [Int: Float] {
    Dictionary(uniqueKeysWithValues: weights.enumerated().map { ($0.offset, Float($0.element)) })
}
