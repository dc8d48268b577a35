public import HornetSupport
public import HornetTensor

/// `mean over labels of −w·t·log p − (1 − t)·log(1 − p)`: a binary cross-entropy in which the positives of each label
/// weigh `w`, as `pos_weight` of
/// [PyTorch's BCEWithLogitsLoss](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html).
///
/// A weight above 1 buys recall with precision: scores become larger than the share of texts that have the label, and
/// thresholds are to be tuned on them. `positiveWeights(_:cap:smoothing:)` computes weights.
public final class PositiveWeightedCrossentropy: LabelLoss {
    /// The weight of each label's positives, in the order of the model's outputs.
    public let positiveWeights: [Float]
    private let form: FocalForm

    public init(positiveWeights: [Float], fromLogits: Bool = false, labelSmoothing: Float = 0) {
        require(
            positiveWeights.allSatisfy { $0 >= 0 && $0.isFinite }, "binaryCrossentropy",
            "positive weights must be finite and not negative")
        self.positiveWeights = positiveWeights
        var form = FocalForm()
        form.smoothing = labelSmoothing
        form.positiveWeights = Tensor(positiveWeights)
        self.form = form
        super.init(name: "positive_weighted_crossentropy", fromLogits: fromLogits, labelSmoothing: labelSmoothing)
    }

    override func labelLosses(_ target: Tensor, logits: Value) throws -> Value {
        try checkCount(positiveWeights, of: "positive weights", target)
        return .focalCrossEntropy(logits: logits, targets: target, form: form)
    }

    override func onLogits() -> LabelLoss {
        PositiveWeightedCrossentropy(positiveWeights: positiveWeights, fromLogits: true, labelSmoothing: labelSmoothing)
    }

    package override var isOfKeras: Bool { false }

    public override var config: JSON.Object? {
        [
            "positive_weights": .numbers(positiveWeights), "from_logits": .bool(fromLogits),
            "label_smoothing": .number(labelSmoothing),
        ]
    }
}

extension Loss {
    /// Binary cross-entropy with a weight for the positives of each label. See ``PositiveWeightedCrossentropy``.
    /// - Parameter positiveWeights: one for each label, `[labels]`: the `tensor` of `PositiveWeights`.
    public static func binaryCrossentropy(
        positiveWeights: Tensor, fromLogits: Bool = false, labelSmoothing: Float = 0
    ) -> Loss {
        PositiveWeightedCrossentropy(
            positiveWeights: positiveWeights.scalars, fromLogits: fromLogits, labelSmoothing: labelSmoothing)
    }
}
