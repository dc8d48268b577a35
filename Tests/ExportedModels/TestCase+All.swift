import Hornet

extension TestCase {
    static var all: [TestCase] { networks + activations + recurrent + bidirectional + graphs + windows + shapes }

    static func embedding(masked: Bool = false) -> Embedding {
        Embedding(inputDim: words, outputDim: 7, maskZero: masked)
    }

    static var tags: Dense { Dense(5, activation: .sigmoid) }

    private static var networks: [TestCase] {
        [
            TestCase("dnn", [embedding(), GlobalMaxPool1D(), Dense(8, activation: .relu), Dropout(0.2), tags]),
            TestCase("average", [embedding(), GlobalAveragePooling1D(), Dense(8, useBias: false), tags]),
            // Rows of padding alone have no average.
            TestCase("average-masked", [embedding(masked: true), GlobalAveragePooling1D(), tags]),
            TestCase("flatten", [embedding(), Flatten(), Dense(4, activation: .softmax, name: "Schlüsse 1:0")]),
            TestCase("flatten-rows", [embedding(), Dense(3, activation: .tanh), Activation(.softmax), Flatten(), tags]),
            TestCase("features", input: [nil, 6], feed: .floats, [Dense(8, activation: .relu), Dropout(0.5), tags]),
            TestCase("dropout-first", [Dropout(0.1), embedding(masked: true), GlobalAveragePooling1D(), tags]),
            TestCase(
                "embedding-of-floats", feed: .idsAsFloats, [Activation(.linear), embedding(), GlobalMaxPool1D(), tags]),
            TestCase("nothing", input: [nil, 6], feed: .floats, [Dropout(0.5)]),
            TestCase(
                "open-time", input: [nil, nil],
                [
                    embedding(masked: true), GRU(6, returnSequences: true), LSTM(5, returnSequences: true),
                    GlobalMaxPool1D(), tags,
                ]),
            TestCase(
                "open-features", input: [nil, nil, 4], feed: .floats, [Masking(), LSTM(5, activation: .relu), tags]),
            TestCase("open-flatten", input: [nil, nil, 4], feed: .floats, [Flatten()]),
            TestCase("steps", input: [nil, 6, 4], feed: .floats, [Masking(), SpatialDropout1D(0.2), GRU(5), tags]),
            TestCase(
                "steps-average", input: [nil, 6, 4], feed: .floats,
                [Masking(), Dense(3), GlobalAveragePooling1D(), tags]),
        ]
    }

    static let allActivations: [ActivationFunction] = [
        .linear, .relu, .sigmoid, .tanh, .softmax, .logSoftmax, .softplus, .softsign, .silu, .exponential,
    ]

    private static var activations: [TestCase] {
        allActivations.map { activation in
            TestCase(
                "activation-\(activation.name)", input: [nil, 3], feed: .floats,
                [Dense(6, activation: activation), Activation(activation), Dense(4, activation: .sigmoid)])
        }
    }

    /// What all recurrent layers can be told.
    struct Options {
        var activation = ActivationFunction.tanh
        var gates = ActivationFunction.sigmoid
        var useBias = true, sequences = false, backwards = false, zeroes = false
    }

    private static var cells: [(name: String, make: (Options) -> RecurrentLayer)] {
        [
            (
                "lstm",
                {
                    LSTM(
                        6, activation: $0.activation, recurrentActivation: $0.gates, useBias: $0.useBias,
                        returnSequences: $0.sequences, goBackwards: $0.backwards, zeroOutputForMask: $0.zeroes)
                }
            ),
            (
                "gru",
                {
                    GRU(
                        6, activation: $0.activation, recurrentActivation: $0.gates, useBias: $0.useBias,
                        returnSequences: $0.sequences, goBackwards: $0.backwards, zeroOutputForMask: $0.zeroes)
                }
            ),
            (
                "gru-reset-before",
                {
                    GRU(
                        6, activation: $0.activation, recurrentActivation: $0.gates, useBias: $0.useBias,
                        returnSequences: $0.sequences, goBackwards: $0.backwards, resetAfter: false,
                        zeroOutputForMask: $0.zeroes)
                }
            ),
            (
                "simple",
                {
                    SimpleRNN(
                        6, activation: $0.activation, useBias: $0.useBias, returnSequences: $0.sequences,
                        goBackwards: $0.backwards, zeroOutputForMask: $0.zeroes)
                }
            ),
        ]
    }

    private static let options: [(name: String, options: Options)] = [
        ("plain", Options()), ("bare", Options(useBias: false)), ("backwards", Options(backwards: true)),
        ("sequences", Options(sequences: true)), ("zeroes", Options(sequences: true, zeroes: true)),
        ("backward-sequences", Options(useBias: false, sequences: true, backwards: true)),
        ("relu", Options(activation: .relu, gates: .softsign)),
        ("softmax", Options(activation: .softmax, gates: .softmax, sequences: true, backwards: true)),
    ]

    private static var recurrent: [TestCase] {
        cells.flatMap { cell in
            options.flatMap { option in
                [false, true].map { masked in
                    TestCase(
                        "\(cell.name)-\(option.name)\(masked ? "-masked" : "")",
                        [
                            embedding(masked: masked), SpatialDropout1D(0.2), cell.make(option.options),
                            option.options.sequences ? Flatten() : Dropout(0.1), tags,
                        ])
                }
            }
        }
    }

    private static var bidirectional: [TestCase] {
        Bidirectional.MergeMode.allCases.flatMap { mode in
            [false, true].map { masked in
                TestCase(
                    "bidirectional-\(mode.rawValue)\(masked ? "-masked" : "")",
                    [
                        embedding(masked: masked), Bidirectional(LSTM(4, returnSequences: true), mergeMode: mode),
                        Bidirectional(
                            GRU(3), mergeMode: mode,
                            backwardLayer: SimpleRNN(3, goBackwards: true, name: "the other way")), tags,
                    ])
            }
        }
    }

    private static var graphs: [TestCase] {
        [
            TestCase("branches") { ids in
                let words = SpatialDropout1D(0.2)(embedding()(ids))
                let shared = Dense(4, activation: .relu)
                let parts = [shared(GlobalMaxPool1D()(words)), shared(LSTM(7)(words)), GlobalAveragePooling1D()(words)]
                return tags(Concatenate()(parts))
            },
            TestCase("branches-masked") { ids in
                let words = embedding(masked: true)(ids)
                let states = LSTM(7, returnSequences: true)(words)
                let sums = Add()([words, states, Subtract()([states, words])])
                let parts = [GRU(3)(sums), GlobalAveragePooling1D()(Multiply()([sums, states]))]
                return tags(Concatenate()(parts))
            },
            TestCase("two-embeddings") { ids in
                let words = embedding(masked: true)(Dropout(0.1)(ids))
                let others = Embedding(inputDim: TestCase.words, outputDim: 7)(ids)
                let steps = Concatenate(axis: 1)([words, others])
                return tags(Add()([LSTM(4)(steps), GRU(4)(Concatenate()([words, others]))]))
            },
            TestCase("extrema", input: [nil, 6], feed: .floats) { x in
                let (a, b) = (Dense(5)(x), Dense(5)(x))
                let parts = [Maximum()([a, b]), Minimum()([a, b]), Average()([a, b, a])]
                return tags(Concatenate(axis: 1)(parts))
            },
            TestCase("shared-recurrent", input: [nil, 6, 4], feed: .floats) { x in
                let shared = GRU(4, activation: .relu, returnSequences: true)
                return tags(GlobalMaxPool1D()(shared(shared(Masking()(x)))))
            },
        ]
    }
}
