import HornetSupport

/// Remembers the operations of a forward pass so that the gradients can be found by walking back.
///
/// Nodes are numbered as they are made, so every node's inputs come before it and the backward pass is one
/// loop from the last to the first. A node is coarse (a whole layer is often one) and holds a hand-written
/// pullback: given the gradient of its output it adds the gradients of its inputs.
public final class Tape {
    typealias Pullback = (Tensor, inout Cotangents) -> Void

    private struct Node {
        let inputs: [Int]
        /// `nil` for a leaf, and once it has run.
        var pullback: Pullback?
    }

    private var nodes: [Node] = []
    private var gradients: [Gradient?] = []
    /// Holds the parameters too: an identifier belongs to nobody else while its object lives.
    private var leaves: [ObjectIdentifier: (node: Int, parameter: Parameter)] = [:]
    private var isSpent = false

    public init() {}

    /// The value of a parameter as a leaf of this tape; asking again gives the same leaf.
    public func value(of parameter: Parameter) -> Value {
        guard parameter.isTrainable else { return Value(parameter.value) }
        return Value(.tensor(parameter.value), tape: self, node: leaf(of: parameter))
    }

    /// The leaf of a parameter that an op reads in place.
    func leaf(of parameter: Parameter) -> Int {
        let key = ObjectIdentifier(parameter)
        if let known = leaves[key] { return known.node }
        let node = append(Node(inputs: [], pullback: nil))
        leaves[key] = (node, parameter)
        return node
    }

    /// A leaf that is no parameter: read its gradient with ``gradient(at:)``.
    public func variable(_ tensor: Tensor) -> Value {
        Value(.tensor(tensor), tape: self, node: append(Node(inputs: [], pullback: nil)))
    }

    func record(inputs: [Int], _ pullback: @escaping Pullback) -> Int {
        append(Node(inputs: inputs, pullback: pullback))
    }

    private func append(_ node: Node) -> Int {
        nodes.append(node)
        return nodes.count - 1
    }

    /// Finds the gradient of the scalar `loss` with respect to every leaf. The tape is spent afterwards: the
    /// pullbacks and what they held are released as the walk passes them. Traps when it runs again before
    /// ``reset()``.
    public func backward(from loss: Value) {
        require(!isSpent, "Tape.backward", "the tape is spent: reset() it, or use a new one")
        require(loss.tape === self, "Tape.backward", "the loss was not computed on this tape")
        require(loss.tensor.count == 1, "Tape.backward", "the loss has the shape \(loss.shape), not one element")
        var cotangents = Cotangents(nodeCount: nodes.count)
        cotangents.gradients[loss.node] = .dense(Tensor.ones(loss.shape))
        for index in stride(from: loss.node, through: 0, by: -1) {
            guard let pullback = nodes[index].pullback else { continue }
            nodes[index].pullback = nil
            guard let gradient = cotangents.gradients[index] else { continue }
            cotangents.gradients[index] = nil
            cotangents.inputs = nodes[index].inputs
            pullback(gradient.dense, &cotangents)
        }
        gradients = cotangents.gradients
        isSpent = true
    }

    /// The gradient found by ``backward(from:)``; `nil` when the loss does not depend on the parameter.
    public func gradient(of parameter: Parameter) -> Gradient? {
        guard let node = leaves[ObjectIdentifier(parameter)]?.node, node < gradients.count else { return nil }
        return gradients[node]
    }

    /// The gradient of a leaf made by ``variable(_:)``; zeros when the loss does not depend on it.
    public func gradient(at leaf: Value) -> Tensor {
        require(leaf.tape === self, "Tape.gradient", "the value is not of this tape")
        require(isSpent, "Tape.gradient", "backward(from:) has not run")
        guard leaf.node < gradients.count, let gradient = gradients[leaf.node] else {
            return Tensor.zeros(leaf.shape)
        }
        return gradient.dense
    }

    /// Forgets everything but the room it took, ready for the next step.
    public func reset() {
        nodes.removeAll(keepingCapacity: true)
        gradients.removeAll(keepingCapacity: true)
        leaves.removeAll(keepingCapacity: true)
        isSpent = false
    }
}

/// Where a pullback puts the gradients of its inputs.
public struct Cotangents {
    /// The nodes of the inputs of the op at hand; -1 where no gradient is wanted.
    fileprivate var inputs: [Int] = []
    fileprivate var gradients: [Gradient?]

    fileprivate init(nodeCount: Int) { gradients = Array(repeating: nil, count: nodeCount) }

    /// Whether anybody asks for the gradient of input number `input`.
    public func wants(_ input: Int) -> Bool { inputs[input] >= 0 }

    /// Adds to the gradient of input number `input`; computed only if somebody asks for it.
    public mutating func add(_ gradient: @autoclosure () -> Tensor, to input: Int) {
        if wants(input) { accumulate(.dense(gradient()), at: inputs[input]) }
    }

    /// The same for a parameter of which few rows were read.
    package mutating func add(rows gradient: @autoclosure () -> RowSparse, to input: Int) {
        if wants(input) { accumulate(.rows(gradient()), at: inputs[input]) }
    }

    private mutating func accumulate(_ gradient: Gradient, at node: Int) {
        if let present = gradients[node] {
            gradients[node] = present + gradient
        } else {
            gradients[node] = gradient
        }
    }
}
