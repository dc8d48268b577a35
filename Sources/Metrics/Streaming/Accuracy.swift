import HornetSupport
public import HornetTensor

/// A placeholder for the accuracy that suits the model: what `.accuracy` stands for until training begins.
///
/// Keras decides by the shape of the output and takes categorical accuracy (largest against largest) for
/// any model with several outputs, which is not what a multi-label user means. Hornet lets the trainer
/// decide by the loss: binary cross-entropy asks for binary accuracy. The resolved metric keeps the name
/// `accuracy`, as Keras' history does, and its ``Metric/description`` says what it became;
/// `.categoricalAccuracy` gives Keras' figure.
public final class Accuracy: Metric {
    /// What the model is trained to do, from its loss.
    public enum Kind: Sendable, Equatable {
        /// Each output is a yes or no of its own (binary cross-entropy).
        case binary
        /// The outputs share one choice, the target is a row of outputs (categorical cross-entropy).
        case categorical
        /// The outputs share one choice, the target is a class id (sparse categorical cross-entropy).
        case sparseCategorical
    }

    public override init(name: String = "accuracy") { super.init(name: name) }

    /// The metric to use instead, under the same name.
    public func resolved(for kind: Kind) -> Metric {
        switch kind {
        case .binary: BinaryAccuracy(name: name)
        case .categorical: CategoricalAccuracy(name: name)
        case .sparseCategorical: SparseCategoricalAccuracy(name: name)
        }
    }

    public override func reset() {}

    /// Traps: there is nothing to compare by until ``resolved(for:)`` has been called.
    public override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        trap(
            "Accuracy", "`.accuracy` has no meaning before a model is compiled; "
                + "name .binaryAccuracy, .categoricalAccuracy or .sparseCategoricalAccuracy instead")
    }

    public override var result: Double { 0 }
    public override var direction: Direction? { .up }
    public override var description: String { "\(name): to be chosen by the loss" }
}
