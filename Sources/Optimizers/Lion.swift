public import HornetSupport

/// Steps of equal size: `w −= rate·sign(beta1·m + (1 − beta1)·g); m = beta2·m + (1 − beta2)·g`.
/// [Keras: Lion](https://keras.io/api/optimizers/lion/) (Chen et al. 2023)
public final class Lion: Optimizer {
    public let beta1: Double
    public let beta2: Double

    public init(
        learningRate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.99,
        clipping: GradientClipping = .none, weightDecay: Double = 0
    ) {
        require(beta1 > 0 && beta1 <= 1, "Lion", "beta1 must be above 0 and at most 1, not \(beta1)")
        self.beta1 = beta1
        self.beta2 = beta2
        super.init(
            name: "Lion", learningRate: learningRate, clipping: clipping, weightDecay: weightDecay)
    }

    public override var slotGroups: [[String]] { [["momentum"]] }
    public override var arguments: JSON.Object {
        ["beta_1": .number(beta1), "beta_2": .number(beta2)]
    }

    public override func update(_ span: UpdateSpan) {
        let (rate, beta1, beta2) = (span.step.learningRate, Float(beta1), Float(beta2))
        let (w, g, m) = (span.weights, span.gradients, span.slots[0])
        for i in 0..<span.count {
            let direction = m[i] * beta1 + g[i] * (1 - beta1)
            // NaN stays NaN.
            w[i] -= rate * (direction > 0 ? 1 : direction < 0 ? -1 : direction)
            m[i] = m[i] * beta2 + g[i] * (1 - beta2)
        }
    }
}

extension Optimizer {
    /// See ``Lion``.
    public static func lion(
        learningRate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.99,
        clipping: GradientClipping = .none, weightDecay: Double = 0
    ) -> Optimizer {
        Lion(
            learningRate: learningRate, beta1: beta1, beta2: beta2, clipping: clipping, weightDecay: weightDecay)
    }
}

extension Lion {
    convenience init(config: JSON.Cursor) throws {
        self.init(
            learningRate: try config.learningRate, beta1: try config.member("beta_1").share(),
            beta2: try config.member("beta_2").double(), clipping: try config.clipping,
            weightDecay: try config.weightDecay)
    }
}
