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

/// The names under which both formats take what goes in and comes out: TensorFlow's usual ones.
enum GraphEnds {
    static let input = "inputs"
    static let output = "outputs"
}

extension Model {
    /// Writes all layers. Gives what goes in and what comes out.
    func write<Graph: LayerGraph>(to graph: Graph) throws -> (input: Graph.Signal, output: Graph.Signal) {
        guard let inputShape else {
            throw HornetError(
                .configuration, at: "export", "the model has no weights yet",
                remedy: "Train it, or call build(inputShape:)")
        }
        try ExportLimit.check(weights.reduce(0) { $0 + $1.count * MemoryLayout<Float>.size }, at: "model \(name)")
        var signals = [graph.input(named: GraphEnds.input, shape: inputShape, isIds: takesIds(0))]
        for call in self.graph.calls {
            graph.scope.enter(layers[call.layer])
            signals.append(try graph.write(layers[call.layer], call.inputs.map { signals[$0] }))
        }
        return (signals[0], signals.last!)
    }

    /// Whether a value goes into embeddings alone; a dropout before them does nothing in an answer.
    private func takesIds(_ value: Int) -> Bool {
        let users = graph.calls.indices.filter { graph.calls[$0].inputs.contains(value) }
        return !users.isEmpty
            && users.allSatisfy { user in
                let layer = layers[graph.calls[user].layer]
                return layer is Embedding || layer is Dropout && takesIds(user + 1)
            }
    }
}

extension Layer {
    /// The weight of that role. Traps when there is none.
    func weight(_ role: String) -> Tensor { optionalWeight(role)! }

    func optionalWeight(_ role: String) -> Tensor? { parameters.first { $0.role.utf8.elementsEqual(role.utf8) }?.value }
}
