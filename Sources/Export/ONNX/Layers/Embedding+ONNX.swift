import HornetLayers

extension Embedding: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) -> ONNXGraph.Signal {
        let ids = x.isIds ? x.output : graph.cast(x.output, to: .int32)
        let table = graph.constant(weight("embeddings"), "embeddings")
        var vectors = x.followed(by: graph.add("Gather", [table, ids]), of: self)
        if maskZero {
            let isPadding = graph.add("Equal", [ids, graph.constant(id: 0, "padding")])
            vectors.mask = graph.cast(graph.add("Not", [isPadding]), to: .int64)
        }
        return vectors
    }
}
