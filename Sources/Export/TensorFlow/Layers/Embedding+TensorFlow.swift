import HornetLayers

extension Embedding: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) -> TensorFlowGraph.Signal {
        let ids = x.isIds ? x.output : graph.cast(x.output, to: .dtInt32)
        let table = graph.constant(weight("embeddings"), "embeddings")
        var vectors = x.followed(by: graph.gather(table, at: ids, axis: 0), of: self)
        if maskZero {
            let isReal = graph.elementwise("NotEqual", ids, graph.constant(0, "padding"), type: .dtBool)
            vectors.mask = graph.cast(isReal, to: .dtInt32)
        }
        return vectors
    }
}
