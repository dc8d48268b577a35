public import HornetSupport
public import HornetTensor

/// The maximum over time: `[batch, time, channels]` → `[batch, channels]`.
///
/// Knows no mask, as in Keras: the vector of padding takes part in the maximum.
/// [Keras: GlobalMaxPooling1D](https://keras.io/api/layers/pooling_layers/global_max_pooling1d/)
public final class GlobalMaxPool1D: Layer {
    public override var className: String { "GlobalMaxPooling1D" }
    public override var config: JSON.Object? { [:] }
    public override func build(inputShape: Shape) throws -> Shape { try pooledShape(inputShape) }
    public override func forward(_ x: Value, _ pass: Pass) -> Value { x.maxPooledOverTime() }
}

/// The mean over time: `[batch, time, channels]` → `[batch, channels]`; with a mask, over the real steps.
/// [Keras: GlobalAveragePooling1D](https://keras.io/api/layers/pooling_layers/global_average_pooling1d/)
public final class GlobalAveragePooling1D: Layer {
    public override var className: String { "GlobalAveragePooling1D" }
    public override var config: JSON.Object? { [:] }
    public override func build(inputShape: Shape) throws -> Shape { try pooledShape(inputShape) }
    public override func forward(_ x: Value, _ pass: Pass) -> Value { x.averagePooledOverTime(mask: x.mask) }
}

/// Keras' other name.
public typealias GlobalMaxPooling1D = GlobalMaxPool1D
/// Keras' other name.
public typealias GlobalAvgPool1D = GlobalAveragePooling1D

extension Layer {
    fileprivate func pooledShape(_ inputShape: Shape) throws -> Shape {
        guard inputShape.rank == 3 else {
            throw refuse(
                inputShape, expected: "(batch, time, channels)", remedy: "An Embedding before it makes the third axis")
        }
        guard inputShape[1] != 0 else { throw refuse(inputShape, expected: "at least one time step") }
        return [inputShape[0], inputShape[2]]
    }
}
