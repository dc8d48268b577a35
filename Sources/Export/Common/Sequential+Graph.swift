import Hornet
import HornetLayers
import HornetSupport
import HornetTensor

/// A graph that layers are written to, one behind the other.
protocol LayerGraph: AnyObject {
    associatedtype Output
    typealias Signal = GraphSignal<Output>
    var scope: GraphScope { get }

    /// What the model is fed with.
    func input(named name: String, shape: Shape, isIds: Bool) -> Signal
    /// Writes `layer`, whose input is `x`. Throws when it has no counterpart.
    func write(_ layer: Layer, _ x: Signal) throws -> Signal
}

/// The names under which both formats take what goes in and comes out: TensorFlow's usual ones.
enum GraphEnds {
    static let input = "inputs"
    static let output = "outputs"
}

extension Sequential {
    /// Writes all layers. Gives what goes in and what comes out.
    func write<Graph: LayerGraph>(to graph: Graph) throws -> (input: Graph.Signal, output: Graph.Signal) {
        guard let inputShape else {
            throw HornetError(
                .configuration, at: "export", "the model has no weights yet", remedy: "Train it, or call build(inputShape:)")
        }
        try ExportLimit.check(weights.reduce(0) { $0 + $1.count * MemoryLayout<Float>.size }, at: "model \(name)")
        let input = graph.input(named: GraphEnds.input, shape: inputShape, isIds: takesIds)
        var value = input
        for layer in layers {
            graph.scope.enter(layer)
            value = try graph.write(layer, value)
        }
        return (input, value)
    }

    /// Whether the input goes into an embedding; a dropout before it does nothing in an answer.
    private var takesIds: Bool { layers.first { !($0 is Dropout) } is Embedding }
}

extension Layer {
    /// The weight of that role. Traps when there is none.
    func weight(_ role: String) -> Tensor { optionalWeight(role)! }

    func optionalWeight(_ role: String) -> Tensor? { parameters.first { $0.role.utf8.elementsEqual(role.utf8) }?.value }
}
