import HornetLayers
import HornetTensor

/// The layers of a model as they are run: in order, neighbours that have a joint kernel as one.
struct Plan {
    private(set) var layers: [Layer] = []
    /// What each layer takes and gives; `nil` when each takes what the one before it gives.
    private var wires: [Wires]?

    private struct Wires {
        let inputs: [Int]
        var output: Int
        /// Values that nobody needs afterwards.
        var spent: [Int] = []
    }

    init() {}

    init(_ layers: [Layer], _ graph: Graph) {
        let uses = graph.uses
        var wires: [Wires] = []
        for (number, call) in graph.calls.enumerated() {
            let (layer, output) = (layers[call.layer], number + 1)
            // A layer joins the one that makes its input, unless somebody else wants that too.
            if call.inputs.count == 1, uses[call.inputs[0]] == 1,
                let maker = wires.lastIndex(where: { $0.output == call.inputs[0] }),
                let joint = self.layers[maker].fused(with: layer)
            {
                self.layers[maker] = joint
                wires[maker].output = output
                continue
            }
            self.layers.append(layer)
            wires.append(Wires(inputs: call.inputs, output: output))
        }
        guard !graph.isChain else { return }
        var seen: Set<Int> = []
        for place in wires.indices.reversed() {
            wires[place].spent = Set(wires[place].inputs).subtracting(seen).sorted()
            seen.formUnion(wires[place].inputs)
        }
        self.wires = wires
    }

    /// The same with layers that are prepared for answers.
    func prepared(forInputs count: Int) -> Plan {
        var plan = self
        plan.layers = layers.map { $0.prepared(forInputs: count) }
        return plan
    }

    /// The activation that ``logits(_:_:)`` leaves out.
    var outputActivation: ActivationFunction? { layers.last?.outputActivation }

    func forward(_ x: Value, _ pass: Pass) throws -> Value {
        guard let wires else {
            var value = x
            for layer in layers { value = try layer.forward(value, pass) }
            return value
        }
        return try Plan.apply(layers.last!, to: lastInputs(x, pass, wires), pass)
    }

    /// The output before the last activation, when the last layer has one that a loss can see through.
    func logits(_ x: Value, _ pass: Pass) throws -> Value? {
        guard let wires else {
            return try layers.last!.logits(layers.dropLast().reduce(x) { try $1.forward($0, pass) }, pass)
        }
        return try layers.last!.logits(lastInputs(x, pass, wires)[0], pass)
    }

    /// What the last layer takes.
    private func lastInputs(_ x: Value, _ pass: Pass, _ wires: [Wires]) throws -> [Value] {
        var values: [Value?] = Array(repeating: nil, count: wires.last!.output + 1)
        values[0] = x
        for (layer, wire) in zip(layers, wires).dropLast() {
            values[wire.output] = try Plan.apply(layer, to: wire.inputs.map { values[$0]! }, pass)
            for value in wire.spent { values[value] = nil }
        }
        return wires.last!.inputs.map { values[$0]! }
    }

    private static func apply(_ layer: Layer, to inputs: [Value], _ pass: Pass) throws -> Value {
        if let merge = layer as? MergeLayer { return try merge.forward(inputs, pass) }
        return try layer.forward(inputs[0], pass)
    }
}
