import HornetLayers
import HornetTensor

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Writes layers as nodes of an ONNX graph of operator set 17. [Operators](https://onnx.ai/onnx/operators)
final class ONNXGraph: LayerGraph {
    /// A tensor's name.
    typealias Output = String

    let scope: GraphScope
    private(set) var nodes: [ONNXNodeProto] = []
    private(set) var weights: [ONNXTensorProto] = []
    private var constants: [ConstantKey<ONNXTensorProto>: Output] = [:]

    init() { scope = GraphScope(target: "ONNX") }

    /// A graph within another: it sees the other's tensors, so its own have other names.
    init(within outer: ONNXGraph) { scope = outer.scope }

    func input(named name: String, shape: Shape, isIds: Bool) -> Signal {
        Signal(scope.name(name), shape: shape, isIds: isIds)
    }

    func write(_ layer: Layer, _ inputs: [Signal]) throws -> Signal {
        switch layer {
        case let layer as any ONNXLayer: try layer.write(inputs[0], to: self)
        case let layer as any ONNXMergeLayer: try layer.write(inputs, to: self)
        default: throw scope.refusal("a layer of this kind")
        }
    }

    // MARK: Nodes

    /// Adds a node with one output. An input called "" is left out.
    func add(_ operation: String, _ inputs: [Output], _ attributes: [ONNXAttributeProto] = []) -> Output {
        add(operation, inputs, attributes, outputs: [scope.name(operation)])[0]
    }

    /// Adds a node with these outputs. One called "" is left out.
    @discardableResult
    func add(
        _ operation: String, _ inputs: [Output], _ attributes: [ONNXAttributeProto] = [], outputs: [Output]
    ) -> [Output] {
        var node = ONNXNodeProto()
        node.opType = operation
        node.input = inputs
        node.output = outputs
        node.name = outputs.first { !$0.isEmpty } ?? ""
        node.attribute = attributes
        nodes.append(node)
        return outputs
    }

    // MARK: Constants

    func constant(_ tensor: Tensor, _ role: String) -> Output {
        constant(.float, tensor.shape, Data(of: tensor), role)
    }

    /// A number without axes.
    func constant(_ number: Int, _ role: String) -> Output { constant(.int64, [], Data(of: [Int64(number)]), role) }

    /// A vector of numbers.
    func constant(_ numbers: [Int], _ role: String) -> Output {
        constant(.int64, [numbers.count], Data(of: numbers.map(Int64.init)), role)
    }

    /// A number to compare token ids with.
    func constant(id: Int32, _ role: String) -> Output { constant(.int32, [], Data(of: [id]), role) }

    private func constant(
        _ type: ONNXTensorProto.DataType, _ shape: [Int], _ content: Data, _ role: String
    ) -> Output {
        var tensor = ONNXTensorProto()
        tensor.dataType = Int32(type.rawValue)
        tensor.dims = shape.map(Int64.init)
        tensor.rawData = content
        let key = ConstantKey(layer: scope.path, role: role, tensor: tensor)
        if let known = constants[key] { return known }
        tensor.name = scope.name(role)
        weights.append(tensor)
        constants[key] = tensor.name
        return tensor.name
    }

    /// All of it as a graph with these ends.
    func graph(named name: String, inputs: [ONNXValueInfoProto], outputs: [ONNXValueInfoProto]) -> ONNXGraphProto {
        var graph = ONNXGraphProto()
        graph.name = name
        graph.node = nodes
        graph.initializer = weights
        graph.input = inputs
        graph.output = outputs
        return graph
    }
}

/// A layer that can be written as ONNX nodes.
protocol ONNXLayer: Layer {
    /// Adds the nodes that compute the layer's output from `x`. Throws when something in it has no counterpart.
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) throws -> ONNXGraph.Signal
}

/// The same for a layer with several inputs.
protocol ONNXMergeLayer: MergeLayer {
    func write(_ inputs: [ONNXGraph.Signal], to graph: ONNXGraph) throws -> ONNXGraph.Signal
}
