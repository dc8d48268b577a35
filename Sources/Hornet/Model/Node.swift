public import HornetLayers
import HornetSupport

/// What a model will compute at one place: an ``Input``, or what a layer makes of other nodes. A layer called on a node
/// gives the next one, until a ``Model`` is made of the first and the last.
public class Node {
    /// `nil` for an input.
    let layer: Layer?
    let inputs: [Node]

    init(_ layer: Layer?, inputs: [Node]) {
        self.layer = layer
        self.inputs = inputs
    }
}

/// Where data enter a model.
public final class Input: Node {
    /// The shape of the data, batch axis included.
    let shape: Shape
    let name: String

    /// Data of `shape`, without the batch axis; `nil` for sizes that vary.
    public init(shape: [Int?], name: String = "input_layer") {
        self.shape = Shape([nil] + shape)
        self.name = name
        super.init(nil, inputs: [])
    }
}

extension Layer {
    /// What this layer makes of `input`. Called on several nodes, a layer shares its weights among them.
    public func callAsFunction(_ input: Node) -> Node {
        require(!(self is MergeLayer), "Layer", "\(className) takes several inputs: call it on an array of nodes")
        return Node(self, inputs: [input])
    }
}

extension MergeLayer {
    /// What this layer makes of `inputs`.
    public func callAsFunction(_ inputs: [Node]) -> Node {
        require(inputs.count > 1, "Layer", "\(className) merges two inputs or more, not \(inputs.count)")
        return Node(self, inputs: inputs)
    }
}
