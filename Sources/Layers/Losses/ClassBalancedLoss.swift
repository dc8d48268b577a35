public import HornetSupport
import HornetTensor

/// `mean over labels of w·(1 − p_t)^gamma·(−t·log p − (1 − t)·log(1 − p))`: each label weighs by the effective number
/// of its positives, `w = (1 − beta)/(1 − beta^positives)`, scaled so that the weights' mean is 1.
///
/// With `gamma` 0 the sigmoid cross-entropy, else the focal loss of ``BinaryFocalCrossentropy``. A label without
/// positives weighs as one with a single one. Cui et al. weigh whole samples, each of one class; with several labels a
/// sample, each label's own loss gets its weight. Cui et al. 2019,
/// [Class-Balanced Loss Based on Effective Number of Samples](https://arxiv.org/abs/1901.05555).
public final class ClassBalancedLoss: LabelLoss {
    public let positiveCounts: [Int]
    public let beta: Double
    public let gamma: Float
    /// What each label weighs; their mean is 1.
    public let weights: [Float]
    private let form: FocalForm
    private let factors: Tensor

    /// - Parameters:
    ///   - positiveCounts: How many training samples have each label.
    ///   - beta: Within `0 ..< 1`; 0 weighs all labels alike, close to 1 by the inverse of their positives. Default
    ///     0.999.
    ///   - gamma: Default 0.
    public init(
        positiveCounts: [Int], beta: Double = 0.999, gamma: Float = 0, fromLogits: Bool = false,
        labelSmoothing: Float = 0
    ) {
        require(
            beta >= 0 && beta < 1 && gamma >= 0 && positiveCounts.allSatisfy { $0 >= 0 }, "ClassBalancedLoss",
            "beta is \(beta), gamma is \(gamma); counts must not be negative")
        self.positiveCounts = positiveCounts
        self.beta = beta
        self.gamma = gamma
        let raw = positiveCounts.map { (1 - beta) / (1 - power(beta, max($0, 1))) }
        let mean = raw.reduce(0, +) / Double(max(raw.count, 1))
        weights = raw.map { Float($0 / mean) }
        factors = Tensor(weights)
        form = FocalForm(smoothing: labelSmoothing, gamma: gamma)
        super.init(name: "class_balanced_loss", fromLogits: fromLogits, labelSmoothing: labelSmoothing)
    }

    override func labelLosses(_ target: Tensor, logits: Value) throws -> Value {
        try checkCount(positiveCounts, of: "counts of positives", target)
        return Value.focalCrossEntropy(logits: logits, targets: target, form: form) * Value(factors)
    }

    override func onLogits() -> LabelLoss {
        ClassBalancedLoss(
            positiveCounts: positiveCounts, beta: beta, gamma: gamma, fromLogits: true, labelSmoothing: labelSmoothing)
    }

    package override var isOfKeras: Bool { false }

    public override var config: JSON.Object? {
        [
            "positive_counts": .integers(positiveCounts), "beta": .number(beta), "gamma": .number(gamma),
            "from_logits": .bool(fromLogits), "label_smoothing": .number(labelSmoothing),
        ]
    }
}

/// By squaring: no Foundation.
private func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
        if rest & 1 == 1 { result *= square }
        square *= square
        rest >>= 1
    }
    return result
}

extension Loss {
    /// Binary cross-entropy in which each label weighs by the effective number of its positives. See
    /// ``ClassBalancedLoss``. `y.positiveCounts()` counts them.
    public static func classBalanced(
        positiveCounts: [Int], beta: Double = 0.999, gamma: Float = 0, fromLogits: Bool = false,
        labelSmoothing: Float = 0
    ) -> Loss {
        ClassBalancedLoss(
            positiveCounts: positiveCounts, beta: beta, gamma: gamma, fromLogits: fromLogits,
            labelSmoothing: labelSmoothing)
    }
}
