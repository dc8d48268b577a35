import HornetLayers
import HornetTensor

extension Masking: TensorFlowLayer {
    func write(_ x: TensorFlowGraph.Signal, to graph: TensorFlowGraph) -> TensorFlowGraph.Signal {
        let differs = graph.elementwise(
            "NotEqual", x.output, graph.constant(Tensor(maskValue), "mask_value"), type: .dtBool)
        let isReal = graph.reduce("Any", differs, axis: 2)
        var masked = x.followed(by: graph.masked(x.output, by: isReal), of: self)
        masked.mask = graph.cast(isReal, to: .dtInt32)
        return masked
    }
}

extension TensorFlowGraph {
    /// The mask may be of truth values, too.
    func factors(of mask: Output) -> Output { expanded(cast(mask, to: .dtFloat), axis: 2) }
}
