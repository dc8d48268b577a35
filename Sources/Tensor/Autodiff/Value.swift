import HornetSupport

/// What flows through layers: an array, and its place on the tape if gradients are wanted.
///
/// Arithmetic on values records itself, so a layer or a loss is written as plain formulas. Everything a
/// `Value` can do has a gradient; to leave the tape, take ``tensor`` and go on with that.
public struct Value {
    public enum Content: Sendable {
        case tensor(Tensor)
        /// Token ids or class numbers; no gradient.
        case indices(Indices)
        /// Bag-of-words rows; no gradient.
        case sparse(SparseMatrix)
    }

    public let content: Content
    package let tape: Tape?
    /// The node on `tape`; -1 when no gradient is wanted.
    package let node: Int
    /// Which time steps are real (1) and which padding (0), shape `[batch, time]`; `nil` when all are real.
    /// Travels with the value through layers that keep the time axis.
    public var mask: Tensor?

    package init(_ content: Content, tape: Tape?, node: Int, mask: Tensor? = nil) {
        self.content = content
        self.tape = tape
        self.node = node
        self.mask = mask
    }

    /// A constant: no gradient flows into it.
    public init(_ tensor: Tensor) { self.init(.tensor(tensor), tape: nil, node: -1) }
    /// Integer input: token ids or class numbers.
    public init(_ indices: Indices) { self.init(.indices(indices), tape: nil, node: -1) }
    /// Sparse input: bag-of-words rows.
    public init(_ matrix: SparseMatrix) { self.init(.sparse(matrix), tape: nil, node: -1) }

    /// The float array. Traps on token ids, which have no arithmetic.
    public var tensor: Tensor {
        switch content {
        case .tensor(let tensor): return tensor
        case .sparse(let matrix): return matrix.dense
        case .indices(let ids):
            trap("Value.tensor", "these are token ids of shape \(ids.shape); an Embedding turns them into floats")
        }
    }

    public var shape: [Int] {
        switch content {
        case .tensor(let tensor): tensor.shape
        case .indices(let ids): ids.shape
        case .sparse(let matrix): matrix.shape
        }
    }

    public var rank: Int { shape.count }

    /// The same value with every element stored: what targets are.
    package var dense: Value {
        guard case .sparse(let matrix) = content else { return self }
        return Value(matrix.dense).masked(by: mask)
    }

    /// Whether a gradient can flow back from here.
    public var isRecorded: Bool { node >= 0 }

    /// The same array with its gradient cut off.
    public var detached: Value { Value(content, tape: nil, node: -1, mask: mask) }

    /// The same value with another mask.
    public func masked(by mask: Tensor?) -> Value {
        var result = self
        result.mask = mask
        return result
    }

    /// The result of an operation with its gradient: `pullback` receives the gradient of `result` and adds the
    /// gradients of `inputs`. Recorded only if some input wants one.
    ///
    /// ```swift
    /// Value.recorded(y, from: [x]) { dy, dx in dx.add(dy * y, to: 0) }     // y = exp(x)
    /// ```
    public static func recorded(
        _ result: Tensor, from inputs: [Value], pullback: @escaping (Tensor, inout Cotangents) -> Void
    ) -> Value {
        guard let tape = tape(of: inputs) else { return Value(result) }
        let node = tape.record(inputs: inputs.map(\.node), pullback)
        return Value(.tensor(result), tape: tape, node: node)
    }

    /// The same for an operation that reads `parameter` in place: it is input 0, before the others.
    package static func recorded(
        _ result: Tensor, reading parameter: Parameter, and others: [Value] = [], on tape: Tape?,
        pullback: @escaping (Tensor, inout Cotangents) -> Void
    ) -> Value {
        guard let tape, parameter.isTrainable || others.contains(where: \.isRecorded) else { return Value(result) }
        let leaf = parameter.isTrainable ? tape.leaf(of: parameter) : -1
        let node = tape.record(inputs: [leaf] + others.map(\.node), pullback)
        return Value(.tensor(result), tape: tape, node: node)
    }

    /// The same for an operation with several results: `pullback` receives the gradient of each, `nil` where nobody
    /// asked for one.
    package static func recorded(
        _ results: [Tensor], from inputs: [Value], pullback: @escaping ([Tensor?], inout Cotangents) -> Void
    ) -> [Value] {
        guard let tape = tape(of: inputs) else { return results.map { Value($0) } }
        let gradients = ResultGradients(count: results.count)
        let operation = tape.record(inputs: inputs.map(\.node)) { _, dx in pullback(gradients.found, &dx) }
        return results.enumerated().map { number, result in
            let node = tape.record(inputs: [operation]) { dy, dx in
                gradients.found[number] = dy
                // Tells the operation, which comes after its results on the way back, that it has work.
                dx.add(Tensor(0), to: 0)
            }
            return Value(.tensor(result), tape: tape, node: node)
        }
    }

    /// What the results of an operation leave for it on the way back.
    private final class ResultGradients {
        var found: [Tensor?]
        init(count: Int) { found = Array(repeating: nil, count: count) }
    }

    private static func tape(of inputs: [Value]) -> Tape? {
        var found: Tape?
        for case let tape? in inputs.lazy.map(\.tape) {
            require(found == nil || found === tape, "Value", "the inputs are on different tapes")
            found = tape
        }
        return found
    }
}
