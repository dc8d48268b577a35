public import HornetSupport
public import HornetTensor

/// `mean over labels of −t·log p − (1 − t)·log(1 − p)`, with `t = y·(1 − labelSmoothing) + labelSmoothing/2`:
/// each label is a yes or no of its own.
///
/// On probabilities, `p` is held within `[1e-7, 1 − 1e-7]`. A model that ends in a sigmoid is trained on its logits
/// instead, `max(z, 0) − z·t + log1p(exp(−|z|))`, which no logit saturates.
/// [Keras: BinaryCrossentropy](https://keras.io/api/losses/probabilistic_losses/#binarycrossentropy-class)
public final class BinaryCrossentropy: Loss {
    public let fromLogits: Bool
    public let labelSmoothing: Float

    public init(fromLogits: Bool = false, labelSmoothing: Float = 0) {
        self.fromLogits = fromLogits
        self.labelSmoothing = labelSmoothing
        super.init(name: "binary_crossentropy")
    }

    public override func forward(_ target: Value, _ prediction: Value) throws -> Value {
        try checkEqualShapes(target, prediction)
        if fromLogits {
            let losses = Value.binaryCrossEntropy(
                logits: prediction, targets: target.tensor, smoothing: labelSmoothing)
            return losses.rank == 1 ? losses : losses.mean(axes: Array(1..<losses.rank))
        }
        return try elementwise(target, prediction)!.mean(axes: Array(1..<prediction.rank))
    }

    package override func elementwise(_ target: Value, _ prediction: Value) throws -> Value? {
        try checkEqualShapes(target, prediction)
        if fromLogits {
            // Each element as a row of its own.
            let single = [prediction.tensor.count, 1]
            return Value.binaryCrossEntropy(
                logits: prediction.reshaped(single), targets: target.tensor.reshaped(single), smoothing: labelSmoothing
            ).reshaped(prediction.shape)
        }
        let t = Value(target.tensor * (1 - labelSmoothing) + labelSmoothing / 2)
        let p = prediction.clipped(epsilon, 1 - epsilon)
        return -(t * p.log() + (1 - t) * (1 - p).log())
    }

    package override func onLogits(of activation: ActivationFunction) -> Loss? {
        guard !fromLogits, activation.name == ActivationFunction.sigmoid.name else { return nil }
        return BinaryCrossentropy(fromLogits: true, labelSmoothing: labelSmoothing)
    }

    package override var targetKind: TargetKind { .binary }

    public override var config: JSON.Object? {
        ["from_logits": .bool(fromLogits), "label_smoothing": .number(Double(labelSmoothing)), "axis": -1]
    }
}

/// Keras' `backend.epsilon()`.
let epsilon: Float = 1e-7

extension Loss {
    /// Binary cross-entropy, the loss of multi-label models. See ``BinaryCrossentropy``.
    public static var binaryCrossentropy: Loss { BinaryCrossentropy() }
    /// Binary cross-entropy with options. See ``BinaryCrossentropy``.
    public static func binaryCrossentropy(fromLogits: Bool = false, labelSmoothing: Float = 0) -> Loss {
        BinaryCrossentropy(fromLogits: fromLogits, labelSmoothing: labelSmoothing)
    }
}
