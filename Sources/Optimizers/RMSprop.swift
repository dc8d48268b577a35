import CHornetKernels

/// `v = rho·v + (1 − rho)·g²; w −= rate·g / √(v + epsilon)`.
/// [Keras: RMSprop](https://keras.io/api/optimizers/rmsprop/) (Tieleman and Hinton 2012)
public final class RMSprop: Optimizer {
    public let rho: Double
    public let epsilon: Float

    public init(
        learningRate: LearningRate = 0.001, rho: Double = 0.9, epsilon: Float = 1e-7,
        clipping: GradientClipping = .none, weightDecay: Float = 0
    ) {
        self.rho = rho
        self.epsilon = epsilon
        super.init(name: "RMSprop", learningRate: learningRate, clipping: clipping, weightDecay: weightDecay)
    }

    public override var slotNames: [String] { ["velocity"] }

    public override func update(_ span: UpdateSpan) {
        hornet_rmsprop_with_complement(
            span.weights, span.slots[0], span.gradients, span.step.learningRate, Float(rho), Float(1 - rho), epsilon,
            span.count)
    }
}

extension Optimizer {
    /// See ``RMSprop``.
    public static func rmsprop(
        learningRate: LearningRate = 0.001, rho: Double = 0.9, epsilon: Float = 1e-7,
        clipping: GradientClipping = .none, weightDecay: Float = 0
    ) -> Optimizer {
        RMSprop(learningRate: learningRate, rho: rho, epsilon: epsilon, clipping: clipping, weightDecay: weightDecay)
    }
}
