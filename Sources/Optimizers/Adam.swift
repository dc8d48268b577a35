import CHornetKernels
public import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `m += (g − m)(1 − beta1); v += (g² − v)(1 − beta2); w −= m·α / (√v + epsilon)`, with
/// `α = rate·√(1 − beta2^t) / (1 − beta1^t)`: Keras' form, epsilon outside the bias correction. With `amsgrad` the
/// largest `v` so far takes the place of `v` in the quotient.
/// [Keras: Adam](https://keras.io/api/optimizers/adam/) (Kingma and Ba 2014)
public class Adam: Optimizer {
    public let beta1: Double
    public let beta2: Double
    public let epsilon: Double
    public let amsgrad: Bool
    private var alpha: Float = 0

    public convenience init(
        learningRate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
        amsgrad: Bool = false, clipping: GradientClipping = .none, weightDecay: Double = 0
    ) {
        self.init(
            "Adam", learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, amsgrad: amsgrad,
            clipping: clipping, weightDecay: weightDecay)
    }

    init(
        _ name: String, learningRate: LearningRate, beta1: Double, beta2: Double, epsilon: Double, amsgrad: Bool,
        clipping: GradientClipping, weightDecay: Double
    ) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.amsgrad = amsgrad
        super.init(name: name, learningRate: learningRate, clipping: clipping, weightDecay: weightDecay)
    }

    convenience init(config: JSON.Cursor) throws {
        self.init(
            learningRate: try config.learningRate, beta1: try config.member("beta_1").double(),
            beta2: try config.member("beta_2").double(), epsilon: try config.member("epsilon").double(),
            amsgrad: try config.member("amsgrad").bool(), clipping: try config.clipping,
            weightDecay: try config.weightDecay)
    }

    public override var slotGroups: [[String]] {
        [["momentum", "velocity"]] + (amsgrad ? [["velocity_hat"]] : [])
    }
    public override var arguments: JSON.Object {
        [
            "beta_1": .number(beta1), "beta_2": .number(beta2), "epsilon": .number(epsilon),
            "amsgrad": .bool(amsgrad),
        ]
    }

    public override func beginStep(_ step: UpdateStep) {
        let t = Float(step.number)
        alpha = step.learningRate * (1 - powf(Float(beta2), t)).squareRoot() / (1 - powf(Float(beta1), t))
    }

    public override func update(_ span: UpdateSpan) {
        // As in Keras, 1 − β is rounded to Float once, not computed from a rounded β.
        let (complement1, complement2, epsilon) = (Float(1 - beta1), Float(1 - beta2), Float(epsilon))
        guard amsgrad else {
            return hornet_adam(
                span.weights, span.slots[0], span.slots[1], span.gradients, alpha, complement1, complement2, epsilon,
                span.count)
        }
        let (w, g, m, v, largest) = (span.weights, span.gradients, span.slots[0], span.slots[1], span.slots[2])
        for i in 0..<span.count {
            m[i] += (g[i] - m[i]) * complement1
            v[i] += (g[i] * g[i] - v[i]) * complement2
            largest[i] = max(largest[i], v[i])
            w[i] -= m[i] * alpha / (largest[i].squareRoot() + epsilon)
        }
    }

    public override func update(_ rows: UpdateRows) {
        guard !amsgrad, weightDecay == 0 else { return super.update(rows) }
        hornet_adam_rows(
            rows.weights, rows.slots[0], rows.slots[1], rows.gradients, rows.rows.baseAddress!,
            rows.places.baseAddress!, rows.rows.count, rows.width, alpha, Float(1 - beta1), Float(1 - beta2),
            Float(epsilon))
    }

    public override var idleRule: IdleRule? {
        guard !amsgrad else { return nil }
        let factors = [beta1, beta2].map { 1 - Double(Float(1 - $0)) }
        return IdleRule(slotFactors: factors, drift: .adam(epsilon: Float(epsilon)))
    }
    public override var idleScale: Double { Double(alpha) }
}

extension Optimizer {
    /// See ``Adam``.
    public static func adam(
        learningRate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
        amsgrad: Bool = false, clipping: GradientClipping = .none, weightDecay: Double = 0
    ) -> Optimizer {
        Adam(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, amsgrad: amsgrad,
            clipping: clipping, weightDecay: weightDecay)
    }
}
