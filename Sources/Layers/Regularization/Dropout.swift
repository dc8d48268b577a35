public import HornetSupport
public import HornetTensor

/// Sets a share `rate` of its inputs to 0 in training and divides the rest by 1 − rate; does nothing otherwise. Sparse rows
/// stay sparse.
/// [Keras: Dropout](https://keras.io/api/layers/regularization_layers/dropout/) (Srivastava et al. 2014)
public final class Dropout: Layer {
    public let rate: Float

    public init(_ rate: Float, name: String? = nil) {
        requireRate(rate, "Dropout")
        self.rate = rate
        super.init(name: name)
    }

    public override var className: String { "Dropout" }
    public override var config: JSON.Object? { ["rate": .number(Double(rate))] }
    public override func build(inputShape: Shape) -> Shape { inputShape }

    public override func forward(_ x: Value, _ pass: Pass) -> Value {
        pass.isTraining && rate > 0 ? x.dropout(rate: rate, using: &pass.random) : x
    }
}

/// Drops whole channels, the same for all time steps: `[batch, time, channels]`.
/// [Keras: SpatialDropout1D](https://keras.io/api/layers/regularization_layers/spatial_dropout1d/) (Tompson et al. 2014)
public final class SpatialDropout1D: Layer {
    public let rate: Float

    public init(_ rate: Float, name: String? = nil) {
        requireRate(rate, "SpatialDropout1D")
        self.rate = rate
        super.init(name: name)
    }

    public override var className: String { "SpatialDropout1D" }
    public override var config: JSON.Object? { ["rate": .number(Double(rate))] }

    public override func build(inputShape: Shape) throws -> Shape {
        guard inputShape.rank == 3 else { throw refuse(inputShape, expected: "(batch, time, channels)") }
        return inputShape
    }

    public override func forward(_ x: Value, _ pass: Pass) -> Value {
        guard pass.isTraining && rate > 0 else { return x }
        return x.dropout(rate: rate, noiseShape: [x.shape[0], 1, x.shape[2]], using: &pass.random)
    }
}

private func requireRate(_ rate: Float, _ layer: StaticString) {
    require(rate >= 0 && rate <= 1, layer, "the rate \(rate) is not within 0...1")
}

extension Dropout {
    convenience init(config: JSON.Cursor, name: String) throws {
        self.init(try dropoutRate(config), name: name)
    }
}

extension SpatialDropout1D {
    convenience init(config: JSON.Cursor, name: String) throws {
        self.init(try dropoutRate(config), name: name)
    }
}

private func dropoutRate(_ config: JSON.Cursor) throws -> Float {
    let rate = try config.member("rate")
    guard (0...1).contains(try rate.double()) else { throw rate.refuse("a rate is within 0...1") }
    return Float(try rate.double())
}
