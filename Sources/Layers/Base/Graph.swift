package import HornetSupport

/// Which layer of a model is called on what. The first values are the model's inputs, then comes what each call gives.
package struct Graph: Equatable {
    package struct Call: Equatable {
        /// The place among the model's layers.
        package let layer: Int
        /// Values from before.
        package let inputs: [Int]

        package init(layer: Int, inputs: [Int]) { (self.layer, self.inputs) = (layer, inputs) }
    }

    package let inputCount: Int
    package let calls: [Call]
    /// The values that the model gives, in their order: an input too, or one that is used inside, or one twice.
    package let outputs: [Int]

    /// By default of one input, and with what the last call gives as the output.
    package init(_ calls: [Call], inputCount: Int = 1, outputs: [Int]? = nil) {
        (self.calls, self.inputCount) = (calls, inputCount)
        self.outputs = outputs ?? [inputCount + calls.count - 1]
    }

    /// Each of so many layers on what the one before it gives.
    package static func chain(of count: Int) -> Graph { Graph((0..<count).map { Call(layer: $0, inputs: [$0]) }) }

    package var isChain: Bool { self == Graph.chain(of: calls.count) }

    /// Whether one value goes in and one comes out, that of the last call.
    package var hasSimpleEnds: Bool { inputCount == 1 && outputs == [calls.count] }

    package var valueCount: Int { inputCount + calls.count }

    /// The call that gives a value; `nil` for an input.
    package func maker(of value: Int) -> Call? { value < inputCount ? nil : calls[value - inputCount] }

    /// How often each value goes into a layer.
    package var uses: [Int] {
        calls.reduce(into: Array(repeating: 0, count: valueCount)) { uses, call in
            for input in call.inputs { uses[input] += 1 }
        }
    }

    /// What keeps these layers from being called like this: every layer has to be called, on as many values as it takes, and
    /// what each call gives has to be used. One of several inputs may stay without a use, as in Keras. `nil` when nothing
    /// does.
    package func problem(with layers: [Layer]) -> String? {
        for call in calls where layers[call.layer] is MergeLayer ? call.inputs.isEmpty : call.inputs.count != 1 {
            return "the layer \(layers[call.layer].name) is called on \(call.inputs.count) inputs"
        }
        let called = Set(calls.map(\.layer))
        if let idle = layers.indices.first(where: { !called.contains($0) }) {
            return "the layer \(layers[idle].name) is not called"
        }
        let uses = uses
        let unused = uses.indices.first { uses[$0] == 0 && !outputs.contains($0) && ($0 >= inputCount || inputCount == 1) }
        guard let unused else { return nil }
        guard let maker = maker(of: unused) else { return "the input is not used" }
        return "what the layer \(layers[maker.layer].name) gives is not used"
    }
}

/// In files: `[{"layer": 0, "inputs": [0]}, …]`, and the outputs as a list of values.
extension Graph {
    package var description: JSON {
        .array(calls.map { ["layer": .integer($0.layer), "inputs": .array($0.inputs.map(JSON.integer))] })
    }

    package var outputDescription: JSON { .array(outputs.map(JSON.integer)) }

    /// Reads what ``description`` and ``outputDescription`` gave; without the latter, the last call gives the output. Throws
    /// unless every layer is called, on as many values from before as it takes, and what each call gives is used.
    package init(
        _ description: JSON.Cursor, outputs: JSON.Cursor? = nil, inputCount: Int = 1, of layers: [Layer]
    ) throws {
        let calls = try description.array().enumerated().map { number, call in
            let layer = try call.member("layer").int(in: 0...layers.count - 1)
            let inputs = try call.member("inputs").array().map { try $0.int(in: 0...inputCount + number - 1) }
            return Call(layer: layer, inputs: inputs)
        }
        let last = inputCount + calls.count - 1
        let values = try outputs?.array().map { try $0.int(in: 0...last) }
        if let outputs, values?.isEmpty == true { throw outputs.refuse("a model has at least one output") }
        self.init(calls, inputCount: inputCount, outputs: values)
        if let problem = problem(with: layers) { throw description.refuse(problem) }
    }
}
