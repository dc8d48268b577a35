public import HornetSupport
import HornetTensor

/// Gated recurrent unit: an LSTM's smaller sister, with one state and two gates.
///
/// `h ← z·h + (1 − z)·ĥ` with `z = σ(x_z + u_z)`, `r = σ(x_r + u_r)`, `ĥ = tanh(x_ĥ + r·u_ĥ)`; `x_z x_r x_ĥ` are
/// `x·kernel + bias[0]`, `u_z u_r u_ĥ` are `h·recurrent_kernel + bias[1]`. With `resetAfter: false`, as in the paper, r
/// acts before the product: `ĥ = tanh(x_ĥ + (r·h)·recurrent_kernel_ĥ)`, and there is one bias. Input and output as
/// ``RecurrentLayer`` says. Weights: `kernel [in, 3·units]` (Glorot uniform), `recurrent_kernel [units, 3·units]`
/// (orthogonal), `bias [2, 3·units]` or `[3·units]` (zeros).
/// [Keras: GRU](https://keras.io/api/layers/recurrent_layers/gru/) (Cho et al. 2014)
public final class GRU: RecurrentLayer {
    /// Whether the reset gate acts on the recurrent product, or on h before it.
    public let resetAfter: Bool

    public init(
        _ units: Int, activation: ActivationFunction = .tanh, recurrentActivation: ActivationFunction = .sigmoid,
        useBias: Bool = true, kernelInitializer: Initializer = .glorotUniform,
        recurrentInitializer: Initializer = .orthogonal, biasInitializer: Initializer = .zeros, dropout: Float = 0,
        recurrentDropout: Float = 0, returnSequences: Bool = false, returnState: Bool = false,
        goBackwards: Bool = false, resetAfter: Bool = true, zeroOutputForMask: Bool = false, name: String? = nil
    ) {
        self.resetAfter = resetAfter
        super.init(
            .gru(resetAfter: resetAfter),
            Options(
                units: units, activation: activation, recurrentActivation: recurrentActivation, useBias: useBias,
                kernelInitializer: kernelInitializer, recurrentInitializer: recurrentInitializer,
                biasInitializer: biasInitializer, dropout: dropout, recurrentDropout: recurrentDropout,
                returnSequences: returnSequences, returnState: returnState, goBackwards: goBackwards,
                zeroOutputForMask: zeroOutputForMask), name: name)
    }

    private init(_ options: Options, resetAfter: Bool, name: String) {
        self.resetAfter = resetAfter
        super.init(.gru(resetAfter: resetAfter), options, name: name)
    }

    convenience init(config: JSON.Cursor, name: String) throws {
        self.init(try Options(config), resetAfter: try config.optional("reset_after")?.bool() ?? true, name: name)
    }

    /// The function of the gates z and r, sigmoid by default.
    public var recurrentActivation: ActivationFunction { options.recurrentActivation }
    public override var className: String { "GRU" }

    package override func copy(name: String, _ change: (inout Options) -> Void) -> RecurrentLayer {
        var options = options
        change(&options)
        return GRU(options, resetAfter: resetAfter, name: name)
    }

    public override var config: JSON.Object? {
        var config = super.config!
        config["recurrent_activation"] = .string(recurrentActivation.name)
        config["reset_after"] = .bool(resetAfter)
        return config
    }
}
