import HornetLayers

extension GlobalMaxPool1D: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) -> TensorFlowGraph.Signal {
        x.followed(by: graph.reduce("Max", x.output, axis: 1), of: self)
    }
}

extension GlobalAveragePooling1D: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) -> TensorFlowGraph.Signal {
        guard let mask = x.mask else { return x.followed(by: graph.reduce("Mean", x.output, axis: 1), of: self) }
        let total = graph.reduce("Sum", graph.masked(x.output, by: mask), axis: 1)
        let count = graph.cast(graph.reduce("Sum", mask, axis: 1, keepsAxis: true), to: .dtFloat)
        return x.followed(by: graph.quotient(total, count), of: self)
    }
}

extension Pooling1D: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) -> TensorFlowGraph.Signal {
        let pooled = graph.asRow(x.output) { row in
            graph.add(
                self is MaxPooling1D ? "MaxPool" : "AvgPool", [row],
                [
                    "T": .type(.dtFloat), "ksize": .ints([1, 1, poolSize, 1]), "strides": .ints([1, 1, strides, 1]),
                    "padding": .text(padding == .same ? "SAME" : "VALID"),
                ])
        }
        return x.followed(by: pooled, of: self)
    }
}
