import HornetLayers

extension Activation: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) throws -> TensorFlowGraph.Signal {
        x.followed(by: try graph.applying(activation, to: x.output), of: self, keepsMask: true)
    }
}

extension TensorFlowGraph {
    /// The operators that are one activation each.
    private static let activations = [
        "relu": "Relu", "sigmoid": "Sigmoid", "tanh": "Tanh", "softmax": "Softmax", "log_softmax": "LogSoftmax",
        "softplus": "Softplus", "softsign": "Softsign", "exponential": "Exp",
    ]

    func applying(_ activation: ActivationFunction, to x: Output) throws -> Output {
        if let operation = TensorFlowGraph.activations[activation.name] {
            return add(operation, [x], ["T": .type(.dtFloat)])
        }
        switch activation.name {
        case "linear": return x
        case "silu": return elementwise("Mul", x, add("Sigmoid", [x], ["T": .type(.dtFloat)]))
        default: throw scope.refusal("the activation \(activation.name)")
        }
    }
}
