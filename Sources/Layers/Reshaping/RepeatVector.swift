public import HornetSupport
public import HornetTensor

/// Repeats a vector at each of `n` steps: `[batch, channels]` → `[batch, n, channels]`.
/// [Keras: RepeatVector](https://keras.io/api/layers/reshaping_layers/repeat_vector/)
public final class RepeatVector: Layer {
    public let n: Int

    /// Traps unless `n` is positive.
    public init(_ n: Int, name: String? = nil) {
        require(n > 0, "RepeatVector", "n must be positive, not \(n)")
        self.n = n
        super.init(name: name)
    }

    public override var className: String { "RepeatVector" }
    public override var config: JSON.Object? { ["n": .integer(n)] }

    public override func build(inputShape: Shape) throws -> Shape {
        guard inputShape.rank == 2 else { throw refuse(inputShape, expected: "(batch, channels)") }
        return [inputShape[0], n, inputShape[1]]
    }

    public override func forward(_ x: Value, _ pass: Pass) -> Value {
        let (batch, channels) = (x.shape[0], x.shape[1])
        return x.reshaped([batch, 1, channels]).broadcast(to: [batch, n, channels])
    }

    convenience init(config: JSON.Cursor, name: String) throws {
        self.init(try config.member("n").int(in: 1...Int(Int32.max)), name: name)
    }
}
