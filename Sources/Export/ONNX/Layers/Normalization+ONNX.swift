import HornetLayers
import HornetTensor

extension BatchNormalization: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) -> ONNXGraph.Signal { graph.normalized(x, by: self) }
}

extension LayerNormalization: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) -> ONNXGraph.Signal {
        // The operator can do without beta alone.
        let gamma = optionalWeight("gamma") ?? .ones([x.shape.last!])
        var inputs = [x.output, graph.constant(gamma, "gamma")]
        if let beta = optionalWeight("beta") { inputs.append(graph.constant(beta, "beta")) }
        let attributes = [ONNXAttributeProto.int("axis", -1), .float("epsilon", Float(epsilon))]
        return x.followed(by: graph.add("LayerNormalization", inputs, attributes), of: self, keepsMask: true)
    }
}
