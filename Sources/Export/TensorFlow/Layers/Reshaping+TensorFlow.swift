import HornetLayers

extension Reshape: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) -> TensorFlowGraph.Signal {
        graph.reshaped(x, by: self)
    }
}

extension Permute: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) -> TensorFlowGraph.Signal {
        x.followed(by: graph.transposed(x.output, to: [0] + dims), of: self)
    }
}

extension RepeatVector: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) -> TensorFlowGraph.Signal {
        let counts = graph.constant([1, n, 1], "counts")
        let repeated = graph.add("Tile", [graph.expanded(x.output, axis: 1), counts], ["T": .type(.dtFloat)])
        return x.followed(by: repeated, of: self)
    }
}
