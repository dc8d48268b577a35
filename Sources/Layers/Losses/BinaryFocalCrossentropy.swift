public import HornetSupport
import HornetTensor

/// `mean over labels of α_t·(1 − p_t)^gamma·(−t·log p − (1 − t)·log(1 − p))` with `p_t = t·p + (1 − t)·(1 − p)`:
/// answers that are right already count for little, so that the many easy negatives do not drown the rest.
///
/// `α_t = t·alpha + (1 − t)·(1 − alpha)` with `applyClassBalancing`, else 1. Keras takes the sigmoid of logits and
/// clips it at 1e-7; here logits stay logits, so that a wrong answer of any size keeps its gradient.
/// [Keras: BinaryFocalCrossentropy](https://keras.io/api/losses/probabilistic_losses/#binaryfocalcrossentropy-class);
/// Lin et al. 2017, [Focal Loss for Dense Object Detection](https://arxiv.org/abs/1708.02002).
public final class BinaryFocalCrossentropy: LabelLoss {
    public let applyClassBalancing: Bool
    public let alpha: Float
    public let gamma: Float
    private let form: FocalForm

    /// - Parameters:
    ///   - applyClassBalancing: Whether positives weigh `alpha` and negatives `1 − alpha`. Default false.
    ///   - alpha: Default 0.25.
    ///   - gamma: How little easy answers count; 0 is the plain cross-entropy. Default 2.
    public init(
        applyClassBalancing: Bool = false, alpha: Float = 0.25, gamma: Float = 2, fromLogits: Bool = false,
        labelSmoothing: Float = 0
    ) {
        require(
            alpha >= 0 && alpha <= 1 && gamma >= 0, "BinaryFocalCrossentropy", "alpha is \(alpha), gamma is \(gamma)")
        self.applyClassBalancing = applyClassBalancing
        self.alpha = alpha
        self.gamma = gamma
        form = FocalForm(smoothing: labelSmoothing, gamma: gamma)
        super.init(name: "binary_focal_crossentropy", fromLogits: fromLogits, labelSmoothing: labelSmoothing)
    }

    override func labelLosses(_ target: Tensor, logits: Value) throws -> Value {
        let losses = Value.focalCrossEntropy(logits: logits, targets: target, form: form)
        guard applyClassBalancing else { return losses }
        // α_t is linear in the target.
        let slope = (2 * alpha - 1) * (1 - labelSmoothing)
        return losses * Value(target * slope + ((2 * alpha - 1) * labelSmoothing / 2 + 1 - alpha))
    }

    override func onLogits() -> LabelLoss {
        BinaryFocalCrossentropy(
            applyClassBalancing: applyClassBalancing, alpha: alpha, gamma: gamma, fromLogits: true,
            labelSmoothing: labelSmoothing)
    }

    public override var config: JSON.Object? {
        [
            "from_logits": .bool(fromLogits), "label_smoothing": .number(labelSmoothing), "axis": -1,
            "apply_class_balancing": .bool(applyClassBalancing), "alpha": .number(alpha), "gamma": .number(gamma),
        ]
    }
}

extension FocalForm {
    /// The power of positives and negatives alike.
    init(smoothing: Float, gamma: Float) {
        self.init()
        self.smoothing = smoothing
        gammaPositive = gamma
        gammaNegative = gamma
    }
}

extension Loss {
    /// Binary cross-entropy in which easy answers count for little. See ``BinaryFocalCrossentropy``.
    public static var binaryFocalCrossentropy: Loss { BinaryFocalCrossentropy() }
    /// The same with options. See ``BinaryFocalCrossentropy``.
    public static func binaryFocalCrossentropy(
        applyClassBalancing: Bool = false, alpha: Float = 0.25, gamma: Float = 2, fromLogits: Bool = false,
        labelSmoothing: Float = 0
    ) -> Loss {
        BinaryFocalCrossentropy(
            applyClassBalancing: applyClassBalancing, alpha: alpha, gamma: gamma, fromLogits: fromLogits,
            labelSmoothing: labelSmoothing)
    }
}
