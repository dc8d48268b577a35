public import HornetSupport
public import HornetTensor

/// What ``LSTM``, ``GRU`` and ``SimpleRNN`` share: they read `[batch, time, in]` step by step, and hand a state of
/// `units` numbers on from step to step.
///
/// The output is the last h `[batch, units]`, or with `returnSequences` the h after each step `[batch, time, units]`,
/// in the order in which the steps were read. Only real steps are computed: one that a mask calls padding (from
/// `Embedding(maskZero: true)` or ``Masking``) costs nothing, wherever it stands. It hands the state on, and with
/// `returnSequences` repeats the output of the step before, or gives zeros with `zeroOutputForMask`; a sequence without
/// a real step gives zeros. As in Keras, the mask goes on behind a layer with `returnSequences`, and `goBackwards` does
/// not turn it round with the steps.
///
/// The states are there for layers of your own: ``outputAndStates(_:initialState:_:)``.
public class RecurrentLayer: Layer {
    /// The arguments that all of them have.
    package struct Options {
        var units: Int
        var activation = ActivationFunction.tanh
        package var recurrentActivation = ActivationFunction.sigmoid
        var useBias = true
        var kernelInitializer = Initializer.glorotUniform
        var recurrentInitializer = Initializer.orthogonal
        var biasInitializer = Initializer.zeros
        var dropout: Float = 0
        var recurrentDropout: Float = 0
        var returnSequences = false
        var returnState = false
        var goBackwards = false
        var zeroOutputForMask = false
    }

    package let options: Options
    package let kind: RecurrentKind
    private var kernel: Parameter!
    private var recurrentKernel: Parameter!
    private var bias: Parameter?

    package init(_ kind: RecurrentKind, _ options: Options, name: String?) {
        self.kind = kind
        self.options = options
        super.init(name: name)
        require(options.units > 0, "RecurrentLayer", "\(className): units must be positive, not \(options.units)")
        for rate in [options.dropout, options.recurrentDropout] {
            require(rate >= 0 && rate <= 1, "RecurrentLayer", "\(className): the rate \(rate) is not within 0...1")
        }
    }

    /// The size of the output and of each state.
    public var units: Int { options.units }
    /// The function of what goes into the state, tanh by default.
    public var activation: ActivationFunction { options.activation }
    public var useBias: Bool { options.useBias }
    /// The share of input features dropped in training, the same ones at every step of a sequence.
    public var dropout: Float { options.dropout }
    /// The share of h dropped in training on its way into the gates, the same at every step of a sequence; the gates
    /// lose different parts, then also of the input.
    public var recurrentDropout: Float { options.recurrentDropout }
    /// Whether the output has every step, or only the last.
    public var returnSequences: Bool { options.returnSequences }
    /// Whether the states belong to the result. A model refuses such a layer, as it hands one value on;
    /// ``outputAndStates(_:initialState:_:)`` gives the states of any.
    public var returnState: Bool { options.returnState }
    /// Whether sequences are read from their end; the output's steps are then in that order.
    public var goBackwards: Bool { options.goBackwards }
    /// Whether the output is 0 at masked steps, instead of what it was at the step before.
    public var zeroOutputForMask: Bool { options.zeroOutputForMask }

    package override var makesWeights: Bool { true }
    package override var weightScope: String { "\(name)/\(Layer.snakeCase(className))_cell" }
    package override var weightOwners: [WeightOwner] { [("cell", parameters, isTrainable)] }
    package override var furtherOutputs: String? { returnState ? "its states beside its output (returnState)" : nil }

    /// The same layer, without its weights, under another name and with other options.
    package func copy(name: String, _ change: (inout Options) -> Void) -> RecurrentLayer {
        trap("RecurrentLayer", "\(className) has to override copy(name:_:)")
    }

    /// How the bias of so many units starts.
    package var startingBias: Initializer { options.biasInitializer }

    public override func build(inputShape: Shape) throws -> Shape {
        guard inputShape.rank == 3, let inputs = inputShape.last else {
            throw refuse(
                inputShape, expected: "(batch, time, features) with a known number of features",
                remedy: "An Embedding before it makes the third axis; "
                    + "a recurrent layer before it needs returnSequences: true")
        }
        let columns = kind.gateCount * units
        kernel = addWeight("kernel", shape: [inputs, columns], initializer: options.kernelInitializer)
        recurrentKernel = addWeight(
            "recurrent_kernel", shape: [units, columns], initializer: options.recurrentInitializer)
        if useBias {
            let shape = kind == .gru(resetAfter: true) ? [2, columns] : [columns]
            bias = addWeight("bias", shape: shape, initializer: startingBias)
        }
        return returnSequences ? [inputShape[0], inputShape[1], units] : [inputShape[0], units]
    }

    public override func forward(_ x: Value, _ pass: Pass) -> Value { outputAndStates(x, pass).output }

    /// The output with the last states: h `[batch, units]`, and of an ``LSTM`` also c. `initialState` has as many;
    /// without it the states begin with 0. For layers of your own, a decoder for example:
    ///
    /// ```swift
    /// let (_, states) = encoder.outputAndStates(question, pass)
    /// let answer = decoder.outputAndStates(words, initialState: states, pass).output
    /// ```
    /// Where the first steps are masked, a sequence gives the initial h (as Keras on JAX; on TensorFlow it gives
    /// zeros).
    public func outputAndStates(
        _ x: Value, initialState: [Value] = [], _ pass: Pass
    ) -> (output: Value, states: [Value]) {
        outputAndStates(x, initialState: initialState, pass, reversesOutput: false)
    }

    /// The same with the output's steps turned round if `reversesOutput`.
    package func outputAndStates(
        _ x: Value, initialState: [Value], _ pass: Pass, reversesOutput: Bool
    ) -> (output: Value, states: [Value]) {
        require(x.rank == 3, "RecurrentLayer", "\(name): the input has the shape \(x.shape), not [batch, time, in]")
        var arguments = arguments(mask: x.mask)
        arguments.reversesOutput = reversesOutput
        var input = x
        if pass.isTraining {
            let (batch, gates) = (x.shape[0], kind.gateCount)
            // Keras computes the gates apart, each with dropout of its own, as soon as it drops parts of h.
            arguments.recurrentFactors = recurrentFactors(batch: batch, pass)
            if dropout > 0 && recurrentDropout > 0 {
                arguments.inputFactors = .dropoutFactors(
                    [gates, batch, x.shape[2]], rate: dropout, using: &pass.random)
            } else if dropout > 0 {
                input = x.dropout(rate: dropout, noiseShape: [batch, 1, x.shape[2]], using: &pass.random)
            }
        }
        let (output, states) = Value.recurrent(
            kind, input, kernel: pass.value(of: kernel), recurrentKernel: pass.value(of: recurrentKernel),
            bias: bias.map(pass.value(of:)), initialStates: initialState, arguments)
        return (returnSequences ? output.masked(by: x.mask) : output, states)
    }

    /// The output of ``outputAndStates(_:initialState:_:)`` for token ids `[batch, time]` that go through an embedding and
    /// a dropout, one factor for each channel of a document, before they come here.
    package func output(
        ofTokens ids: Indices, through embeddings: Parameter, droppedBy rate: Float, mask: Tensor?, _ pass: Pass
    ) throws -> Value {
        var (arguments, factors) = (arguments(mask: mask), Tensor?.none)
        if pass.isTraining {
            let shape = [ids.shape[0], embeddings.shape[1]]
            if rate > 0 { factors = .dropoutFactors(shape, rate: rate, using: &pass.random) }
            arguments.recurrentFactors = recurrentFactors(batch: ids.shape[0], pass)
            if dropout > 0 {
                let own = Tensor.dropoutFactors(shape, rate: dropout, using: &pass.random)
                factors = factors.map { $0 * own } ?? own
            }
        }
        let output = try Value.recurrent(
            kind, embeddings: embeddings, ids: ids, factors: factors, kernel: pass.value(of: kernel),
            recurrentKernel: pass.value(of: recurrentKernel), bias: bias.map(pass.value(of:)), tape: pass.tape, arguments
        ).output
        return returnSequences ? output.masked(by: mask) : output
    }

    /// The same without dropout, for tokens whose gates ``gateTable(of:)`` made.
    package func output(
        ofTokens ids: Indices, through gateTable: Tensor, initialStates: [Tensor] = [], mask: Tensor?
    ) -> Value {
        let output = Value.recurrent(
            kind, gateTable: gateTable, ids: ids, recurrentKernel: recurrentKernel.value, bias: bias?.value,
            initialStates: initialStates, arguments(mask: mask)
        ).output
        return returnSequences ? output.masked(by: mask) : output
    }

    /// The states before each token of one document, and the last: `[time + 1, units]` of each state.
    package func states(ofTokens ids: Indices, through gateTable: Tensor) -> [Tensor] {
        Value.recurrentStates(
            kind, gateTable: gateTable, ids: ids, recurrentKernel: recurrentKernel.value, bias: bias?.value,
            arguments(mask: nil))
    }

    /// The input's part of the gates for each row of an embedding, `[rows, gates·units]`.
    package func gateTable(of embeddings: Tensor) -> Tensor {
        embeddings.gateTable(kind, kernel: kernel.value, bias: bias?.value)
    }

    private func arguments(mask: Tensor?) -> RecurrentArguments {
        var arguments = RecurrentArguments()
        arguments.activation = activation.inCell
        arguments.recurrentActivation = options.recurrentActivation.inCell
        arguments.mask = mask
        arguments.goBackwards = goBackwards
        arguments.returnSequences = returnSequences
        arguments.zeroOutputForMask = zeroOutputForMask
        return arguments
    }

    private func recurrentFactors(batch: Int, _ pass: Pass) -> Tensor? {
        guard recurrentDropout > 0 else { return nil }
        return .dropoutFactors([kind.gateCount, batch, units], rate: recurrentDropout, using: &pass.random)
    }

    public override var config: JSON.Object? {
        [
            "return_sequences": .bool(returnSequences), "return_state": .bool(returnState),
            "go_backwards": .bool(goBackwards), "zero_output_for_mask": .bool(zeroOutputForMask),
            "units": .integer(units), "activation": .string(activation.name), "use_bias": .bool(useBias),
            "dropout": .number(Double(dropout)), "recurrent_dropout": .number(Double(recurrentDropout)),
        ]
    }
}

extension RecurrentLayer.Options {
    /// From Keras' `get_config`. Throws on states that live on from batch to batch, which this package does not have.
    init(_ config: JSON.Cursor) throws {
        if try config.optional("stateful")?.bool() ?? false { throw config.refuse("stateful is not supported") }
        func rate(_ key: String) throws -> Float {
            guard let rate = try config.optional(key) else { return 0 }
            guard (0...1).contains(try rate.double()) else { throw rate.refuse("a rate is within 0...1") }
            return Float(try rate.double())
        }
        func flag(_ key: String, _ standard: Bool = false) throws -> Bool {
            try config.optional(key)?.bool() ?? standard
        }
        self.init(units: try config.member("units").int(in: 1...Int(Int32.max / 4)))
        if let activation = try config.optional("activation") { self.activation = try ActivationFunction(activation) }
        if let recurrent = try config.optional("recurrent_activation") {
            recurrentActivation = try ActivationFunction(recurrent)
        }
        useBias = try flag("use_bias", true)
        (dropout, recurrentDropout) = (try rate("dropout"), try rate("recurrent_dropout"))
        (returnSequences, returnState) = (try flag("return_sequences"), try flag("return_state"))
        (goBackwards, zeroOutputForMask) = (try flag("go_backwards"), try flag("zero_output_for_mask"))
    }
}

extension ActivationFunction {
    fileprivate var inCell: CellActivation { CellActivation(kernel: fused) { self($0) } }
}
