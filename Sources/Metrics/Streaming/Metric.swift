public import HornetSupport
public import HornetTensor

/// A figure gathered batch by batch: it is reset at the start of an epoch, updated with every batch, and
/// read at any time in between.
///
/// The built-in metrics are spelled with a leading dot where a `[Metric]` is expected:
/// ```swift
/// model.compile(optimizer: .adam(), loss: .binaryCrossentropy, metrics: [.accuracy, .f1(average: .micro)])
/// ```
/// To write one of your own, subclass, override ``reset()``, ``update(target:prediction:sampleWeight:)``
/// and ``result``; subclass ``Mean`` when it is an average over samples.
///
/// `target` and `prediction` have the batch on axis 0, `[batch, outputs]`. `sampleWeight` is `[batch]`, or has
/// the shape of the prediction to weigh every label of every sample on its own. What a metric keeps does
/// not grow with the number of samples. Source: `keras.metrics.Metric`.
open class Metric: CustomStringConvertible {
    /// Which way is better.
    public enum Direction: Sendable, Equatable {
        /// Larger is better, as with an accuracy.
        case up
        /// Smaller is better, as with a loss.
        case down
    }

    /// The key in the training history and the progress line, such as `f1_score`.
    public let name: String

    public init(name: String) { self.name = name }

    /// Forgets every batch seen so far.
    open func reset() { missingOverride("reset()") }

    /// Takes in one batch. Shapes that do not fit trap.
    open func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        missingOverride("update(target:prediction:sampleWeight:)")
    }

    /// The figure over the batches since the last ``reset()``; 0 before the first, as in Keras.
    open var result: Double { missingOverride("result") }

    /// Which way is better; `nil` when that is unknown. A callback that watches the metric in mode `auto` asks.
    open var direction: Direction? { nil }

    /// What is measured, in words for a person: the name and the settings that matter.
    open var description: String { name }

    /// Keras' name of the class, used in files.
    open var className: String { "\(type(of: self))" }

    /// The arguments that make the metric again, as Keras' `get_config` names them, without its name; `nil` when Keras has no
    /// such metric.
    open var config: JSON.Object? { nil }

    /// Takes in one batch in which every sample counts once.
    public final func update(target: Tensor, prediction: Tensor) {
        update(target: target, prediction: prediction, sampleWeight: nil)
    }
}
