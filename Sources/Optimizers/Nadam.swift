public import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// ``Adam`` with Nesterov's momentum: `m` and `v` as there, `u_t = beta1·(1 − 0.96^t / 2)`, and the weights lose
/// `rate·m̂ / (√v̂ + epsilon)` with `m̂ = u_{t+1}·m / (1 − Π u_{1…t+1}) + (1 − u_t)·g / (1 − Π u_{1…t})` and
/// `v̂ = v / (1 − beta2^t)`. [Keras: Nadam](https://keras.io/api/optimizers/nadam/) (Dozat 2015)
public final class Nadam: Optimizer {
    public let beta1: Double
    public let beta2: Double
    public let epsilon: Double

    /// `Π u` of the steps so far, and their number.
    private var product: (value: Float, steps: Int) = (1, 0)
    private typealias Quotient = (times: Float, over: Float)
    private var scales: (moment: Quotient, gradient: Quotient, velocity: Float) = ((0, 1), (0, 1), 1)

    public init(
        learningRate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
        clipping: GradientClipping = .none, weightDecay: Double = 0
    ) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        super.init(
            name: "Nadam", learningRate: learningRate, clipping: clipping, weightDecay: weightDecay)
    }

    public override var slotGroups: [[String]] { [["momentum", "velocity"]] }
    public override var arguments: JSON.Object {
        ["beta_1": .number(beta1), "beta_2": .number(beta2), "epsilon": .number(epsilon)]
    }

    public override func beginStep(_ step: UpdateStep) {
        catchUp(to: step.number - 1)
        multiplyProduct(step.number)
        let next = share(step.number + 1)
        scales.moment = (next, 1 - product.value * next)
        scales.gradient = (1 - share(step.number), 1 - product.value)
        scales.velocity = 1 - powf(Float(beta2), Float(step.number))
    }

    /// The product of `u` over the steps so far, which Keras keeps in files.
    package var momentumProduct: Float {
        catchUp(to: iterations)
        return product.value
    }

    /// The state may have come from a file.
    private func catchUp(to steps: Int) {
        guard product.steps != steps else { return }
        product = (1, 0)
        for t in 0..<steps { multiplyProduct(t + 1) }
    }

    private func share(_ t: Int) -> Float { Float(beta1) * (1 - 0.5 * powf(0.96, Float(t))) }

    private func multiplyProduct(_ t: Int) {
        product = (product.value * Float(beta1) * (1 - 0.5 * powf(0.96, Float(t))), t)
    }

    public override func update(_ span: UpdateSpan) {
        let (rate, complement1, complement2) = (span.step.learningRate, 1 - Float(beta1), 1 - Float(beta2))
        let (scales, epsilon) = (scales, Float(epsilon))
        let (w, g, m, v) = (span.weights, span.gradients, span.slots[0], span.slots[1])
        for i in 0..<span.count {
            m[i] += (g[i] - m[i]) * complement1
            v[i] += (g[i] * g[i] - v[i]) * complement2
            let moment = scales.moment.times * m[i] / scales.moment.over
            let moved = moment + scales.gradient.times * g[i] / scales.gradient.over
            w[i] -= moved * rate / ((v[i] / scales.velocity).squareRoot() + epsilon)
        }
    }
}

extension Optimizer {
    /// See ``Nadam``.
    public static func nadam(
        learningRate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-7,
        clipping: GradientClipping = .none, weightDecay: Double = 0
    ) -> Optimizer {
        Nadam(
            learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, clipping: clipping,
            weightDecay: weightDecay)
    }
}

extension Nadam {
    convenience init(config: JSON.Cursor) throws {
        self.init(
            learningRate: try config.learningRate, beta1: try config.member("beta_1").double(),
            beta2: try config.member("beta_2").double(), epsilon: try config.member("epsilon").double(),
            clipping: try config.clipping, weightDecay: try config.weightDecay)
    }
}
