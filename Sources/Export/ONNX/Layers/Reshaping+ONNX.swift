import HornetLayers

extension Reshape: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) -> ONNXGraph.Signal {
        // A size of 0 is that of the input.
        let shape = [0] + graph.scope.outputShape.sizes.dropFirst().map { $0 ?? -1 }
        return x.followed(by: graph.add("Reshape", [x.output, graph.constant(shape, "shape")]), of: self)
    }
}

extension Permute: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) -> ONNXGraph.Signal {
        x.followed(by: graph.transposed(x.output, to: [0] + dims), of: self)
    }
}

extension RepeatVector: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) -> ONNXGraph.Signal {
        let step = graph.expanded(x.output, axis: 1)
        return x.followed(by: graph.add("Expand", [step, graph.constant([1, n, 1], "shape")]), of: self)
    }
}
