import HornetLayers

extension Activation: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) throws -> ONNXGraph.Signal {
        x.followed(by: try graph.applying(activation, to: x.output), of: self, keepsMask: true)
    }
}

extension ONNXGraph {
    /// The operators that are one activation each.
    private static let activations = [
        "relu": "Relu", "sigmoid": "Sigmoid", "tanh": "Tanh", "softmax": "Softmax", "log_softmax": "LogSoftmax",
        "softplus": "Softplus", "softsign": "Softsign", "exponential": "Exp",
    ]

    func applying(_ activation: ActivationFunction, to x: Output) throws -> Output {
        if let operation = ONNXGraph.activations[activation.name] { return add(operation, [x]) }
        switch activation.name {
        case "linear": return x
        case "silu": return elementwiseProduct(x, add("Sigmoid", [x]))
        default: throw scope.refusal("the activation \(activation.name)")
        }
    }
}
