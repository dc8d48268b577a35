import HornetLayers
import HornetTensor

extension Conv1D: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) throws -> TensorFlowGraph.Signal {
        let reach = (kernelSize - 1) * dilationRate
        let input = padding == .causal ? graph.padded(x.output, before: reach) : x.output
        let output = try graph.asRow(input) { row in
            try graph.applying(activation, to: graph.biased(convolved(row, in: graph), by: optionalWeight("bias")))
        }
        return x.followed(by: output, of: self)
    }

    /// One convolution for each group, as the operator itself took no groups on CPUs for many versions.
    private func convolved(_ row: TensorFlowGraph.Output, in graph: TensorFlowGraph) -> TensorFlowGraph.Output {
        let kernel = weight("kernel").reshaped([1, kernelSize, weight("kernel").shape[1], filters])
        let width = filters / groups
        let parts = groups == 1 ? [row] : graph.split(row, into: groups)
        let outputs = parts.enumerated().map { group, part in
            graph.add(
                "Conv2D",
                [part, graph.constant(kernel.sliced(group * width..<(group + 1) * width, axis: 3), "kernel")],
                [
                    "T": .type(.dtFloat), "strides": .ints([1, 1, strides, 1]),
                    "dilations": .ints([1, 1, dilationRate, 1]), "padding": .text(padding == .same ? "SAME" : "VALID"),
                ])
        }
        return groups == 1 ? outputs[0] : graph.concatenated(outputs, axis: -1)
    }
}

extension TensorFlowGraph {
    /// What `write` makes of `x [batch, time, channels]` as an image of one row: windows are for images here.
    func asRow(_ x: Output, _ write: (Output) throws -> Output) rethrows -> Output {
        add("Squeeze", [try write(expanded(x, axis: 1))], ["T": .type(x.type), "squeeze_dims": .ints([1])])
    }
}
