import HornetLayers
import HornetTensor

extension BatchNormalization: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) -> TensorFlowGraph.Signal {
        graph.normalized(x, by: self)
    }
}

extension LayerNormalization: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) -> TensorFlowGraph.Signal {
        func mean(_ x: TensorFlowGraph.Output) -> TensorFlowGraph.Output {
            graph.reduce("Mean", x, axis: -1, keepsAxis: true)
        }
        let centered = graph.difference(x.output, mean(x.output))
        let variance = mean(graph.elementwiseProduct(centered, centered))
        let sum = graph.sum(variance, graph.constant(Tensor(Float(epsilon)), "epsilon"))
        var y = graph.quotient(centered, graph.add("Sqrt", [sum], ["T": .type(.dtFloat)]))
        if let gamma = optionalWeight("gamma") { y = graph.elementwiseProduct(y, graph.constant(gamma, "gamma")) }
        if let beta = optionalWeight("beta") { y = graph.sum(y, graph.constant(beta, "beta")) }
        return x.followed(by: y, of: self, keepsMask: true)
    }
}
