public import HornetSupport
public import HornetTensor

/// Keeps each channel near mean 0 and deviation 1: `gamma · (x − mean) / √(variance + epsilon) + beta`.
///
/// In training mean and variance are those of the batch, over all axes but the last, and their averages move along:
/// `moving = momentum · moving + (1 − momentum) · batch`. Otherwise, and while `isTrainable` is false, the moving averages
/// take their place. With a mask only real steps count in the batch's figures; all steps are normalized, and the mask
/// goes on. Input `[batch, …, channels]`, the output is the same. Weights: `gamma` (ones), `beta` (zeros), and not
/// trained `moving_mean` (zeros), `moving_variance` (ones), `[channels]` each.
/// [Keras: BatchNormalization](https://keras.io/api/layers/normalization_layers/batch_normalization/)
/// (Ioffe and Szegedy 2015)
public final class BatchNormalization: Layer {
    public let momentum: Double
    public let epsilon: Double
    public let center: Bool
    public let scale: Bool
    private let axis: Int
    private var gamma: Parameter?
    private var beta: Parameter?
    private var movingMean: Parameter!
    private var movingVariance: Parameter!

    /// - Parameters:
    ///   - axis: The axis of the channels; only the last one is known, and building refuses any other.
    ///   - momentum: The share of the moving averages that a batch leaves.
    ///   - center: Whether there is a `beta`.
    ///   - scale: Whether there is a `gamma`.
    public init(
        axis: Int = -1, momentum: Double = 0.99, epsilon: Double = 1e-3, center: Bool = true, scale: Bool = true,
        name: String? = nil
    ) {
        self.axis = axis
        self.momentum = momentum
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        super.init(name: name)
    }

    public override var className: String { "BatchNormalization" }
    package override var makesWeights: Bool { true }

    public override func build(inputShape: Shape) throws -> Shape {
        let channels = try lastAxis(axis, of: inputShape)
        if scale { gamma = addWeight("gamma", shape: [channels], initializer: .ones) }
        if center { beta = addWeight("beta", shape: [channels], initializer: .zeros) }
        movingMean = addWeight("moving_mean", shape: [channels], initializer: .zeros, isTrained: false)
        movingVariance = addWeight("moving_variance", shape: [channels], initializer: .ones, isTrained: false)
        return inputShape
    }

    public override func forward(_ x: Value, _ pass: Pass) throws -> Value {
        let moments: Moments
        if pass.isTraining && isTrainable {
            if let mask = x.mask, mask.shape != Array(x.shape.dropLast()) {
                throw HornetError(
                    .shape, at: "layer \(name) (\(className))", "the mask \(mask.shape) does not fit \(x.shape)",
                    remedy: "It has one number for each row of the last axis")
            }
            moments = Moments(of: x.tensor, mask: x.mask)
            move(movingMean, to: moments.mean)
            move(movingVariance, to: moments.variance)
        } else {
            moments = Moments(mean: movingMean.value, variance: movingVariance.value)
        }
        return x.batchNormalized(
            moments, gamma: gamma.map(pass.value(of:)), beta: beta.map(pass.value(of:)), epsilon: Float(epsilon)
        ).masked(by: x.mask)
    }

    private func move(_ average: Parameter, to batch: Tensor) {
        average.value = average.value * Tensor(Float(momentum)) + batch * Tensor(Float(1 - momentum))
    }

    public override var config: JSON.Object? {
        [
            "axis": .integer(axis), "momentum": .number(momentum), "epsilon": .number(epsilon), "center": .bool(center),
            "scale": .bool(scale),
        ]
    }

    convenience init(config: JSON.Cursor, name: String) throws {
        for key in ["renorm", "synchronized"] {
            if let option = try config.optional(key), try option.bool() { throw option.refuse("\(key) is not known") }
        }
        self.init(
            axis: try config.normalizedAxis(), momentum: try config.optional("momentum")?.double() ?? 0.99,
            epsilon: try config.optional("epsilon")?.double() ?? 1e-3, center: try config.optional("center")?.bool() ?? true,
            scale: try config.optional("scale")?.bool() ?? true, name: name)
    }
}

extension Layer {
    /// The size of the axis that is normalized; throws unless it is the last and its size is known.
    func lastAxis(_ axis: Int, of inputShape: Shape) throws -> Int {
        guard inputShape.rank >= 2, let size = inputShape.last, size > 0 else {
            throw refuse(inputShape, expected: "(batch, …, channels) with a known number of channels")
        }
        guard axis == -1 || axis == inputShape.rank - 1 else {
            throw refuse(
                inputShape, expected: "the axis \(axis) to be the last one", remedy: "Bring it there with Permute")
        }
        return size
    }
}

extension JSON.Cursor {
    /// Keras' `axis`, alone or as the one element of a list; −1 where there is none.
    func normalizedAxis() throws -> Int {
        guard let axis = try optional("axis") else { return -1 }
        guard case .array = axis.value else { return try axis.int() }
        let axes = try axis.array()
        guard axes.count == 1 else { throw axis.refuse("expected one axis, got \(axes.count)") }
        return try axes[0].int()
    }
}
