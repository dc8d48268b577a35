public import HornetSupport
public import HornetTensor

/// When a score is enough: a label is given when its score is above its threshold.
///
/// ```swift
/// let thresholds = try Thresholds.crossValidated(y, try model.predict(x), for: .f1).thresholds
/// let tags = thresholds.decisions(on: try model.predict(others))
/// ```
public struct Thresholds: Sendable, Equatable {
    /// One for each label, in the order of the scores' columns.
    public var values: [Float]
    /// Whether a sample for which no score is enough gets the label whose score comes closest: the one of the largest
    /// `score − threshold`, the first of equal ones.
    public var atLeastOne: Bool

    public init(_ values: [Float], atLeastOne: Bool = false) {
        self.values = values
        self.atLeastOne = atLeastOne
    }

    /// The same for each of `count` labels.
    public init(repeating value: Float, count: Int, atLeastOne: Bool = false) {
        self.init(Array(repeating: value, count: count), atLeastOne: atLeastOne)
    }

    public subscript(label: Int) -> Float { values[label] }

    /// The labels that a sample with these scores gets, ascending. As many scores as thresholds.
    public func labels(for scores: UnsafeBufferPointer<Float>) -> [Int] {
        require(scores.count == values.count, "Thresholds", "\(scores.count) scores for \(values.count) thresholds")
        let passed = values.indices.filter { scores[$0] > values[$0] }
        guard atLeastOne, passed.isEmpty, var closest = values.indices.first else { return passed }
        for label in values.indices where scores[label] - values[label] > scores[closest] - values[closest] {
            closest = label
        }
        return [closest]
    }

    /// 1 where a label is given, else 0; `[samples, labels]` as the scores.
    public func decisions(on scores: Tensor) -> Tensor {
        require(
            scores.rank == 2 && scores.shape[1] == values.count, "Thresholds.decisions",
            "scores of shape \(scores.shape) for \(values.count) thresholds")
        var result = Tensor.zeros(scores.shape)
        scores.withUnsafeBufferPointer { scores in
            result.withUnsafeMutableBufferPointer { result in
                for row in 0..<(values.isEmpty ? 0 : scores.count / values.count) {
                    let start = row * values.count
                    let one = UnsafeBufferPointer(rebasing: scores[start..<start + values.count])
                    for label in labels(for: one) { result[start + label] = 1 }
                }
            }
        }
        return result
    }
}

extension Thresholds: ExpressibleByArrayLiteral {
    public init(arrayLiteral values: Float...) { self.init(values) }
}

extension Thresholds {
    /// `{"values": […], "at_least_one": true}`
    public var json: JSON {
        ["values": .array(values.map { .number(Double($0)) }), "at_least_one": .bool(atLeastOne)]
    }

    /// Reads ``json``. Throws when it is something else, or a threshold is a NaN or an infinity.
    public init(json: JSON.Cursor) throws {
        let values = try json.member("values").array().map { Float(try $0.double()) }
        guard values.allSatisfy(\.isFinite) else { throw json.refuse("a threshold is not finite") }
        self.init(values, atLeastOne: try json.optional("at_least_one")?.bool() ?? false)
    }
}
