public import HornetSupport

/// `a = rho·a + (1 − rho)·g²; δ = −g·√(d + epsilon) / √(a + epsilon); d = rho·d + (1 − rho)·δ²; w += rate·δ`.
/// [Keras: Adadelta](https://keras.io/api/optimizers/adadelta/) (Zeiler 2012)
public final class Adadelta: Optimizer {
    public let rho: Double
    public let epsilon: Double

    public init(
        learningRate: LearningRate = 0.001, rho: Double = 0.95, epsilon: Double = 1e-7,
        clipping: GradientClipping = .none, weightDecay: Double = 0
    ) {
        self.rho = rho
        self.epsilon = epsilon
        super.init(
            name: "Adadelta", learningRate: learningRate, clipping: clipping, weightDecay: weightDecay)
    }

    public override var slotGroups: [[String]] { [["accumulated_grad", "accumulated_delta_var"]] }
    public override var arguments: JSON.Object {
        ["rho": .number(rho), "epsilon": .number(epsilon)]
    }

    public override func update(_ span: UpdateSpan) {
        let (rate, rho, complement, epsilon) = (span.step.learningRate, Float(rho), Float(1 - rho), Float(epsilon))
        let (w, g, squares, deltas) = (span.weights, span.gradients, span.slots[0], span.slots[1])
        for i in 0..<span.count {
            squares[i] = rho * squares[i] + complement * (g[i] * g[i])
            let delta = -((deltas[i] + epsilon).squareRoot() * g[i] / (squares[i] + epsilon).squareRoot())
            deltas[i] = rho * deltas[i] + complement * (delta * delta)
            w[i] += rate * delta
        }
    }

    public override var idleRule: IdleRule? {
        IdleRule(slotFactors: [Double(Float(rho)), Double(Float(rho))])
    }
}

extension Optimizer {
    /// See ``Adadelta``.
    public static func adadelta(
        learningRate: LearningRate = 0.001, rho: Double = 0.95, epsilon: Double = 1e-7,
        clipping: GradientClipping = .none, weightDecay: Double = 0
    ) -> Optimizer {
        Adadelta(
            learningRate: learningRate, rho: rho, epsilon: epsilon, clipping: clipping, weightDecay: weightDecay)
    }
}

extension Adadelta {
    convenience init(config: JSON.Cursor) throws {
        self.init(
            learningRate: try config.learningRate, rho: try config.member("rho").double(),
            epsilon: try config.member("epsilon").double(), clipping: try config.clipping,
            weightDecay: try config.weightDecay)
    }
}
