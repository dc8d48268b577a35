import HornetLayers

extension ElementwiseMerge: TensorFlowMergeLayer {
    func write(_ inputs: [TensorFlowGraph.Signal], to graph: TensorFlowGraph) throws -> TensorFlowGraph.Signal {
        try graph.merged(inputs, by: self)
    }
}

extension Concatenate: TensorFlowMergeLayer {
    func write(_ inputs: [TensorFlowGraph.Signal], to graph: TensorFlowGraph) -> TensorFlowGraph.Signal { graph.merged(inputs, by: self) }
}
