public import HornetSupport
public import HornetTensor

/// `mean over outputs of (y − p)²`.
/// [Keras: MeanSquaredError](https://keras.io/api/losses/regression_losses/#meansquarederror-class)
public final class MeanSquaredError: Loss {
    public init() { super.init(name: "mean_squared_error") }

    public override func forward(_ target: Value, _ prediction: Value) throws -> Value {
        try elementwise(target, prediction)!.mean(axes: Array(1..<prediction.rank))
    }

    package override func elementwise(_ target: Value, _ prediction: Value) throws -> Value? {
        try checkEqualShapes(target, prediction)
        return (prediction - Value(target.tensor)).squared()
    }

    public override var config: JSON.Object? { [:] }
}

extension Loss {
    /// `mean (y − p)²`. See ``MeanSquaredError``.
    public static var meanSquaredError: Loss { MeanSquaredError() }
}
