import HornetLayers
import HornetTensor

extension Conv1D: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) throws -> ONNXGraph.Signal {
        // The operator's kernel is [filters, channels, taps].
        var inputs = [graph.channelsMoved(x.output), graph.constant(weight("kernel").permuted([2, 1, 0]), "kernel")]
        if let bias = optionalWeight("bias") { inputs.append(graph.constant(bias, "bias")) }
        let z = graph.add(
            "Conv", inputs,
            [
                .ints("kernel_shape", [kernelSize]), .ints("strides", [strides]), .ints("dilations", [dilationRate]),
                .int("group", groups), ends,
            ])
        return x.followed(by: try graph.applying(activation, to: graph.channelsMoved(z)), of: self)
    }

    /// The padding, before and behind. With strides it depends on the time; without, it is known, which helps where
    /// operators that find it out themselves refuse dilation.
    private var ends: ONNXAttributeProto {
        let reach = (kernelSize - 1) * dilationRate
        return switch padding {
        case .valid: .ints("pads", [0, 0])
        case .same where strides > 1: .samePadding
        case .same: .ints("pads", [reach / 2, reach - reach / 2])
        case .causal: .ints("pads", [reach, 0])
        }
    }
}

extension ONNXAttributeProto {
    /// `⌈time / strides⌉` windows, an odd step of padding at the end.
    static var samePadding: ONNXAttributeProto { .string("auto_pad", "SAME_UPPER") }
}

extension ONNXGraph {
    /// From `[batch, time, channels]` to `[batch, channels, time]`, which operators with windows want, or back.
    func channelsMoved(_ x: Output) -> Output { transposed(x, to: [0, 2, 1]) }
}
