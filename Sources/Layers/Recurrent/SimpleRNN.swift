import HornetSupport
import HornetTensor

/// The plain recurrent network: `h ← tanh(x·kernel + h·recurrent_kernel + bias)`.
///
/// Input and output as ``RecurrentLayer`` says. Weights: `kernel [in, units]` (Glorot uniform), `recurrent_kernel
/// [units, units]` (orthogonal), `bias [units]` (zeros).
/// [Keras: SimpleRNN](https://keras.io/api/layers/recurrent_layers/simple_rnn/) (Elman 1990)
public final class SimpleRNN: RecurrentLayer {
    public init(
        _ units: Int, activation: ActivationFunction = .tanh, useBias: Bool = true,
        kernelInitializer: Initializer = .glorotUniform, recurrentInitializer: Initializer = .orthogonal,
        biasInitializer: Initializer = .zeros, dropout: Float = 0, recurrentDropout: Float = 0,
        returnSequences: Bool = false, returnState: Bool = false, goBackwards: Bool = false,
        zeroOutputForMask: Bool = false, name: String? = nil
    ) {
        super.init(
            .simple,
            Options(
                units: units, activation: activation, useBias: useBias, kernelInitializer: kernelInitializer,
                recurrentInitializer: recurrentInitializer, biasInitializer: biasInitializer, dropout: dropout,
                recurrentDropout: recurrentDropout, returnSequences: returnSequences, returnState: returnState,
                goBackwards: goBackwards, zeroOutputForMask: zeroOutputForMask), name: name)
    }

    private init(_ options: Options, name: String) { super.init(.simple, options, name: name) }

    convenience init(config: JSON.Cursor, name: String) throws { self.init(try Options(config), name: name) }

    public override var className: String { "SimpleRNN" }

    package override func copy(name: String, _ change: (inout Options) -> Void) -> RecurrentLayer {
        var options = options
        change(&options)
        return SimpleRNN(options, name: name)
    }
}
