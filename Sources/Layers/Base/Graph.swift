package import HornetSupport

/// Which layer of a model is called on what. Value 0 is the model's input, value k + 1 what call k gives; the last call
/// gives the output.
package struct Graph: Equatable {
    package struct Call: Equatable {
        /// The place among the model's layers.
        package let layer: Int
        /// Values from before.
        package let inputs: [Int]

        package init(layer: Int, inputs: [Int]) { (self.layer, self.inputs) = (layer, inputs) }
    }

    package let calls: [Call]

    package init(_ calls: [Call]) { self.calls = calls }

    /// Each of so many layers on what the one before it gives.
    package static func chain(of count: Int) -> Graph { Graph((0..<count).map { Call(layer: $0, inputs: [$0]) }) }

    package var isChain: Bool { self == Graph.chain(of: calls.count) }

    /// How often each value is an input.
    package var uses: [Int] {
        calls.reduce(into: Array(repeating: 0, count: calls.count + 1)) { uses, call in
            for input in call.inputs { uses[input] += 1 }
        }
    }

    /// What keeps these layers from being called like this: every layer has to be called, on as many values as it takes, and
    /// every value has to be used. `nil` when nothing does.
    package func problem(with layers: [Layer]) -> String? {
        for call in calls where (layers[call.layer] is MergeLayer) != (call.inputs.count > 1) {
            return "the layer \(layers[call.layer].name) is called on \(call.inputs.count) inputs"
        }
        let called = Set(calls.map(\.layer))
        if let idle = layers.indices.first(where: { !called.contains($0) }) {
            return "the layer \(layers[idle].name) is not called"
        }
        guard let unused = uses.dropLast().firstIndex(of: 0) else { return nil }
        return unused == 0 ? "the input is not used" : "what the layer \(layers[calls[unused - 1].layer].name) gives is not used"
    }
}

/// In files: `[{"layer": 0, "inputs": [0]}, …]`.
extension Graph {
    package var description: JSON {
        .array(calls.map { ["layer": .integer($0.layer), "inputs": .array($0.inputs.map(JSON.integer))] })
    }

    /// Reads what ``description`` gave. Throws unless every layer is called, on as many values from before as it takes, and
    /// every value is used.
    package init(_ description: JSON.Cursor, of layers: [Layer]) throws {
        calls = try description.array().enumerated().map { number, call in
            let layer = try call.member("layer").int(in: 0...layers.count - 1)
            let inputs = try call.member("inputs").array().map { try $0.int(in: 0...number) }
            return Call(layer: layer, inputs: inputs)
        }
        if let problem = problem(with: layers) { throw description.refuse(problem) }
    }
}
