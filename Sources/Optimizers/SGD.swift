import CHornetKernels

/// Gradient descent: `w −= rate·g`; with momentum, `v = momentum·v − rate·g; w += v`, and Nesterov's look ahead.
/// [Keras: SGD](https://keras.io/api/optimizers/sgd/)
public final class SGD: Optimizer {
    public let momentum: Float
    public let nesterov: Bool

    public init(
        learningRate: LearningRate = 0.01, momentum: Float = 0, nesterov: Bool = false,
        clipping: GradientClipping = .none, weightDecay: Float = 0
    ) {
        self.momentum = momentum
        self.nesterov = nesterov
        super.init(name: "SGD", learningRate: learningRate, clipping: clipping, weightDecay: weightDecay)
    }

    public override var slotNames: [String] { momentum == 0 ? [] : ["momentum"] }
    public override var leavesUntouchedRows: Bool { momentum == 0 }

    public override func update(_ span: UpdateSpan) {
        if momentum == 0 {
            hornet_sgd(span.weights, span.gradients, span.step.learningRate, span.count)
        } else {
            hornet_sgd_momentum(
                span.weights, span.slots[0], span.gradients, span.step.learningRate, momentum, nesterov ? 1 : 0,
                span.count)
        }
    }
}

extension Optimizer {
    /// See ``SGD``.
    public static func sgd(
        learningRate: LearningRate = 0.01, momentum: Float = 0, nesterov: Bool = false,
        clipping: GradientClipping = .none, weightDecay: Float = 0
    ) -> Optimizer {
        SGD(
            learningRate: learningRate, momentum: momentum, nesterov: nesterov, clipping: clipping,
            weightDecay: weightDecay)
    }
}
