public import HornetSupport
public import HornetTensor

/// `activation(x · kernel + bias)`: every output sees every input.
///
/// Input `[batch, …, in]`, output `[batch, …, units]`. Weights: `kernel [in, units]` (Glorot uniform), `bias [units]`
/// (zeros). Sparse rows stay sparse: a step reads and changes the rows of the kernel that they name, and the results are
/// those of the same rows stored in full. [Keras: Dense](https://keras.io/api/layers/core_layers/dense/)
public final class Dense: Layer {
    public let units: Int
    public let activation: ActivationFunction
    public let useBias: Bool
    private let kernelInitializer: Initializer
    private let biasInitializer: Initializer
    private var kernel: Parameter!
    private var bias: Parameter?

    public init(
        _ units: Int, activation: ActivationFunction = .linear, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform, biasInitializer: Initializer = .zeros, name: String? = nil
    ) {
        require(units > 0, "Dense", "units must be positive, not \(units)")
        self.units = units
        self.activation = activation
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
        self.biasInitializer = biasInitializer
        super.init(name: name)
    }

    public override var className: String { "Dense" }
    package override var makesWeights: Bool { true }

    public override func build(inputShape: Shape) throws -> Shape {
        guard inputShape.rank >= 2, let inputs = inputShape.last else {
            throw refuse(
                inputShape, expected: "(batch, …, features) with a known number of features",
                remedy: "Pool or flatten the axes before it")
        }
        kernel = addWeight("kernel", shape: [inputs, units], initializer: kernelInitializer)
        if useBias { bias = addWeight("bias", shape: [units], initializer: biasInitializer) }
        return inputShape.replacingLast(with: units)
    }

    public override func forward(_ x: Value, _ pass: Pass) -> Value {
        if let fused = activation.fused { return linear(x, pass, fused) }
        return activation(linear(x, pass, .linear)).masked(by: x.mask)
    }

    private func linear(_ x: Value, _ pass: Pass, _ activation: FusedActivation) -> Value {
        x.linear(kernel: kernel, bias: bias.map(pass.value(of:)), activation: activation, on: pass.tape)
            .masked(by: x.mask)
    }

    package override func logits(_ x: Value, _ pass: Pass) -> Value? { linear(x, pass, .linear) }
    package override var outputActivation: ActivationFunction? { activation }

    public override var config: JSON.Object? {
        ["units": .integer(units), "activation": .string(activation.name), "use_bias": .bool(useBias)]
    }
}

extension Dense {
    convenience init(config: JSON.Cursor, name: String) throws {
        self.init(
            try config.member("units").int(in: 1...Int(Int32.max)), activation: try ActivationFunction(config.member("activation")),
            useBias: try config.optional("use_bias")?.bool() ?? true, name: name)
    }
}
