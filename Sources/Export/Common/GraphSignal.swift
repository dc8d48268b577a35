import HornetLayers

/// What flows between layers in a graph: the output of a node, with what is known of it.
struct GraphSignal<Output> {
    var output: Output
    /// Without a known batch size, whatever the model was built for.
    var shape: Shape
    /// Whether these are token ids (Int32) instead of floats.
    var isIds = false
    /// 1 where a time step is real, 0 where it is padding, `[batch, time]`; `nil` when all are real.
    var mask: Output?

    init(_ output: Output, shape: Shape, isIds: Bool = false) {
        self.output = output
        self.shape = Shape([nil] + shape.sizes.dropFirst())
        self.isIds = isIds
    }

    /// The output of `layer`, which hands the mask on if `keepsMask`.
    func followed(by output: Output, of layer: Layer, keepsMask: Bool = false) -> GraphSignal {
        var result = GraphSignal(output, shape: layer.outputShape!)
        if keepsMask { result.mask = mask }
        return result
    }
}

/// What makes two constants one: a layer that is called twice has its weights once.
struct ConstantKey<Tensor: Hashable>: Hashable {
    let layer: String
    let role: String
    let tensor: Tensor
}
