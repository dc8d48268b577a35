import HornetLayers
import HornetSupport

extension Graph {
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
