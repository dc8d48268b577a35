import HornetLayers
import HornetSupport

/// Which layer of a model is called on what. Value 0 is the model's input, value k + 1 what call k gives; the last call
/// gives the output.
package struct Graph: Equatable {
    package struct Call: Equatable {
        /// The place among the model's layers.
        package let layer: Int
        /// Values from before.
        package let inputs: [Int]
    }

    package let calls: [Call]

    init(_ calls: [Call]) { self.calls = calls }

    /// Each of so many layers on what the one before it gives.
    static func chain(of count: Int) -> Graph { Graph((0..<count).map { Call(layer: $0, inputs: [$0]) }) }

    var isChain: Bool { self == Graph.chain(of: calls.count) }

    /// How often each value is an input.
    var uses: [Int] {
        calls.reduce(into: Array(repeating: 0, count: calls.count + 1)) { uses, call in
            for input in call.inputs { uses[input] += 1 }
        }
    }

    /// What leads from `input` to `output`, and the layers on the way, in Keras' order: those farthest from the output
    /// first. Throws when the output depends on something else, or not on the input.
    static func tracing(from input: Input, to output: Node) throws -> (layers: [Layer], graph: Graph) {
        func refuse(_ problem: String) -> HornetError {
            HornetError(.configuration, at: "Model(inputs:outputs:)", problem)
        }
        // Of each node: its place in the order in which a walk from the output meets it, and its distance from there.
        var found: [ObjectIdentifier: (order: Int, depth: Int)] = [:]
        var nodes: [Node] = []
        var open = [(node: output, depth: 0)]
        while let (node, depth) = open.popLast() {
            if let known = found[ObjectIdentifier(node)] {
                if known.depth >= depth { continue }
                found[ObjectIdentifier(node)]!.depth = depth
            } else {
                guard node is Input == false || node === input else {
                    throw refuse("the output depends on another input than the one given")
                }
                found[ObjectIdentifier(node)] = (nodes.count, depth)
                nodes.append(node)
            }
            for next in node.inputs.reversed() { open.append((next, depth + 1)) }
        }
        guard found[ObjectIdentifier(input)] != nil, output !== input else {
            throw refuse("the output does not depend on the input")
        }
        func place(_ node: Node) -> (order: Int, depth: Int) { found[ObjectIdentifier(node)]! }
        let sorted = nodes.filter { $0 !== input }.sorted {
            (-place($0).depth, place($0).order) < (-place($1).depth, place($1).order)
        }
        var layers: [Layer] = []
        var values = [ObjectIdentifier(input): 0]
        let calls = sorted.enumerated().map { number, node in
            let layer = layers.firstIndex { $0 === node.layer } ?? layers.endIndex
            if layer == layers.endIndex { layers.append(node.layer!) }
            values[ObjectIdentifier(node)] = number + 1
            return Call(layer: layer, inputs: node.inputs.map { values[ObjectIdentifier($0)]! })
        }
        return (layers, Graph(calls))
    }
}

/// In files: `[{"layer": 0, "inputs": [0]}, …]`.
extension Graph {
    var description: JSON {
        .array(calls.map { ["layer": .integer($0.layer), "inputs": .array($0.inputs.map(JSON.integer))] })
    }

    /// Reads what ``description`` gave. Throws unless every layer is called, on as many values from before as it takes, and
    /// every value is used.
    init(_ description: JSON.Cursor, of layers: [Layer]) throws {
        calls = try description.array().enumerated().map { number, call in
            let layer = try call.member("layer").int(in: 0...layers.count - 1)
            let inputs = try call.member("inputs").array().map { try $0.int(in: 0...number) }
            guard layers[layer] is MergeLayer ? inputs.count > 1 : inputs.count == 1 else {
                throw call.refuse("the layer \(layers[layer].name) is called on \(inputs.count) inputs")
            }
            return Call(layer: layer, inputs: inputs)
        }
        guard Set(calls.map(\.layer)).count == layers.count, uses.dropLast().allSatisfy({ $0 > 0 }) else {
            throw description.refuse("a layer is not called, or what it gives is not used")
        }
    }
}
