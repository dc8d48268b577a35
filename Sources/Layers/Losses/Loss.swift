public import HornetSupport
public import HornetTensor

/// What training makes small.
///
/// A loss of your own is a formula on values that gives one number a sample:
/// ```swift
/// model.compile(optimizer: .adam(), loss: .custom("squared") { y, p in (y - p).squared().mean(axes: [-1]) })
/// ```
/// Training minimises `Σ loss·weight / batch size`, as Keras does (not divided by the sum of the weights).
open class Loss {
    /// Keras' name, used in logs and files.
    public let name: String

    public init(name: String) { self.name = name }

    /// Keras' name of the class, used in files.
    open var className: String { "\(type(of: self))" }

    /// The arguments that make the loss again, as Keras' `get_config` names them, without name and reduction; `nil` when the
    /// loss can't be saved.
    open var config: JSON.Object? { nil }

    /// Whether Keras has this loss, so that a model for Keras can be saved with it.
    package var isOfKeras: Bool { true }

    /// One loss a sample, shape `[batch]`, from targets and predictions `[batch, outputs]`. Throws on shapes that
    /// do not fit.
    open func forward(_ target: Value, _ prediction: Value) throws -> Value {
        trap("Loss.forward", "the loss \(name) has to override forward(_:_:)")
    }

    /// The losses before their mean over the last axis, `[batch, outputs]`; `nil` when this loss is no such mean.
    /// Weights for each label need it.
    package func elementwise(_ target: Value, _ prediction: Value) throws -> Value? { nil }

    /// The same loss computed before the output's activation, where it is exact for any logit; `nil` when there is none.
    package func onLogits(of activation: ActivationFunction) -> Loss? { nil }

    /// What `metrics: [.accuracy]` means under this loss.
    package enum TargetKind: Sendable { case binary, categorical, sparseCategorical, real }
    package var targetKind: TargetKind { .real }

    /// `Σ loss·weight / batch size`, a scalar. `weights` is `[batch]`, or `[batch, outputs]` for a weight a label.
    package func reduced(_ target: Value, _ prediction: Value, weights: Tensor?) throws -> Value {
        guard let weights else { return try forward(target, prediction).mean() }
        if weights.rank == 1 { return try (forward(target, prediction) * Value(weights)).mean() }
        guard let losses = try elementwise(target, prediction) else {
            throw HornetError(
                .configuration, at: "loss \(name)", "it has no loss for each label, so weights for each label mean nothing",
                remedy: "Give one weight a sample, or use a loss such as binaryCrossentropy")
        }
        return (losses * Value(weights)).mean()
    }

    /// The error of targets that do not fit the predictions.
    package func refuse(_ target: Value, _ prediction: Value, expected: String) -> HornetError {
        HornetError(
            .shape, at: "loss \(name)",
            "the targets have the shape \(target.shape), the predictions \(prediction.shape); expected \(expected)")
    }

    package func checkEqualShapes(_ target: Value, _ prediction: Value) throws {
        guard target.shape == prediction.shape, target.rank >= 2 else {
            throw refuse(target, prediction, expected: "equal shapes (batch, outputs)")
        }
    }
}

extension Loss {
    /// A loss from a closure that gives one number a sample.
    public static func custom(_ name: String, _ forward: @escaping (_ target: Value, _ prediction: Value) -> Value) -> Loss {
        ClosureLoss(name: name, forward)
    }
}

private final class ClosureLoss: Loss {
    private let body: (Value, Value) -> Value

    init(name: String, _ body: @escaping (Value, Value) -> Value) {
        self.body = body
        super.init(name: name)
    }

    override func forward(_ target: Value, _ prediction: Value) throws -> Value {
        let losses = body(target, prediction)
        guard losses.shape == [prediction.shape[0]] else {
            throw refuse(target, prediction, expected: "one loss a sample, but the closure gave the shape \(losses.shape)")
        }
        return losses
    }
}
