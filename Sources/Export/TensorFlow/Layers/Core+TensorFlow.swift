import HornetLayers

extension Dense: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) throws -> TensorFlowGraph.Signal {
        let z = graph.linear(x, kernel: weight("kernel"), bias: optionalWeight("bias"))
        return x.followed(by: try graph.applying(activation, to: z), of: self, keepsMask: true)
    }
}

/// Does nothing in an answer.
extension Dropout: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) -> TensorFlowGraph.Signal { x }
}

/// Does nothing in an answer.
extension SpatialDropout1D: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) -> TensorFlowGraph.Signal { x }
}

extension Flatten: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) -> TensorFlowGraph.Signal {
        graph.reshaped(x, by: self)
    }
}
