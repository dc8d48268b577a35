import HornetLayers

extension Dense: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) throws -> ONNXGraph.Signal {
        let z = graph.linear(x.output, kernel: weight("kernel"), bias: optionalWeight("bias"))
        return x.followed(by: try graph.applying(activation, to: z), of: self, keepsMask: true)
    }
}

/// Does nothing in an answer.
extension Dropout: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) -> ONNXGraph.Signal { x }
}

/// Does nothing in an answer.
extension SpatialDropout1D: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) -> ONNXGraph.Signal { x }
}

extension Flatten: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) -> ONNXGraph.Signal {
        x.followed(by: graph.add("Flatten", [x.output], [.int("axis", 1)]), of: self)
    }
}
