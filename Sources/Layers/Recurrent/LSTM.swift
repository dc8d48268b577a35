public import HornetSupport
public import HornetTensor

/// Long short-term memory: reads a sequence step by step and keeps what matters.
///
/// Input `[batch, time, in]`; output the last h `[batch, units]`, or with `returnSequences` the h after each step
/// `[batch, time, units]`. Gates in Keras' order i, f, c, o; `c ← σ(f)·c + σ(i)·tanh(ĉ)`, `h ← σ(o)·tanh(c)`. Steps that a mask
/// calls padding are skipped. Weights: `kernel [in, 4·units]` (Glorot uniform), `recurrent_kernel [units, 4·units]`
/// (orthogonal), `bias [4·units]` (zeros, ones for the forget gate).
/// [Keras: LSTM](https://keras.io/api/layers/recurrent_layers/lstm/) (Hochreiter and Schmidhuber 1997)
public final class LSTM: Layer {
    public let units: Int
    /// Whether the output has every step, or only the last.
    public let returnSequences: Bool
    /// Whether the sequence is read from its end; the output's steps are then in that order.
    public let goBackwards: Bool
    /// The share of input features dropped in training, the same ones at every step of a sequence.
    public let dropout: Float
    public let useBias: Bool
    private var kernel: Parameter!
    private var recurrentKernel: Parameter!
    private var bias: Parameter?

    public init(
        _ units: Int, returnSequences: Bool = false, goBackwards: Bool = false, dropout: Float = 0, useBias: Bool = true,
        name: String? = nil
    ) {
        require(units > 0, "LSTM", "units must be positive, not \(units)")
        require(dropout >= 0 && dropout <= 1, "LSTM", "the rate \(dropout) is not within 0...1")
        self.units = units
        self.returnSequences = returnSequences
        self.goBackwards = goBackwards
        self.dropout = dropout
        self.useBias = useBias
        super.init(name: name)
    }

    public override var className: String { "LSTM" }
    package override var makesWeights: Bool { true }

    public override func build(inputShape: Shape) throws -> Shape {
        guard inputShape.rank == 3, let inputs = inputShape.last else {
            throw refuse(
                inputShape, expected: "(batch, time, features) with a known number of features",
                remedy: "An Embedding before it makes the third axis; an LSTM before it needs returnSequences: true")
        }
        kernel = addWeight("kernel", shape: [inputs, 4 * units], initializer: .glorotUniform)
        recurrentKernel = addWeight("recurrent_kernel", shape: [units, 4 * units], initializer: .orthogonal)
        if useBias { bias = addWeight("bias", shape: [4 * units], initializer: .forgetGateOne) }
        return returnSequences ? [inputShape[0], inputShape[1], units] : [inputShape[0], units]
    }

    public override func forward(_ x: Value, _ pass: Pass) -> Value {
        var input = x
        if pass.isTraining && dropout > 0 {
            input = x.dropout(rate: dropout, noiseShape: [x.shape[0], 1, x.shape[2]], using: &pass.random)
        }
        var arguments = RecurrentArguments()
        arguments.mask = x.mask
        arguments.goBackwards = goBackwards
        arguments.returnSequences = returnSequences
        let h = Value.recurrent(
            .lstm, input, kernel: pass.value(of: kernel), recurrentKernel: pass.value(of: recurrentKernel),
            bias: bias.map(pass.value(of:)), arguments
        ).output
        return returnSequences ? h.masked(by: x.mask) : h
    }

    public override var config: JSON.Object? {
        [
            "units": .integer(units), "return_sequences": .bool(returnSequences), "go_backwards": .bool(goBackwards),
            "dropout": .number(Double(dropout)), "use_bias": .bool(useBias),
        ]
    }
}

extension LSTM {
    convenience init(config: JSON.Cursor, name: String) throws {
        let rate = try config.optional("dropout")
        guard (0...1).contains(try rate?.double() ?? 0) else { throw rate!.refuse("a rate is within 0...1") }
        self.init(
            try config.member("units").int(in: 1...Int(Int32.max / 4)),
            returnSequences: try config.optional("return_sequences")?.bool() ?? false,
            goBackwards: try config.optional("go_backwards")?.bool() ?? false, dropout: Float(try rate?.double() ?? 0),
            useBias: try config.optional("use_bias")?.bool() ?? true, name: name)
    }
}

extension Initializer {
    /// Zeros, with ones for the second quarter: an LSTM that starts by remembering (Jozefowicz et al. 2015).
    fileprivate static let forgetGateOne = Initializer("UnitForgetBias") { shape, _ in
        let units = shape[0] / 4
        return Tensor((0..<shape[0]).map { units..<2 * units ~= $0 ? 1 : 0 })
    }
}
