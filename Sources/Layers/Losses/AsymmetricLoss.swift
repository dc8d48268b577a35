public import HornetSupport
import HornetTensor

/// `mean over labels of −t·(1 − p)^gammaPositive·log p − (1 − t)·q^gammaNegative·log(1 − q)` with
/// `q = max(p − margin, 0)`: negatives are focused more than positives, and those below the margin cost nothing.
///
/// Smoothed targets mix both sides before the power, as the authors' code would.
/// Ridnik et al. 2021, [Asymmetric Loss For Multi-Label Classification](https://arxiv.org/abs/2009.14119); the code
/// sums where this loss takes the mean.
public final class AsymmetricLoss: LabelLoss {
    public let gammaNegative: Float
    public let gammaPositive: Float
    public let margin: Float
    public let focusGradient: Bool
    private let form: FocalForm

    /// - Parameters:
    ///   - gammaNegative: Default 4.
    ///   - gammaPositive: Not above `gammaNegative`. Default 1, as in the authors' code; the paper's experiments use 0.
    ///   - margin: Within `0 ..< 1`. Default 0.05.
    ///   - focusGradient: Without it the powers are constants to the gradient (the code's
    ///     `disable_torch_grad_focal_loss`). Default true.
    public init(
        gammaNegative: Float = 4, gammaPositive: Float = 1, margin: Float = 0.05, focusGradient: Bool = true,
        fromLogits: Bool = false, labelSmoothing: Float = 0
    ) {
        require(
            gammaNegative >= 0 && gammaPositive >= 0 && margin >= 0 && margin < 1, "AsymmetricLoss",
            "gammaNegative is \(gammaNegative), gammaPositive is \(gammaPositive), margin is \(margin)")
        self.gammaNegative = gammaNegative
        self.gammaPositive = gammaPositive
        self.margin = margin
        self.focusGradient = focusGradient
        var form = FocalForm()
        form.smoothing = labelSmoothing
        form.gammaNegative = gammaNegative
        form.gammaPositive = gammaPositive
        form.margin = margin
        form.holdsFocus = !focusGradient
        self.form = form
        super.init(name: "asymmetric_loss", fromLogits: fromLogits, labelSmoothing: labelSmoothing)
    }

    override func labelLosses(_ target: Tensor, logits: Value) throws -> Value {
        .focalCrossEntropy(logits: logits, targets: target, form: form)
    }

    override func onLogits() -> LabelLoss {
        AsymmetricLoss(
            gammaNegative: gammaNegative, gammaPositive: gammaPositive, margin: margin, focusGradient: focusGradient,
            fromLogits: true, labelSmoothing: labelSmoothing)
    }

    package override var isOfKeras: Bool { false }

    public override var config: JSON.Object? {
        [
            "gamma_negative": .number(gammaNegative), "gamma_positive": .number(gammaPositive),
            "margin": .number(margin),
            "focus_gradient": .bool(focusGradient), "from_logits": .bool(fromLogits),
            "label_smoothing": .number(labelSmoothing),
        ]
    }
}

extension Loss {
    /// Binary cross-entropy that focuses negatives more than positives. See ``AsymmetricLoss``.
    public static var asymmetric: Loss { AsymmetricLoss() }
    /// The same with options. See ``AsymmetricLoss``.
    public static func asymmetric(
        gammaNegative: Float = 4, gammaPositive: Float = 1, margin: Float = 0.05, focusGradient: Bool = true,
        fromLogits: Bool = false, labelSmoothing: Float = 0
    ) -> Loss {
        AsymmetricLoss(
            gammaNegative: gammaNegative, gammaPositive: gammaPositive, margin: margin, focusGradient: focusGradient,
            fromLogits: fromLogits, labelSmoothing: labelSmoothing)
    }
}
