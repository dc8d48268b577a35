import HornetSupport

/// ``Adam`` that decays the weights by default. [Keras: AdamW](https://keras.io/api/optimizers/adamw/)
/// (Loshchilov and Hutter 2017)
public final class AdamW: Adam {
    public init(
        learningRate: LearningRate = 0.001, weightDecay: Double = 0.004, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-7, amsgrad: Bool = false, clipping: GradientClipping = .none
    ) {
        super.init(
            "AdamW", learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, amsgrad: amsgrad,
            clipping: clipping, weightDecay: weightDecay)
    }

    convenience init(config: JSON.Cursor) throws {
        self.init(
            learningRate: try config.learningRate, weightDecay: try config.weightDecay,
            beta1: try config.member("beta_1").double(), beta2: try config.member("beta_2").double(),
            epsilon: try config.member("epsilon").double(), amsgrad: try config.member("amsgrad").bool(),
            clipping: try config.clipping)
    }

    public override var configName: String { "adam_w" }
}

extension Optimizer {
    /// See ``AdamW``.
    public static func adamW(
        learningRate: LearningRate = 0.001, weightDecay: Double = 0.004, beta1: Double = 0.9, beta2: Double = 0.999,
        epsilon: Double = 1e-7, amsgrad: Bool = false, clipping: GradientClipping = .none
    ) -> Optimizer {
        AdamW(
            learningRate: learningRate, weightDecay: weightDecay, beta1: beta1, beta2: beta2, epsilon: epsilon,
            amsgrad: amsgrad, clipping: clipping)
    }
}
