import HornetLayers
import HornetSupport

extension Graph {
    /// What leads from `inputs` to `outputs`, and the layers on the way, in Keras' order. Throws when an output depends on
    /// something else, or on no input.
    static func tracing(from inputs: [Input], to outputs: [Node]) throws -> (layers: [Layer], graph: Graph) {
        func refuse(_ problem: String) -> HornetError {
            HornetError(.configuration, at: "Model(inputs:outputs:)", problem)
        }
        guard !inputs.isEmpty, !outputs.isEmpty else { throw refuse("a model has at least one input and one output") }
        guard Set(inputs.map(ObjectIdentifier.init)).count == inputs.count else {
            throw refuse("the same input was given twice")
        }
        var values = Dictionary(uniqueKeysWithValues: inputs.enumerated().map { (ObjectIdentifier($1), $0) })
        var layers: [Layer] = []
        var calls: [Call] = []
        for output in outputs {
            var open = [output]
            while let node = open.last {
                if values[ObjectIdentifier(node)] != nil {
                    open.removeLast()
                    continue
                }
                guard let called = node.layer else {
                    let name = (node as? Input)?.name.map { ", \($0)" } ?? ""
                    throw refuse("the output depends on another input than the \(inputs.count == 1 ? "one" : "ones") given\(name)")
                }
                let missing = node.inputs.filter { values[ObjectIdentifier($0)] == nil }
                guard missing.isEmpty else {
                    open += missing
                    continue
                }
                let layer = layers.firstIndex { $0 === called } ?? layers.endIndex
                if layer == layers.endIndex { layers.append(called) }
                calls.append(Call(layer: layer, inputs: node.inputs.map { values[ObjectIdentifier($0)]! }))
                values[ObjectIdentifier(node)] = inputs.count + calls.count - 1
                open.removeLast()
            }
        }
        let graph = Graph(calls, inputCount: inputs.count, outputs: outputs.map { values[ObjectIdentifier($0)]! })
        guard !layers.isEmpty else { throw refuse("the output does not depend on the input by any layer") }
        return graph.sorted(layers, by: graph.order(layerCount: layers.count))
    }
}
