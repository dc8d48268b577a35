import HornetLayers

extension GlobalMaxPool1D: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) -> ONNXGraph.Signal {
        x.followed(by: graph.pooled("ReduceMax", x.output), of: self)
    }
}

extension GlobalAveragePooling1D: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) -> ONNXGraph.Signal {
        guard let mask = x.mask else { return x.followed(by: graph.pooled("ReduceMean", x.output), of: self) }
        let total = graph.total(graph.masked(x.output, by: mask), axis: 1)
        let count = graph.cast(graph.total(mask, axis: 1, keepsAxis: true), to: .float)
        return x.followed(by: graph.quotient(total, count), of: self)
    }
}

extension ONNXGraph {
    fileprivate func pooled(_ operation: String, _ x: Output) -> Output {
        add(operation, [x], [.ints("axes", [1]), .int("keepdims", 0)])
    }
}
