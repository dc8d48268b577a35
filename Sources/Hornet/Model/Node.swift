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
    let name: String?

    /// Data of `shape`, without the batch axis; `nil` for sizes that vary. Without a name, the model calls it
    /// `input_layer`, and the next one `input_layer_1`.
    public init(shape: [Int?], name: String? = nil) {
        self.shape = Shape([nil] + shape)
        self.name = name
        super.init(nil, inputs: [])
    }

    /// The names of a model's inputs: those that were given, and Keras' for the others.
    static func names(_ given: [String?]) -> [String] {
        var count = 0
        return given.map { name in
            if let name { return name }
            defer { count += 1 }
            return count == 0 ? "input_layer" : "input_layer_\(count)"
        }
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
        require(!inputs.isEmpty, "Layer", "\(className) merges inputs, and there are none")
        return Node(self, inputs: inputs)
    }
}
