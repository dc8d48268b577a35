import HornetLayers

extension ElementwiseMerge: ONNXMergeLayer {
    func write(_ inputs: [ONNXGraph.Signal], to graph: ONNXGraph) throws -> ONNXGraph.Signal {
        try graph.merged(inputs, by: self)
    }
}

extension Concatenate: ONNXMergeLayer {
    func write(_ inputs: [ONNXGraph.Signal], to graph: ONNXGraph) -> ONNXGraph.Signal { graph.merged(inputs, by: self) }
}
