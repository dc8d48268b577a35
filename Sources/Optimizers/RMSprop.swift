import CHornetKernels
public import HornetSupport

/// `v = rho·v + (1 − rho)·g²; w −= rate·g / √(v + epsilon)`.
///
/// `centered` also keeps the average `a` of the gradients and divides by `√(v − a² + epsilon)`. With momentum the
/// quotient, times the rate, is added to `m = momentum·m`, and `m` is what the weights lose.
/// [Keras: RMSprop](https://keras.io/api/optimizers/rmsprop/) (Tieleman and Hinton 2012)
public final class RMSprop: Optimizer {
    public let rho: Double
    public let momentum: Double
    public let epsilon: Double
    public let centered: Bool

    public init(
        learningRate: LearningRate = 0.001, rho: Double = 0.9, momentum: Double = 0, epsilon: Double = 1e-7,
        centered: Bool = false, clipping: GradientClipping = .none, weightDecay: Double = 0
    ) {
        self.rho = rho
        self.momentum = momentum
        self.epsilon = epsilon
        self.centered = centered
        super.init(
            name: "RMSprop", learningRate: learningRate, clipping: clipping, weightDecay: weightDecay)
    }

    public override var slotGroups: [[String]] {
        [["velocity"]] + (momentum > 0 ? [["momentum"]] : []) + (centered ? [["average_gradient"]] : [])
    }
    public override var arguments: JSON.Object {
        [
            "rho": .number(rho), "momentum": .number(momentum), "epsilon": .number(epsilon),
            "centered": .bool(centered),
        ]
    }

    public override var configName: String { "rm_sprop" }

    public override func update(_ span: UpdateSpan) {
        guard momentum > 0 || centered else {
            return hornet_rmsprop(
                span.weights, span.slots[0], span.gradients, span.step.learningRate, Float(rho), Float(1 - rho),
                Float(epsilon), span.count)
        }
        let (rate, rho, complement) = (span.step.learningRate, Float(rho), Float(1 - rho))
        let (momentum, epsilon) = (Float(momentum), Float(epsilon))
        let (w, g, v) = (span.weights, span.gradients, span.slots[0])
        let moments = momentum > 0 ? span.slots[1] : nil
        let averages = centered ? span.slots[span.slots.count - 1] : nil
        for i in 0..<span.count {
            v[i] = rho * v[i] + complement * (g[i] * g[i])
            var square = v[i]
            if let averages {
                averages[i] = rho * averages[i] + complement * g[i]
                square -= averages[i] * averages[i]
            }
            let increment = rate * g[i] / (square + epsilon).squareRoot()
            if let moments {
                moments[i] = momentum * moments[i] + increment
                w[i] -= moments[i]
            } else {
                w[i] -= increment
            }
        }
    }

    public override var idleRule: IdleRule? {
        let rho = Double(Float(rho))
        let factors = [rho] + (momentum > 0 ? [Double(Float(momentum))] : []) + (centered ? [rho] : [])
        return IdleRule(slotFactors: factors, drift: momentum > 0 ? .along(slot: 1) : .none)
    }
}

extension Optimizer {
    /// See ``RMSprop``.
    public static func rmsprop(
        learningRate: LearningRate = 0.001, rho: Double = 0.9, momentum: Double = 0, epsilon: Double = 1e-7,
        centered: Bool = false, clipping: GradientClipping = .none, weightDecay: Double = 0
    ) -> Optimizer {
        RMSprop(
            learningRate: learningRate, rho: rho, momentum: momentum, epsilon: epsilon, centered: centered,
            clipping: clipping, weightDecay: weightDecay)
    }
}

extension RMSprop {
    convenience init(config: JSON.Cursor) throws {
        self.init(
            learningRate: try config.learningRate, rho: try config.member("rho").double(),
            momentum: try config.member("momentum").double(), epsilon: try config.member("epsilon").double(),
            centered: try config.member("centered").bool(), clipping: try config.clipping,
            weightDecay: try config.weightDecay)
    }
}
