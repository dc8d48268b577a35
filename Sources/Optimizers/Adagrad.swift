public import HornetSupport

/// `a += g²; w −= rate·g / √(a + epsilon)`, where `a` starts at `initialAccumulator`.
/// [Keras: Adagrad](https://keras.io/api/optimizers/adagrad/) (Duchi, Hazan and Singer 2011)
public final class Adagrad: Optimizer {
    public let initialAccumulator: Double
    public let epsilon: Double

    public init(
        learningRate: LearningRate = 0.001, initialAccumulator: Double = 0.1, epsilon: Double = 1e-7,
        clipping: GradientClipping = .none, weightDecay: Double = 0
    ) {
        self.initialAccumulator = initialAccumulator
        self.epsilon = epsilon
        super.init(
            name: "Adagrad", learningRate: learningRate, clipping: clipping, weightDecay: weightDecay)
    }

    public override var slotGroups: [[String]] { [["accumulator"]] }
    public override var arguments: JSON.Object {
        ["initial_accumulator_value": .number(initialAccumulator), "epsilon": .number(epsilon)]
    }

    public override func initialValue(ofSlot name: String) -> Float { Float(initialAccumulator) }

    public override func update(_ span: UpdateSpan) {
        let (rate, epsilon) = (span.step.learningRate, Float(epsilon))
        let (w, g, sum) = (span.weights, span.gradients, span.slots[0])
        for i in 0..<span.count {
            sum[i] += g[i] * g[i]
            w[i] -= rate * g[i] / (sum[i] + epsilon).squareRoot()
        }
    }

    public override var idleRule: IdleRule? { IdleRule(slotFactors: [1]) }
}

extension Optimizer {
    /// See ``Adagrad``.
    public static func adagrad(
        learningRate: LearningRate = 0.001, initialAccumulator: Double = 0.1, epsilon: Double = 1e-7,
        clipping: GradientClipping = .none, weightDecay: Double = 0
    ) -> Optimizer {
        Adagrad(
            learningRate: learningRate, initialAccumulator: initialAccumulator, epsilon: epsilon, clipping: clipping,
            weightDecay: weightDecay)
    }
}

extension Adagrad {
    convenience init(config: JSON.Cursor) throws {
        self.init(
            learningRate: try config.learningRate,
            initialAccumulator: try config.member("initial_accumulator_value").double(),
            epsilon: try config.member("epsilon").double(), clipping: try config.clipping,
            weightDecay: try config.weightDecay)
    }
}
