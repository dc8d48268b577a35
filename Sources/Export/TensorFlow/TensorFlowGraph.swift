import HornetLayers
import HornetSupport
import HornetTensor
import SwiftProtobuf

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Writes layers as nodes of a TensorFlow graph, or formulas as nodes of a function in it.
///
/// Every operator has been there since TensorFlow 2.1.
/// [Operators](https://www.tensorflow.org/api_docs/python/tf/raw_ops)
final class TensorFlowGraph: LayerGraph {
    /// A tensor that a node gives.
    struct Output {
        /// As other nodes name it among their inputs.
        let reference: String
        let type: TFDataType
    }

    let scope: GraphScope
    private(set) var nodes: [TFNodeDef] = []
    var functions: [TFFunctionDef] = []
    private var constants: [ConstantKey<TFTensorProto>: Output] = [:]
    /// Within functions an output is called by its name in the operator's definition, else by its number.
    private let isFunction: Bool

    init(isFunction: Bool = false) {
        scope = GraphScope(target: "TensorFlow")
        self.isFunction = isFunction
    }

    func input(named name: String, shape: Shape, isIds: Bool) -> Signal {
        let type = isIds ? TFDataType.dtInt32 : .dtFloat
        let open = GraphSignal(Output(reference: "", type: type), shape: shape).shape
        let placeholder = add("Placeholder", [], ["dtype": .type(type), "shape": .shape(open)], type: type, as: name)
        return Signal(placeholder, shape: shape, isIds: isIds)
    }

    func write(_ layer: Layer, _ inputs: [Signal]) throws -> Signal {
        switch layer {
        case let layer as any TensorFlowLayer: try layer.write(inputs[0], to: self)
        case let layer as any TensorFlowMergeLayer: try layer.write(inputs, to: self)
        default: throw scope.refusal("a layer of this kind")
        }
    }

    // MARK: Nodes

    /// Adds a node. Its output is of `type`, by default that of the first input.
    func add(
        _ operation: String, _ inputs: [Output], _ attributes: [String: TFAttrValue] = [:], type: TFDataType? = nil,
        as role: String? = nil
    ) -> Output {
        add(operation, inputs, attributes, types: [type ?? inputs[0].type], as: role)[0]
    }

    /// Adds a node with several outputs of these types.
    func add(
        _ operation: String, _ inputs: [Output], _ attributes: [String: TFAttrValue] = [:], types: [TFDataType],
        as role: String? = nil
    ) -> [Output] {
        var node = TFNodeDef()
        node.name = scope.name(role ?? operation)
        node.op = operation
        node.input = inputs.map(\.reference)
        node.attr = attributes
        nodes.append(node)
        return types.enumerated().map { number, type in
            Output(reference: reference(to: node, output: number), type: type)
        }
    }

    private func reference(to node: TFNodeDef, output number: Int) -> String {
        guard isFunction else { return number == 0 ? node.name : "\(node.name):\(number)" }
        guard let name = TensorFlowGraph.outputNames[node.op] else {
            trap("TensorFlowGraph", "the output of \(node.op) has no name here, which functions need")
        }
        return "\(node.name):\(name):\(number)"
    }

    /// The outputs of the operators that stand in functions.
    private static let outputNames = [
        "AddV2": "z", "Const": "output", "Exp": "y", "GatherV2": "output", "Less": "z", "LogSoftmax": "logsoftmax",
        "MatMul": "product", "Mul": "z", "Relu": "activations", "Sigmoid": "y", "Softmax": "softmax",
        "Softplus": "activations", "Softsign": "activations", "Split": "output", "Sub": "z", "Tanh": "y",
        "TensorListSetItem": "output_handle",
    ]

    // MARK: Constants

    func constant(_ tensor: Tensor, _ role: String) -> Output {
        constant(.dtFloat, tensor.shape, Data(of: tensor), role)
    }

    /// A number without axes.
    func constant(_ number: Int, _ role: String) -> Output { constant(.dtInt32, [], Data(of: [Int32(number)]), role) }

    /// Numbers of the shape `shape`, by default a vector.
    func constant(_ numbers: [Int], shape: [Int]? = nil, _ role: String) -> Output {
        constant(.dtInt32, shape ?? [numbers.count], Data(of: numbers.map(Int32.init)), role)
    }

    private func constant(_ type: TFDataType, _ shape: [Int], _ content: Data, _ role: String) -> Output {
        var tensor = TFTensorProto()
        tensor.dtype = type
        tensor.tensorShape = TFTensorShapeProto(Shape(shape))
        tensor.tensorContent = content
        let key = ConstantKey(layer: scope.path, role: role, tensor: tensor)
        if let known = constants[key] { return known }
        let output = add("Const", [], ["dtype": .type(type), "value": .tensor(tensor)], type: type, as: role)
        constants[key] = output
        return output
    }
}

/// A layer that can be written as TensorFlow nodes.
protocol TensorFlowLayer: Layer {
    /// Adds the nodes that compute the layer's output from `x`. Throws when something in it has no counterpart.
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) throws -> TensorFlowGraph.Signal
}

/// The same for a layer with several inputs.
protocol TensorFlowMergeLayer: MergeLayer {
    func write(_ inputs: [TensorFlowGraph.Signal], to graph: TensorFlowGraph) throws -> TensorFlowGraph.Signal
}
