import CHornetKernels
public import HornetSupport

/// Gradient descent: `w −= rate·g`; with momentum, `v = momentum·v − rate·g; w += v`, and Nesterov's look ahead
/// `w += momentum·v − rate·g`. [Keras: SGD](https://keras.io/api/optimizers/sgd/)
public final class SGD: Optimizer {
    public let momentum: Double
    public let nesterov: Bool

    public init(
        learningRate: LearningRate = 0.01, momentum: Double = 0, nesterov: Bool = false,
        clipping: GradientClipping = .none, weightDecay: Double = 0
    ) {
        require((0...1).contains(momentum), "SGD", "momentum must be within 0...1, not \(momentum)")
        self.momentum = momentum
        self.nesterov = nesterov
        super.init(
            name: "SGD", learningRate: learningRate, clipping: clipping, weightDecay: weightDecay)
    }

    public override var slotGroups: [[String]] { momentum == 0 ? [] : [["momentum"]] }
    public override var arguments: JSON.Object {
        ["momentum": .number(momentum), "nesterov": .bool(nesterov)]
    }

    public override func update(_ span: UpdateSpan) {
        if momentum == 0 {
            hornet_sgd(span.weights, span.gradients, span.step.learningRate, span.count)
        } else {
            hornet_sgd_momentum(
                span.weights, span.slots[0], span.gradients, span.step.learningRate, Float(momentum),
                nesterov ? 1 : 0, span.count)
        }
    }

    public override var idleRule: IdleRule? {
        momentum == 0 ? .still : IdleRule(slotFactors: [Double(Float(momentum))], drift: .along(slot: 0))
    }
    public override var idleScale: Double { nesterov ? -Double(Float(momentum)) : -1 }
}

extension Optimizer {
    /// See ``SGD``.
    public static func sgd(
        learningRate: LearningRate = 0.01, momentum: Double = 0, nesterov: Bool = false,
        clipping: GradientClipping = .none, weightDecay: Double = 0
    ) -> Optimizer {
        SGD(
            learningRate: learningRate, momentum: momentum, nesterov: nesterov, clipping: clipping,
            weightDecay: weightDecay)
    }
}

extension SGD {
    convenience init(config: JSON.Cursor) throws {
        self.init(
            learningRate: try config.learningRate, momentum: try config.member("momentum").share(),
            nesterov: try config.member("nesterov").bool(), clipping: try config.clipping,
            weightDecay: try config.weightDecay)
    }
}
