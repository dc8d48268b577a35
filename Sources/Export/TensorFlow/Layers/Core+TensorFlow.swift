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
        // Only one size may be left open in a shape.
        let shape = outputShape![1].map { graph.constant([-1, $0], "shape") }
            ?? graph.concatenated([graph.batchSize(of: x), graph.constant([-1], "rest")], axis: 0)
        return x.followed(by: graph.add("Reshape", [x.output, shape], ["T": .type(.dtFloat)]), of: self)
    }
}
