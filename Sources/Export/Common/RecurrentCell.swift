import HornetLayers
import HornetTensor

/// A graph that the formulas of a recurrent cell can be written to.
protocol CellGraph: AnyObject {
    associatedtype Output
    func constant(_ tensor: Tensor, _ role: String) -> Output
    /// The product of two matrices.
    func product(_ a: Output, _ b: Output) -> Output
    func sum(_ a: Output, _ b: Output) -> Output
    func difference(_ a: Output, _ b: Output) -> Output
    func elementwiseProduct(_ a: Output, _ b: Output) -> Output
    /// Equal parts along the last axis.
    func split(_ x: Output, into count: Int) -> [Output]
    func applying(_ activation: ActivationFunction, to x: Output) throws -> Output
}

/// The cell of a recurrent layer: its weights, and one step as a formula for graphs that have no operator for it.
struct RecurrentCell {
    let kind: RecurrentKind
    let units: Int
    let kernel: Tensor
    let recurrentKernel: Tensor
    private let bias: Tensor?
    let activation: ActivationFunction
    /// Of the gates; without a meaning for `SimpleRNN`.
    let recurrentActivation: ActivationFunction

    init(_ layer: RecurrentLayer) {
        kind = layer.kind
        units = layer.units
        kernel = layer.weight("kernel")
        recurrentKernel = layer.weight("recurrent_kernel")
        bias = layer.optionalWeight("bias")
        activation = layer.activation
        recurrentActivation = layer.options.recurrentActivation
    }

    /// The bias that is added to `x·kernel`, `[gates·units]`.
    var inputBias: Tensor? { hasRecurrentBias ? bias.map { $0[0..<1].reshaped([$0.shape[1]]) } : bias }
    /// The bias that is added to `h·recurrentKernel`.
    var recurrentBias: Tensor? { hasRecurrentBias ? bias.map { $0[1..<2].reshaped([$0.shape[1]]) } : nil }
    private var hasRecurrentBias: Bool { kind == .gru(resetAfter: true) }

    /// Whether the activations are those that operators for whole sequences have by default.
    var hasUsualActivations: Bool {
        activation.name == "tanh" && (kind == .simple || recurrentActivation.name == "sigmoid")
    }

    /// The states after a step: h, and of an LSTM also c. `x` is the input's part of the gates, `x·kernel + inputBias`.
    func step<Graph: CellGraph>(_ x: Graph.Output, _ states: [Graph.Output], in graph: Graph) throws -> [Graph.Output] {
        switch kind {
        case .simple: [try graph.applying(activation, to: graph.sum(x, recurrentProduct(states[0], in: graph)))]
        case .lstm: try lstmStep(x, states[0], states[1], in: graph)
        case .gru(let resetAfter):
            [try resetAfter ? gruStep(x, states[0], in: graph) : resetBeforeGRUStep(x, states[0], in: graph)]
        }
    }

    private func recurrentProduct<Graph: CellGraph>(_ h: Graph.Output, in graph: Graph) -> Graph.Output {
        let product = graph.product(h, graph.constant(recurrentKernel, "recurrent_kernel"))
        return recurrentBias.map { graph.sum(product, graph.constant($0, "recurrent_bias")) } ?? product
    }

    private func lstmStep<Graph: CellGraph>(
        _ x: Graph.Output, _ h: Graph.Output, _ c: Graph.Output, in graph: Graph
    ) throws -> [Graph.Output] {
        let gates = graph.split(graph.sum(x, recurrentProduct(h, in: graph)), into: 4)
        func gate(_ number: Int) throws -> Graph.Output { try graph.applying(recurrentActivation, to: gates[number]) }
        let kept = graph.elementwiseProduct(try gate(1), c)
        let new = graph.elementwiseProduct(try gate(0), try graph.applying(activation, to: gates[2]))
        let next = graph.sum(kept, new)
        return [graph.elementwiseProduct(try gate(3), try graph.applying(activation, to: next)), next]
    }

    private func gruStep<Graph: CellGraph>(
        _ x: Graph.Output, _ h: Graph.Output, in graph: Graph
    ) throws -> Graph.Output {
        let (x, u) = (graph.split(x, into: 3), graph.split(recurrentProduct(h, in: graph), into: 3))
        let z = try graph.applying(recurrentActivation, to: graph.sum(x[0], u[0]))
        let r = try graph.applying(recurrentActivation, to: graph.sum(x[1], u[1]))
        let candidate = try graph.applying(activation, to: graph.sum(x[2], graph.elementwiseProduct(r, u[2])))
        return blend(z, h, candidate, in: graph)
    }

    private func resetBeforeGRUStep<Graph: CellGraph>(
        _ x: Graph.Output, _ h: Graph.Output, in graph: Graph
    ) throws -> Graph.Output {
        let x = graph.split(x, into: 3)
        func part(_ columns: Range<Int>, _ role: String) -> Graph.Output {
            graph.constant(recurrentKernel.sliced(columns, axis: 1), role)
        }
        let u = graph.split(graph.product(h, part(0..<2 * units, "recurrent_kernel_gates")), into: 2)
        let z = try graph.applying(recurrentActivation, to: graph.sum(x[0], u[0]))
        let r = try graph.applying(recurrentActivation, to: graph.sum(x[1], u[1]))
        let reset = graph.product(
            graph.elementwiseProduct(r, h), part(2 * units..<3 * units, "recurrent_kernel_candidate"))
        return blend(z, h, try graph.applying(activation, to: graph.sum(x[2], reset)), in: graph)
    }

    /// z·h + (1 − z)·candidate
    private func blend<Graph: CellGraph>(
        _ z: Graph.Output, _ h: Graph.Output, _ candidate: Graph.Output, in graph: Graph
    ) -> Graph.Output {
        let new = graph.elementwiseProduct(graph.difference(graph.constant(Tensor(1), "one"), z), candidate)
        return graph.sum(graph.elementwiseProduct(z, h), new)
    }
}
