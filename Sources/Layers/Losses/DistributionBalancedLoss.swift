public import HornetSupport
import HornetTensor

/// `mean over labels of r̂·(1 − p_t)^gamma·(−t·log σ(x) − (1 − t)/lambda·log(1 − σ(lambda·x)))` with `x = z + b`:
/// weights that know which labels come together, and a lighter hand on negatives.
///
/// - Re-balanced weights, of label `c` in sample `k`: `r = (1/n_c) / Σ 1/n_i` over the labels `i` that the sample has,
///   smoothed to `r̂ = alpha + σ(beta·(r − mu))`. A sample without labels takes the limit `r = ∞`.
/// - Negative-tolerant regularisation: `b_c = −kappa/lambda·log(N/n_c − 1)` spares rare labels, and `lambda` flattens
///   what easy negatives cost.
/// - The power as in ``BinaryFocalCrossentropy``, with the probabilities of `x` and `lambda·x`.
///
/// `n_c` is held within `0.5 ... N − 0.5`. Wu et al. 2020, [Distribution-Balanced Loss for Multi-Label Classification in
/// Long-Tailed Datasets](https://arxiv.org/abs/2007.09654). The defaults are settings that its code is used with; `mu`
/// varies most between data sets, up to 0.9 on texts. The code's constant factor for the power is left out.
public final class DistributionBalancedLoss: LabelLoss {
    /// The smoothing of the weights.
    public struct Smoothing: Sendable, Equatable {
        public var alpha: Float
        public var beta: Float
        public var mu: Float

        public init(alpha: Float = 0.1, beta: Float = 10, mu: Float = 0.2) {
            (self.alpha, self.beta, self.mu) = (alpha, beta, mu)
        }
    }

    public let positiveCounts: [Int]
    public let sampleCount: Int
    public let smoothing: Smoothing
    public let lambda: Float
    public let kappa: Float
    public let gamma: Float
    private let form: FocalForm
    /// `1/n`, `[labels, 1]`
    private let inverse: Tensor

    /// - Parameters:
    ///   - positiveCounts: How many training samples have each label.
    ///   - sampleCount: How many training samples there are.
    ///   - smoothing: Default alpha 0.1, beta 10, mu 0.2.
    ///   - lambda: Default 2.
    ///   - kappa: Default 0.05.
    ///   - gamma: Default 2; 0 leaves the power out.
    public init(
        positiveCounts: [Int], sampleCount: Int, smoothing: Smoothing = Smoothing(), lambda: Float = 2,
        kappa: Float = 0.05, gamma: Float = 2, fromLogits: Bool = false, labelSmoothing: Float = 0
    ) {
        require(
            sampleCount > 0 && positiveCounts.allSatisfy { (0...sampleCount).contains($0) } && lambda > 0 && gamma >= 0,
            "DistributionBalancedLoss",
            "counts must lie within 0...\(sampleCount); lambda is \(lambda), gamma is \(gamma)")
        self.positiveCounts = positiveCounts
        self.sampleCount = sampleCount
        self.smoothing = smoothing
        self.lambda = lambda
        self.kappa = kappa
        self.gamma = gamma
        let total = Double(sampleCount)
        let counts = positiveCounts.map { min(max(Double($0), 0.5), total - 0.5) }
        inverse = Tensor(counts.map { Float(1 / $0) }).reshaped([counts.count, 1])
        var form = FocalForm(smoothing: labelSmoothing, gamma: gamma)
        form.negativeScale = lambda
        form.bias = Tensor(counts.map { Float(total / $0 - 1) }).log() * (-kappa / lambda)
        self.form = form
        super.init(name: "distribution_balanced_loss", fromLogits: fromLogits, labelSmoothing: labelSmoothing)
    }

    override func labelLosses(_ target: Tensor, logits: Value) throws -> Value {
        try checkCount(positiveCounts, of: "counts of positives", target)
        return Value.focalCrossEntropy(logits: logits, targets: target, form: form) * Value(weights(target))
    }

    /// `r̂`, of the shape of the target.
    private func weights(_ target: Tensor) -> Tensor {
        let labels = positiveCounts.count
        let rows = labels == 0 ? 0 : target.count / labels
        let repeats = target.reshaped([rows, labels]).matmul(inverse)
        // Without labels the quotient is so large that its sigmoid is 1.
        let shares = inverse.reshaped([1, labels]) / repeats.clipped(1e-30, .infinity)
        let weights = ((shares - smoothing.mu) * smoothing.beta).sigmoid() + smoothing.alpha
        return weights.reshaped(target.shape)
    }

    override func onLogits() -> LabelLoss {
        DistributionBalancedLoss(
            positiveCounts: positiveCounts, sampleCount: sampleCount, smoothing: smoothing, lambda: lambda,
            kappa: kappa, gamma: gamma, fromLogits: true, labelSmoothing: labelSmoothing)
    }

    package override var isOfKeras: Bool { false }

    public override var config: JSON.Object? {
        [
            "positive_counts": .integers(positiveCounts), "sample_count": .integer(sampleCount),
            "alpha": .number(smoothing.alpha), "beta": .number(smoothing.beta), "mu": .number(smoothing.mu),
            "lambda": .number(lambda), "kappa": .number(kappa), "gamma": .number(gamma),
            "from_logits": .bool(fromLogits),
            "label_smoothing": .number(labelSmoothing),
        ]
    }
}

extension Loss {
    /// Binary cross-entropy for labels that come together and are rare. See ``DistributionBalancedLoss``.
    /// `y.positiveCounts()` counts positives.
    public static func distributionBalanced(
        positiveCounts: [Int], sampleCount: Int, smoothing: DistributionBalancedLoss.Smoothing = .init(),
        lambda: Float = 2, kappa: Float = 0.05, gamma: Float = 2, fromLogits: Bool = false, labelSmoothing: Float = 0
    ) -> Loss {
        DistributionBalancedLoss(
            positiveCounts: positiveCounts, sampleCount: sampleCount, smoothing: smoothing, lambda: lambda,
            kappa: kappa, gamma: gamma, fromLogits: fromLogits, labelSmoothing: labelSmoothing)
    }
}
