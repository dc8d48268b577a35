import Hornet
import HornetTestSupport
import Testing

/// `summary()` prints what Keras prints, at several widths of the terminal (`Tests/Oracles/summary.py`).
@Suite struct SummaryTests {
    @Test func equalsKeras() throws {
        let golden = try JSON(parsing: Fixture.bytes("summary.json"), source: "summary.json").cursor(source: "summary.json")
        let model = Sequential([
            Embedding(inputDim: 10_000, outputDim: 128), GlobalMaxPool1D(), Dense(64, activation: .relu), Dropout(0.2),
            Dense(6, activation: .sigmoid, name: "a_rather_long_layer_name_here_that_has_no_space"),
        ])
        model.compile(optimizer: .adam(), loss: .binaryCrossentropy)
        func check(_ state: String) throws { try expectSummary(model, golden, state) }
        try check("unbuilt")
        try model.build(inputShape: [nil, 100])
        try check("built")
        try model.fit(Indices([0, 0, 0, 0].map { [Int32](repeating: $0, count: 100) }), Tensor.zeros([4, 6]), verbose: 0)
        try check("trained")
    }

    @Test func modelsThatBranchEqualKeras() throws {
        let golden = try JSON(parsing: Fixture.bytes("summary.json"), source: "summary.json").cursor(source: "summary.json")
        let ids = Input(shape: [100])
        let words = Embedding(inputDim: 10_000, outputDim: 32)(ids)
        let shared = Dense(16, activation: .relu, name: "a_shared_layer_with_a_long_name")
        let pooled = [GlobalMaxPool1D()(words), GlobalAveragePooling1D()(words)]
        let merged = Concatenate()([shared(pooled[0]), shared(pooled[1])])
        let models = [
            "branching": try Model(inputs: ids, outputs: Dense(6, activation: .sigmoid)(merged)),
            "chain": try Model(inputs: ids, outputs: Dense(6, name: "dense_1")(pooled[0]), name: "chain"),
        ]
        for (name, model) in models { try expectSummary(model, golden, name) }
    }

    @Test func modelsWithSeveralEndsEqualKeras() throws {
        let golden = try JSON(parsing: Fixture.bytes("summary.json"), source: "summary.json").cursor(source: "summary.json")
        let (title, facts) = (Input(shape: [4], name: "title"), Input(shape: [3], name: "facts"))
        let both = Concatenate()([LSTM(8)(Embedding(inputDim: 10_000, outputDim: 16)(title)), facts])
        let tags = Dense(6, activation: .sigmoid, name: "tags")(both)
        let rank = Dense(1, name: "rank")(Concatenate()([both, tags]))
        let model = try Model(inputs: [title, facts], outputs: [tags, rank], name: "ends")
        try expectSummary(model, golden, "ends")
        try model.compile(optimizer: .adam(), losses: [.binaryCrossentropy, .meanSquaredError])
        let x: [any ModelData] = [Indices([[1, 2, 3, 4]]), Tensor.zeros([1, 3])]
        try model.fit(x, [Tensor.zeros([1, 6]), Tensor.zeros([1, 1])], verbose: 0)
        try expectSummary(model, golden, "ends_trained")
    }

    private func expectSummary(_ model: Model, _ golden: JSON.Cursor, _ name: String) throws {
        for (width, lines) in zip(try golden.member("widths").array(), try golden.member(name).array()) {
            let columns = try width.int()
            let expected = try lines.array().map { try $0.string() }
            #expect(model.summaryLines(columns: columns) == expected, "\(name), \(columns) columns")
        }
    }
}
