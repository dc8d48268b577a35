public import HornetSupport
public import HornetTensor

/// An activation as a layer of its own; the shape stays.
/// [Keras: Activation](https://keras.io/api/layers/core_layers/activation/)
public final class Activation: Layer {
    public let activation: ActivationFunction

    public init(_ activation: ActivationFunction, name: String? = nil) {
        self.activation = activation
        super.init(name: name)
    }

    public override var className: String { "Activation" }
    public override func build(inputShape: Shape) -> Shape { inputShape }
    public override func forward(_ x: Value, _ pass: Pass) -> Value { activation(x).masked(by: x.mask) }
    package override func logits(_ x: Value, _ pass: Pass) -> Value? { x }
    package override var outputActivation: ActivationFunction? { activation }
    public override var config: JSON.Object? { ["activation": .string(activation.name)] }
}

extension Activation {
    convenience init(config: JSON.Cursor, name: String) throws {
        self.init(try ActivationFunction(config.member("activation")), name: name)
    }
}
