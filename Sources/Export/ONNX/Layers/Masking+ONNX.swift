import HornetLayers
import HornetTensor

extension Masking: ONNXLayer {
    func write(_ x: ONNXGraph.Signal, to graph: ONNXGraph) -> ONNXGraph.Signal {
        let equals = graph.add("Equal", [x.output, graph.constant(Tensor(maskValue), "mask_value")])
        let differs = graph.cast(graph.add("Not", [equals]), to: .int64)
        let mask = graph.add("ReduceMax", [differs], [.ints("axes", [2]), .int("keepdims", 0)])
        var masked = x.followed(by: graph.masked(x.output, by: mask), of: self)
        masked.mask = mask
        return masked
    }
}

extension ONNXGraph {
    func factors(of mask: Output) -> Output { expanded(cast(mask, to: .float), axis: 2) }
}
