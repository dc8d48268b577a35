import Hornet
import HornetLayers
import HornetSupport
import HornetTensor

/// A graph that the layers of a model are written to.
protocol LayerGraph: AnyObject {
    associatedtype Output
    typealias Signal = GraphSignal<Output>
    var scope: GraphScope { get }

    /// What the model is fed with.
    func input(named name: String, shape: Shape, isIds: Bool) -> Signal
    /// Writes `layer`, called on one input, or on several where it is a ``MergeLayer``. Throws when it has no counterpart.
    func write(_ layer: Layer, _ inputs: [Signal]) throws -> Signal
}

/// The names under which both formats take what goes in and comes out.
struct GraphEnds {
    let inputs: [String]
    let outputs: [String]

    /// TensorFlow's usual ones where there is one of each; else those of Keras' exports: the inputs' own, and
    /// `output_0`, `output_1` for outputs.
    init(_ model: Model) {
        let isSimple = model.graph.inputCount == 1 && model.graph.outputs.count == 1
        inputs = isSimple ? ["inputs"] : model.inputNames
        outputs = isSimple ? ["outputs"] : model.outputNames.indices.map { "output_\($0)" }
    }
}

extension Model {
    /// Writes all layers. Gives what goes in and what comes out.
    func write<Graph: LayerGraph>(to graph: Graph) throws -> (inputs: [Graph.Signal], outputs: [Graph.Signal]) {
        guard !inputShapes.isEmpty else {
            throw HornetError(
                .configuration, at: "export", "the model has no weights yet",
                remedy: "Train it, or call build(inputShape:)")
        }
        let layers = try layers.map { try $0.commonForm }
        let weightCount = layers.reduce(0) { $1.parameters.reduce($0) { $0 + $1.count } }
        try ExportLimit.check(weightCount * MemoryLayout<Float>.size, at: "model \(name)")
        let names = GraphEnds(self).inputs
        let inputs = inputShapes.enumerated().map { number, shape in
            graph.input(named: names[number], shape: shape, isIds: takesIds(number))
        }
        var signals = inputs
        for (number, call) in self.graph.calls.enumerated() {
            let shape = Shape([nil] + valueShapes[self.graph.inputCount + number].sizes.dropFirst())
            graph.scope.enter(layers[call.layer], giving: shape)
            var signal = try graph.write(layers[call.layer], call.inputs.map { signals[$0] })
            signal.shape = shape
            signals.append(signal)
        }
        return (inputs, self.graph.outputs.map { signals[$0] })
    }

    /// Whether a value goes into embeddings alone; a dropout before them does nothing in an answer.
    private func takesIds(_ value: Int) -> Bool {
        if graph.outputs.contains(value) { return false }
        let users = graph.calls.indices.filter { graph.calls[$0].inputs.contains(value) }
        return !users.isEmpty
            && users.allSatisfy { user in
                let layer = layers[graph.calls[user].layer]
                return layer is Embedding || layer is Dropout && takesIds(graph.inputCount + user)
            }
    }
}

extension Layer {
    /// The weight of that role. Traps when there is none.
    func weight(_ role: String) -> Tensor { optionalWeight(role)! }

    func optionalWeight(_ role: String) -> Tensor? { parameters.first { $0.role.utf8.elementsEqual(role.utf8) }?.value }
}
