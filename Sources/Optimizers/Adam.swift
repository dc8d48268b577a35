import CHornetKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `m += (g − m)(1 − beta1); v += (g² − v)(1 − beta2); w −= m·α / (√v + epsilon)`, with
/// `α = rate·√(1 − beta2^t) / (1 − beta1^t)`: Keras' form, epsilon outside the bias correction.
/// [Keras: Adam](https://keras.io/api/optimizers/adam/) (Kingma and Ba 2014)
public final class Adam: Optimizer {
    public let beta1: Double
    public let beta2: Double
    public let epsilon: Float

    public init(
        learningRate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-7,
        clipping: GradientClipping = .none, weightDecay: Float = 0
    ) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        super.init(
            name: weightDecay > 0 ? "AdamW" : "Adam", learningRate: learningRate, clipping: clipping,
            weightDecay: weightDecay)
    }

    public override var slotNames: [String] { ["momentum", "velocity"] }

    public override func update(_ span: UpdateSpan) {
        let t = Float(span.step.number)
        let correction = (1 - powf(Float(beta2), t)).squareRoot() / (1 - powf(Float(beta1), t))
        // As in Keras, 1 − β is rounded to float once, not computed from a rounded β.
        hornet_adam_with_complements(
            span.weights, span.slots[0], span.slots[1], span.gradients, span.step.learningRate * correction,
            Float(1 - beta1), Float(1 - beta2), epsilon, span.count)
    }
}

extension Optimizer {
    /// See ``Adam``.
    public static func adam(
        learningRate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-7,
        clipping: GradientClipping = .none
    ) -> Optimizer {
        Adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, clipping: clipping)
    }

    /// ``Adam`` with decoupled weight decay (Loshchilov and Hutter 2017).
    public static func adamW(
        learningRate: LearningRate = 0.001, weightDecay: Float = 0.004, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Float = 1e-7, clipping: GradientClipping = .none
    ) -> Optimizer {
        Adam(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, clipping: clipping,
            weightDecay: weightDecay)
    }
}
