public import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// ``Adam`` with the largest gradient in place of the mean square: `m += (g − m)(1 − beta1); u = max(beta2·u, |g|);
/// w −= rate·m / ((1 − beta1^t)(u + epsilon))`.
/// [Keras: Adamax](https://keras.io/api/optimizers/adamax/) (Kingma and Ba 2014)
public final class Adamax: Optimizer {
    public let beta1: Double
    public let beta2: Double
    public let epsilon: Double

    private var correction: Float = 0

    public init(
        learningRate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
        clipping: GradientClipping = .none, weightDecay: Double = 0
    ) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        super.init(
            name: "Adamax", learningRate: learningRate, clipping: clipping, weightDecay: weightDecay)
    }

    public override var slotGroups: [[String]] { [["momentum", "norm"]] }
    public override var arguments: JSON.Object {
        ["beta_1": .number(beta1), "beta_2": .number(beta2), "epsilon": .number(epsilon)]
    }

    public override func beginStep(_ step: UpdateStep) { correction = 1 - powf(Float(beta1), Float(step.number)) }

    public override func update(_ span: UpdateSpan) {
        let (rate, complement1) = (span.step.learningRate, Float(1 - beta1))
        let (beta2, epsilon) = (Float(beta2), Float(epsilon))
        let (w, g, m, u) = (span.weights, span.gradients, span.slots[0], span.slots[1])
        for i in 0..<span.count {
            m[i] += (g[i] - m[i]) * complement1
            u[i] = max(beta2 * u[i], g[i].magnitude)
            w[i] -= rate * m[i] / (correction * (u[i] + epsilon))
        }
    }
}

extension Optimizer {
    /// See ``Adamax``.
    public static func adamax(
        learningRate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
        clipping: GradientClipping = .none, weightDecay: Double = 0
    ) -> Optimizer {
        Adamax(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, clipping: clipping,
            weightDecay: weightDecay)
    }
}

extension Adamax {
    convenience init(config: JSON.Cursor) throws {
        self.init(
            learningRate: try config.learningRate, beta1: try config.member("beta_1").double(),
            beta2: try config.member("beta_2").double(), epsilon: try config.member("epsilon").double(),
            clipping: try config.clipping, weightDecay: try config.weightDecay)
    }
}
