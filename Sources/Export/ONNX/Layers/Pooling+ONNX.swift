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

extension Pooling1D: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) -> ONNXGraph.Signal {
        let steps = padding == .same && strides > poolSize ? stepsThatCount(of: x, in: graph) : x.output
        let pooled = graph.add(
            self is MaxPooling1D ? "MaxPool" : "AveragePool", [graph.channelsMoved(steps)],
            [
                .ints("kernel_shape", [poolSize]), .ints("strides", [strides]),
                padding == .same ? .samePadding : .ints("pads", [0, 0]),
            ])
        return x.followed(by: graph.channelsMoved(pooled), of: self)
    }

    /// `x` without the steps behind the last window, which ONNX Runtime would take for padding of a negative size.
    private func stepsThatCount(of x: ONNXGraph.Signal, in graph: ONNXGraph) -> ONNXGraph.Output {
        let stride = graph.constant([strides], "strides")
        let last = graph.difference(graph.size(of: 1, x), graph.constant([1], "one"))
        let start = graph.elementwiseProduct(graph.quotient(last, stride), stride)
        let end = graph.sum(start, graph.constant([poolSize], "pool_size"))
        return graph.add("Slice", [x.output, graph.constant([0], "begin"), end, graph.constant([1], "axis")])
    }
}
