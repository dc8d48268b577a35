import HornetLayers
import HornetTensor

/// The layers of a model as they are run: in order, neighbours that have a joint kernel as one.
struct Plan {
    private(set) var layers: [Layer] = []
    /// What each layer takes and gives; `nil` when each takes what the one before it gives, from the input to the output.
    private var wires: Wires?

    private struct Step {
        let inputs: [Int]
        var output: Int
        /// Values that nobody needs afterwards.
        var spent: [Int] = []
    }

    private struct Wires {
        var steps: [Step] = []
        let valueCount: Int
        let outputs: [Int]
        /// Of each value: whether a layer takes it.
        let isUsed: [Bool]
    }

    /// What comes out at one place: the value, what it was before its last activation, or both.
    struct Output {
        let value: Value?
        let logits: Value?
    }

    init() {}

    init(_ layers: [Layer], _ graph: Graph) {
        let uses = graph.uses
        let outputs = Set(graph.outputs)
        var steps: [Step] = []
        for (number, call) in graph.calls.enumerated() {
            let (layer, output) = (layers[call.layer], graph.inputCount + number)
            // A layer joins the one that makes its input, unless somebody else wants that too.
            if call.inputs.count == 1, uses[call.inputs[0]] == 1, !outputs.contains(call.inputs[0]),
                let maker = steps.lastIndex(where: { $0.output == call.inputs[0] }),
                let joint = self.layers[maker].fused(with: layer)
            {
                self.layers[maker] = joint
                steps[maker].output = output
                continue
            }
            self.layers.append(layer)
            steps.append(Step(inputs: call.inputs, output: output))
        }
        guard !graph.isChain else { return }
        var seen = outputs
        for place in steps.indices.reversed() {
            steps[place].spent = Set(steps[place].inputs).subtracting(seen).sorted()
            seen.formUnion(steps[place].inputs)
        }
        wires = Wires(steps: steps, valueCount: graph.valueCount, outputs: graph.outputs, isUsed: uses.map { $0 > 0 })
    }

    /// The same with layers that are prepared for answers.
    func prepared(forInputs count: Int) -> Plan {
        var plan = self
        plan.layers = layers.map { $0.prepared(forInputs: count) }
        return plan
    }

    /// The activation of an output that its logits leave out.
    func outputActivation(_ output: Int = 0) -> ActivationFunction? {
        guard let wires else { return layers.last?.outputActivation }
        let step = wires.steps.firstIndex { $0.output == wires.outputs[output] }
        return step.flatMap { layers[$0].outputActivation }
    }

    // MARK: One input, one output

    func forward(_ x: Value, _ pass: Pass) throws -> Value {
        guard wires == nil else { return try forward([x], pass)[0].value! }
        var value = x
        for layer in layers { value = try layer.forward(value, pass) }
        return value
    }

    /// The output before the last activation, when the last layer has one that a loss can see through.
    func logits(_ x: Value, _ pass: Pass) throws -> Value? {
        guard wires == nil else { return try forward([x], pass, wantsLogits: [true])[0].logits }
        return try layers.last!.logits(layers.dropLast().reduce(x) { try $1.forward($0, pass) }, pass)
    }

    // MARK: Any number

    /// What comes out for `inputs`. Where an output's logits are wanted and the layer has them, its value is there only if
    /// somebody else needs it.
    func forward(_ inputs: [Value], _ pass: Pass, wantsLogits: [Bool] = []) throws -> [Output] {
        guard let wires else {
            if wantsLogits.first == true, let logits = try logits(inputs[0], pass) {
                return [Output(value: nil, logits: logits)]
            }
            return [Output(value: try forward(inputs[0], pass), logits: nil)]
        }
        var needsLogits: Set<Int> = []
        var needsValue: Set<Int> = []
        for (number, value) in wires.outputs.enumerated() {
            if wantsLogits.isEmpty || !wantsLogits[number] { needsValue.insert(value) } else { needsLogits.insert(value) }
        }
        var values: [Value?] = inputs + Array(repeating: nil, count: wires.valueCount - inputs.count)
        var logits: [Int: Value] = [:]
        for (layer, step) in zip(layers, wires.steps) {
            if needsLogits.contains(step.output), step.inputs.count == 1, let activation = layer.outputActivation,
                let found = try layer.logits(values[step.inputs[0]]!, pass)
            {
                logits[step.output] = found
                if wires.isUsed[step.output] || needsValue.contains(step.output) {
                    values[step.output] = activation(found).masked(by: found.mask)
                }
            } else {
                values[step.output] = try Plan.apply(layer, to: step.inputs.map { values[$0]! }, pass)
            }
            for value in step.spent { values[value] = nil }
        }
        return wires.outputs.enumerated().map { number, value in
            let isSeenThrough = !wantsLogits.isEmpty && wantsLogits[number]
            return Output(value: values[value], logits: isSeenThrough ? logits[value] : nil)
        }
    }

    private static func apply(_ layer: Layer, to inputs: [Value], _ pass: Pass) throws -> Value {
        if let merge = layer as? MergeLayer { return try merge.forward(inputs, pass) }
        return try layer.forward(inputs[0], pass)
    }
}
