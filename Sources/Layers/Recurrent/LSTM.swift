public import HornetSupport
import HornetTensor

/// Long short-term memory: reads a sequence step by step and keeps what matters.
///
/// `c ← σ(f)·c + σ(i)·tanh(ĉ)`, `h ← σ(o)·tanh(c)`; the gates i, f, ĉ, o in Keras' order are `x·kernel +
/// h·recurrent_kernel + bias`. Input and output as ``RecurrentLayer`` says. Weights: `kernel [in, 4·units]` (Glorot
/// uniform), `recurrent_kernel [units, 4·units]` (orthogonal), `bias [4·units]` (zeros, with `unitForgetBias` ones for
/// f: it starts by remembering, Jozefowicz et al. 2015).
///
/// **When it says the same of every text for many epochs**, its words are too quiet. An `Embedding` begins with ±0.05,
/// which hardly moves the gates: the first states are near 0.01, and little reaches the weights from there, while the
/// output's bias soon knows how frequent each label is. Padding is not the cause: on Reuters-21578 (100 steps, 27 %
/// padding, `Embedding` 128, `SpatialDropout1D(0.2)`, `LSTM(64)`, `.adam()`, batches of 32, one seed) micro-F1 is still 0
/// after eight epochs, with `maskZero` and without. Either of these lines ends it; micro-F1 is above 0.4 after two epochs
/// with the first, after three or four with the second:
///
/// ```swift
/// Bidirectional(LSTM(64))
/// Embedding(inputDim: 10_000, outputDim: 128, embeddingsInitializer: .uniform(-1, 1))
/// ```
/// `.adam(learningRate: 0.003)` reaches 0.35 after six. What `maskZero: true` brings is speed, and the same
/// answer whatever the padding.
/// [Keras: LSTM](https://keras.io/api/layers/recurrent_layers/lstm/) (Hochreiter and Schmidhuber 1997)
public final class LSTM: RecurrentLayer {
    public let unitForgetBias: Bool

    public init(
        _ units: Int, activation: ActivationFunction = .tanh, recurrentActivation: ActivationFunction = .sigmoid,
        useBias: Bool = true, kernelInitializer: Initializer = .glorotUniform,
        recurrentInitializer: Initializer = .orthogonal, biasInitializer: Initializer = .zeros,
        unitForgetBias: Bool = true, dropout: Float = 0, recurrentDropout: Float = 0, returnSequences: Bool = false,
        returnState: Bool = false, goBackwards: Bool = false, zeroOutputForMask: Bool = false, name: String? = nil
    ) {
        self.unitForgetBias = unitForgetBias
        super.init(
            .lstm,
            Options(
                units: units, activation: activation, recurrentActivation: recurrentActivation, useBias: useBias,
                kernelInitializer: kernelInitializer, recurrentInitializer: recurrentInitializer,
                biasInitializer: biasInitializer, dropout: dropout, recurrentDropout: recurrentDropout,
                returnSequences: returnSequences, returnState: returnState, goBackwards: goBackwards,
                zeroOutputForMask: zeroOutputForMask), name: name)
    }

    private init(_ options: Options, unitForgetBias: Bool, name: String) {
        self.unitForgetBias = unitForgetBias
        super.init(.lstm, options, name: name)
    }

    convenience init(config: JSON.Cursor, name: String) throws {
        self.init(
            try Options(config), unitForgetBias: try config.optional("unit_forget_bias")?.bool() ?? true, name: name)
    }

    /// The function of the gates i, f and o, sigmoid by default.
    public var recurrentActivation: ActivationFunction { options.recurrentActivation }
    public override var className: String { "LSTM" }

    package override func copy(name: String, _ change: (inout Options) -> Void) -> RecurrentLayer {
        var options = options
        change(&options)
        return LSTM(options, unitForgetBias: unitForgetBias, name: name)
    }

    package override var startingBias: Initializer {
        let initializer = options.biasInitializer
        guard unitForgetBias else { return initializer }
        return Initializer("UnitForgetBias") { [units] _, random in
            .concatenated([
                initializer([units], using: &random), .ones([units]), initializer([2 * units], using: &random),
            ])
        }
    }

    public override var config: JSON.Object? {
        var config = super.config!
        config["recurrent_activation"] = .string(recurrentActivation.name)
        config["unit_forget_bias"] = .bool(unitForgetBias)
        return config
    }
}
