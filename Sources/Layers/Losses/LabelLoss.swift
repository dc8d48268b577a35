import HornetSupport
public import HornetTensor

/// What the losses for imbalanced labels share: a binary cross-entropy for each label, on logits, which says of each
/// element what it weighs.
///
/// Probabilities are held within `[1e-7, 1 − 1e-7]` and taken back to their logits. A model that ends in a sigmoid is
/// trained on its logits, which no logit saturates.
public class LabelLoss: Loss {
    public let fromLogits: Bool
    /// Draws targets towards a half: `t = y·(1 − labelSmoothing) + labelSmoothing/2`.
    public let labelSmoothing: Float

    init(name: String, fromLogits: Bool, labelSmoothing: Float) {
        require(
            labelSmoothing >= 0 && labelSmoothing <= 1, "LabelLoss",
            "the labelSmoothing \(labelSmoothing) of \(name) is not within 0...1")
        self.fromLogits = fromLogits
        self.labelSmoothing = labelSmoothing
        super.init(name: name)
    }

    /// The loss of each label, `[batch, labels]`, of targets and logits that fit each other.
    func labelLosses(_ target: Tensor, logits: Value) throws -> Value {
        trap("LabelLoss", "the loss \(name) has to override labelLosses(_:logits:)")
    }

    /// The same loss on logits.
    func onLogits() -> LabelLoss { trap("LabelLoss", "the loss \(name) has to override onLogits()") }

    public override func forward(_ target: Value, _ prediction: Value) throws -> Value {
        try elementwise(target, prediction)!.mean(axes: Array(1..<prediction.rank))
    }

    package override func elementwise(_ target: Value, _ prediction: Value) throws -> Value? {
        try checkEqualShapes(target, prediction)
        if fromLogits { return try labelLosses(target.tensor, logits: prediction) }
        let p = prediction.clipped(epsilon, 1 - epsilon)
        return try labelLosses(target.tensor, logits: p.log() - (1 - p).log())
    }

    package override func onLogits(of activation: ActivationFunction) -> Loss? {
        guard !fromLogits, activation.name == ActivationFunction.sigmoid.name else { return nil }
        return onLogits()
    }

    package override var targetKind: TargetKind { .binary }

    /// Throws unless there is one of `values` for each of the target's labels.
    func checkCount(_ values: [some Any], of what: String, _ target: Tensor) throws {
        guard let labels = target.shape.last, values.count == labels else {
            throw HornetError(
                .configuration, at: "loss \(name)", "\(values.count) \(what) for \(target.shape.last ?? 0) labels",
                remedy: "Give one for each label, in the order of the model's outputs")
        }
    }
}

extension JSON {
    static func number(_ value: Float) -> JSON { .number(Double(value)) }
    static func numbers(_ values: [Float]) -> JSON { .array(values.map { .number(Double($0)) }) }
    static func integers(_ values: [Int]) -> JSON { .array(values.map(JSON.integer)) }
}
