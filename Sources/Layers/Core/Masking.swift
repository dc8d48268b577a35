public import HornetSupport
public import HornetTensor

/// Calls each step padding all of whose features are `maskValue`: later layers that know masks skip it.
///
/// Input `[batch, time, features]`; the output is the same with 0 at masked steps. A mask that came with the input is
/// replaced, as in Keras. [Keras: Masking](https://keras.io/api/layers/core_layers/masking/)
public final class Masking: Layer {
    public let maskValue: Float

    public init(maskValue: Float = 0, name: String? = nil) {
        self.maskValue = maskValue
        super.init(name: name)
    }

    public override var className: String { "Masking" }

    public override func build(inputShape: Shape) throws -> Shape {
        guard inputShape.rank == 3 else { throw refuse(inputShape, expected: "(batch, time, features)") }
        return inputShape
    }

    public override func forward(_ x: Value, _ pass: Pass) -> Value {
        let (batch, time, features) = (x.shape[0], x.shape[1], x.shape[2])
        let mask = Tensor(
            x.tensor.withUnsafeBufferPointer { x in
                (0..<batch * time).map { step in
                    x[step * features..<(step + 1) * features].contains { $0 != maskValue } ? 1 : 0
                }
            }, shape: [batch, time])
        return (x * Value(mask.reshaped([batch, time, 1]))).masked(by: mask)
    }

    public override var config: JSON.Object? { ["mask_value": .number(Double(maskValue))] }
}

extension Masking {
    convenience init(config: JSON.Cursor, name: String) throws {
        self.init(maskValue: Float(try config.optional("mask_value")?.double() ?? 0), name: name)
    }
}
