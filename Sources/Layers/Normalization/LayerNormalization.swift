public import HornetSupport
public import HornetTensor

/// Gives each step mean 0 and deviation 1 over its channels: `gamma · (x − mean) / √(variance + epsilon) + beta`, the
/// same in training and for answers.
///
/// Input `[batch, …, channels]`, the output is the same; a mask goes on. Weights: `gamma` (ones) and `beta` (zeros),
/// `[channels]`. [Keras: LayerNormalization](https://keras.io/api/layers/normalization_layers/layer_normalization/)
/// (Ba et al. 2016)
public final class LayerNormalization: Layer {
    public let epsilon: Double
    public let center: Bool
    public let scale: Bool
    private let axis: Int
    private var gamma: Parameter?
    private var beta: Parameter?

    /// - Parameters:
    ///   - axis: The axis to normalize; only the last one is known, and building refuses any other.
    ///   - center: Whether there is a `beta`.
    ///   - scale: Whether there is a `gamma`.
    public init(axis: Int = -1, epsilon: Double = 1e-3, center: Bool = true, scale: Bool = true, name: String? = nil) {
        self.axis = axis
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        super.init(name: name)
    }

    public override var className: String { "LayerNormalization" }
    package override var makesWeights: Bool { scale || center }

    public override func build(inputShape: Shape) throws -> Shape {
        let channels = try lastAxis(axis, of: inputShape)
        if scale { gamma = addWeight("gamma", shape: [channels], initializer: .ones) }
        if center { beta = addWeight("beta", shape: [channels], initializer: .zeros) }
        return inputShape
    }

    public override func forward(_ x: Value, _ pass: Pass) -> Value {
        x.layerNormalized(
            gamma: gamma.map(pass.value(of:)), beta: beta.map(pass.value(of:)), epsilon: Float(epsilon)
        ).masked(by: x.mask)
    }

    public override var config: JSON.Object? {
        ["axis": [.integer(axis)], "epsilon": .number(epsilon), "center": .bool(center), "scale": .bool(scale)]
    }

    convenience init(config: JSON.Cursor, name: String) throws {
        if let option = try config.optional("rms_scaling"), try option.bool() {
            throw option.refuse("rms_scaling is not known")
        }
        self.init(
            axis: try config.normalizedAxis(), epsilon: try config.optional("epsilon")?.double() ?? 1e-3,
            center: try config.optional("center")?.bool() ?? true, scale: try config.optional("scale")?.bool() ?? true,
            name: name)
    }
}
