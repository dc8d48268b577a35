public import HornetSupport
public import HornetTensor

/// `[batch, …] → [batch, product of the rest]`.
/// [Keras: Flatten](https://keras.io/api/layers/reshaping_layers/flatten/)
public final class Flatten: Layer {
    public override var className: String { "Flatten" }
    public override var config: JSON.Object? { [:] }

    public override func build(inputShape: Shape) throws -> Shape {
        guard inputShape.rank >= 1 else { throw refuse(inputShape, expected: "a batch axis") }
        var size: Int? = 1
        for axis in inputShape.sizes.dropFirst() {
            guard let known = size, let axis else { return [inputShape[0], nil] }
            let (product, overflow) = known.multipliedReportingOverflow(by: axis)
            guard !overflow else { throw refuse(inputShape, expected: "sizes whose product is a number") }
            size = product
        }
        return [inputShape[0], size]
    }

    public override func forward(_ x: Value, _ pass: Pass) -> Value {
        if case .sparse = x.content { return x }
        return x.reshaped([x.shape[0], x.shape.dropFirst().reduce(1, *)])
    }
}
