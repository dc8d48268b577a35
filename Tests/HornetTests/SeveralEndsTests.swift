import Hornet
import HornetSupport
import HornetTestSupport
import Testing

/// Models with several inputs and outputs.
@Suite struct SeveralEndsTests {
    private static let ids = Indices((0..<12).map { i in (0..<6).map { Int32((i * 5 + $0) % 30) } })
    private static let facts = Tensor((0..<12).map { i in (0..<3).map { Float((i * $0) % 5) / 5 } })
    private static let tags = Tensor((0..<12).map { i in (0..<2).map { i % ($0 + 2) == 0 ? 1 : 0 } })
    private static let rank = Tensor((0..<12).map { [Float($0 % 4) / 4] })

    private func model(seed: UInt64 = 5) throws -> Model {
        let (text, facts) = (Input(shape: [6], name: "text"), Input(shape: [3], name: "facts"))
        let words = SpatialDropout1D(0.2)(Embedding(inputDim: 30, outputDim: 4)(text))
        let all = Concatenate()([GlobalMaxPool1D()(words), facts])
        let tags = Dense(2, activation: .sigmoid, name: "tags")(all)
        return try Model(inputs: [text, facts], outputs: [tags, Dense(1, name: "rank")(Concatenate()([tags, all]))], seed: seed)
    }

    private func compile(_ model: Model, lossWeights: [Float]? = [1, 0.5]) throws {
        try model.compile(
            optimizer: .adam(learningRate: 0.01), losses: [.binaryCrossentropy, .meanSquaredError], lossWeights: lossWeights,
            metrics: [[.accuracy, .f1(average: .micro)], []], weightedMetrics: [[.accuracy], []])
    }

    private func problem(_ body: () throws -> Void) -> String {
        do {
            try body()
            return ""
        } catch { return "\(error)" }
    }

    @Test func figuresHaveKerasNames() throws {
        let model = try model()
        try compile(model)
        let history = try model.fit(
            [Self.ids, Self.facts], [Self.tags, Self.rank], epochs: 2, batchSize: 4, validationSplit: 0.25, verbose: 0)
        let names = ["loss", "rank_loss", "tags_accuracy", "tags_f1_score", "tags_loss", "tags_weighted_accuracy"]
        #expect(history.names == names + names.map { "val_" + $0 })
        let logs = try model.evaluate([Self.ids, Self.facts], [Self.tags, Self.rank], verbose: 0)
        #expect(logs.names == names)
        #expect(abs(logs["loss"]! - (logs["tags_loss"]! + 0.5 * logs["rank_loss"]!)) < 1e-6)
        #expect(try model.predict([Self.ids, Self.facts]).map(\.shape) == [[12, 2], [12, 1]])
        #expect(try model.predict([Self.ids[0..<0], Self.facts[0..<0]]).map(\.shape) == [[0, 2], [0, 1]])
        #expect(try model.predict([Self.ids, Self.facts], batchSize: 5) == model.predict([Self.ids, Self.facts]))
    }

    /// One loss for all is each on its own; a model with one of each trains the same bits with arrays as without.
    @Test func arraysAreThePlainForm() throws {
        func trained(_ fit: (Model) throws -> Void) throws -> [Tensor] {
            let ids = Input(shape: [6])
            let words = Embedding(inputDim: 30, outputDim: 4)(ids)
            let model = try Model(inputs: ids, outputs: Dense(2, activation: .sigmoid)(LSTM(3)(Dropout(0.2)(words))), seed: 3)
            model.compile(optimizer: .adam(), loss: .binaryCrossentropy, metrics: [.accuracy])
            try fit(model)
            return model.weights.map(\.value)
        }
        let plain = try trained { try $0.fit(Self.ids, Self.tags, epochs: 2, batchSize: 5, classWeight: [0: 2], verbose: 0) }
        let arrays = try trained { try $0.fit([Self.ids], [Self.tags], epochs: 2, batchSize: 5, classWeight: [0: 2], verbose: 0) }
        #expect(plain == arrays)
        let unweighted = try trained { try $0.fit([Self.ids], [Self.tags], epochs: 2, batchSize: 5, verbose: 0) }
        #expect(plain != unweighted)
    }

    /// A weight of 0 takes an output out of training; so does the loss that is not there, and weights of 0 for its samples.
    @Test func weightsCount() throws {
        func weights(_ compile: (Model) throws -> Void, sampleWeights: [Tensor?] = []) throws -> [Tensor] {
            let model = try model()
            try compile(model)
            try model.fit(
                [Self.ids, Self.facts], [Self.tags, Self.rank], epochs: 2, batchSize: 4, sampleWeights: sampleWeights, verbose: 0)
            return model.weights.map(\.value)
        }
        let zero = try weights { try compile($0, lossWeights: [1, 0]) }
        let none = try weights { try $0.compile(optimizer: .adam(learningRate: 0.01), losses: [.binaryCrossentropy, nil]) }
        let silent = try weights({ try compile($0, lossWeights: nil) }, sampleWeights: [nil, Tensor.zeros([12])])
        #expect(zero == none && zero == silent)
        let both = try weights { try compile($0) }
        #expect(zip(both, zero).contains { $0 != $1 })
        let shared = try weights({ try compile($0, lossWeights: nil) }, sampleWeights: [Tensor.zeros([12])])
        let untrained = try model().weights.map(\.value)
        #expect(shared == untrained)
    }

    @Test func callbacksWatchOutputs() throws {
        let model = try model()
        try compile(model)
        let stopping = EarlyStopping(monitor: "val_rank_loss", minDelta: 10, patience: 1)
        let history = try model.fit(
            [Self.ids, Self.facts], [Self.tags, Self.rank], epochs: 9, batchSize: 4,
            validationData: ([Self.ids, Self.facts], [Self.tags, Self.rank]), verbose: 0,
            callbacks: [stopping, .earlyStopping(monitor: "tags_accuracy", patience: 9)])
        #expect(history.epochs.count == 2 && history["val_rank_loss"].count == 2)
        #expect(problem { _ = try model.fit([Self.ids, Self.facts], [Self.tags, Self.rank], verbose: 0, callbacks: [.earlyStopping(monitor: "accuracy")]) }
            .contains("nothing tells whether"))
    }

    @Test func whatDoesNotFitIsRefused() throws {
        let model = try model()
        #expect(problem { try model.compile(losses: [.binaryCrossentropy]) }.contains("losses has 1 elements, the model has 2 outputs: tags, rank"))
        #expect(problem { try model.compile(losses: [nil, nil]) }.contains("no output has a loss"))
        let accuracy = Metric.accuracy
        #expect(problem { try model.compile(losses: [.binaryCrossentropy, .binaryCrossentropy], metrics: [[accuracy], [accuracy]]) }
            .contains("the same metric was given twice"))
        model.compile(loss: .binaryCrossentropy, metrics: [.accuracy])
        #expect(problem { try model.evaluate([Self.ids, Self.facts], [Self.tags, Self.rank], verbose: 0) }.contains("metrics were given for one output"))
        try compile(model)
        func fit(_ x: [any ModelData], _ y: [any ModelData], _ weights: [Tensor?] = [], _ classWeight: [Int: Float]? = nil) -> String {
            problem { try model.fit(x, y, sampleWeights: weights, classWeight: classWeight, verbose: 0) }
        }
        let (x, y): ([any ModelData], [any ModelData]) = ([Self.ids, Self.facts], [Self.tags, Self.rank])
        #expect(fit([Self.ids], y).contains("x has 1 arrays of the shapes (12, 6), the model has 2 inputs: text (None, 6), facts (None, 3)"))
        #expect(fit(x, [Self.tags]).contains("y has 1 arrays of the shapes (12, 2), the model has 2 outputs: tags (None, 2), rank (None, 1)"))
        #expect(fit([Self.ids, Self.facts[0..<9]], y).contains("the input text has 12 samples, the input facts has 9: the shapes (12, 6) and (9, 3)"))
        #expect(fit(x, [Self.tags, Self.rank[0..<9]]).contains("the output rank has 9"))
        #expect(fit([Self.ids, Self.tags], y).contains("input facts"))
        #expect(fit(x, [Self.tags, Self.tags]).contains("for the output rank"))
        #expect(fit(x, y, [nil, nil, nil]).contains("sampleWeights has 3 elements"))
        #expect(fit(x, y, [nil, Tensor.ones([5])]).contains("output rank"))
        #expect(fit(x, y, [], [0: 1]).contains("classWeight is for models with one output"))
        #expect(problem { try model.fit(Self.ids, Self.tags, verbose: 0) }.contains("it has 2 inputs: text, facts"))
        #expect(problem { _ = try model.predict(Self.ids) }.contains("it has 2 outputs: tags, rank"))
        #expect(problem { _ = try model.predictor() }.contains("it has 2 inputs"))
        var binarizer = MultiLabelBinarizer()
        _ = binarizer.fitTransform([["a"], ["b"]])
        let tagger = Tagger(tokenizer: Tokenizer(), model: model, labels: binarizer, maxLength: 6)
        #expect(problem { _ = try tagger.tags(for: "a") }.contains("it has 2 inputs"))
        let twice = Input(shape: [3])
        #expect(problem { _ = try Model(inputs: [twice, twice], outputs: [Dense(1)(twice)]) }.contains("given twice"))
        let (a, b) = (Input(shape: [3], name: "a"), Input(shape: [3], name: "a"))
        #expect(problem { _ = try Model(inputs: [a, b], outputs: [Add()([a, b])]) }.contains("two inputs have the same name"))
        #expect(problem { _ = try Model(inputs: [a], outputs: [Add()([a, b])]) }.contains("depends on another input"))
        #expect(problem { _ = try Model(inputs: [a], outputs: []) }.contains("at least one input and one output"))
    }

    /// Neighbours that would be joined stay apart where the first gives an output; ends of every kind come back from a file.
    @Test func outputsInsideAreNotHidden() throws {
        let folder = TemporaryFolder()
        let (ids, idle) = (Input(shape: [6]), Input(shape: [2]))
        let words = Embedding(inputDim: 30, outputDim: 4)(ids)
        let pooled = GlobalMaxPool1D()(words)
        let model = try Model(inputs: [idle, ids], outputs: [words, pooled, words, idle], seed: 1)
        #expect(model.inputNames == ["input_layer", "input_layer_1"])
        #expect(model.outputNames == ["embedding", "global_max_pooling1d", "embedding", "input_layer"])
        let x: [any ModelData] = [Tensor.ones([12, 2]), Self.ids]
        let answers = try model.predict(x)
        #expect(answers.map(\.shape) == [[12, 6, 4], [12, 4], [12, 6, 4], [12, 2]] && answers[0] == answers[2])
        let alone = try Model(inputs: ids, outputs: pooled).predict(Self.ids)
        #expect(alone == answers[1])
        for ending in [".safetensors", ".keras", ".h5"] {
            try model.save(folder.file("model" + ending))
            let loaded = try Model.load(folder.file("model" + ending))
            #expect(try loaded.predict(x) == answers)
            #expect(loaded.outputNames == model.outputNames && loaded.inputNames == model.inputNames)
        }
    }

    @Test func summaryShowsEveryInput() throws {
        let lines = try model().summaryLines(columns: 120)
        #expect(lines.contains { $0.contains("text (InputLayer)") } && lines.contains { $0.contains("facts (InputLayer)") })
        #expect(lines.contains { $0.contains("rank (Dense)") && $0.contains("concatenate_1[0][0]") })
    }
}
