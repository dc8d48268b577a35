import HornetLayers
import HornetTensor

extension LayerGraph where Self: CellGraph {
    /// `x · scale + shift` with the moving averages, as the layer itself computes it in an answer.
    func normalized(_ x: Signal, by layer: BatchNormalization) -> Signal {
        let variance = layer.weight("moving_variance")
        let inverse = Tensor.ones(variance.shape) / (variance + Tensor(Float(layer.epsilon))).sqrt()
        let scale = layer.optionalWeight("gamma").map { inverse * $0 } ?? inverse
        let mean = layer.weight("moving_mean") * scale
        let shift = layer.optionalWeight("beta").map { $0 - mean } ?? -mean
        let scaled = elementwiseProduct(x.output, constant(scale, "scale"))
        return x.followed(by: sum(scaled, constant(shift, "shift")), of: layer, keepsMask: true)
    }
}
