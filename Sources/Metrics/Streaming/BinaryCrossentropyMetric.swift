public import HornetSupport
public import HornetTensor

/// The mean over labels and samples of −(y log p + (1 − y) log(1 − p)).
///
/// Probabilities are clipped to [1e-7, 1 − 1e-7] in Float32 first, so that a certain mistake costs 15.94 and not
/// infinity; with `fromLogits` predictions are logits and nothing is clipped. `labelSmoothing` s moves
/// targets to y(1 − s) + s/2. Source: `keras.metrics.BinaryCrossentropy`.
public final class BinaryCrossentropyMetric: Mean {
    public let fromLogits: Bool
    public let labelSmoothing: Float

    public init(fromLogits: Bool = false, labelSmoothing: Float = 0, name: String = "binary_crossentropy") {
        self.fromLogits = fromLogits
        self.labelSmoothing = labelSmoothing
        super.init(name: name)
    }

    public override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        let (fromLogits, smoothing) = (fromLogits, labelSmoothing)
        Batch.elementwise(self, target, prediction, sampleWeight) { batch in
            addMean(of: batch) { position in
                let y = batch.target[position] * (1 - smoothing) + 0.5 * smoothing
                let p = batch.prediction[position]
                if fromLogits {
                    let z = Double(p)
                    return max(z, 0) - z * Double(y) + softplusOfNegative(abs(z))
                }
                guard p == p else { return .nan }
                let clipped = min(max(p, 1e-7), 1 - 1e-7)
                // A plain 0 or 1 needs only one of the two logarithms.
                var loss: Float = 0
                if y != 0 { loss -= y * naturalLogarithm(clipped) }
                if y != 1 { loss -= (1 - y) * naturalLogarithm(1 - clipped) }
                return Double(loss)
            }
        }
    }

    public override var direction: Direction? { .down }
    public override var className: String { "BinaryCrossentropy" }
    public override var config: JSON.Object? {
        ["from_logits": .bool(fromLogits), "label_smoothing": .number(Double(labelSmoothing))]
    }
    public override var description: String { "\(name): binary cross-entropy of every label" }
}
