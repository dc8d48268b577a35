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
        func check(_ state: String) throws {
            for (width, lines) in zip(try golden.member("widths").array(), try golden.member(state).array()) {
                let columns = try width.int()
                let expected = try lines.array().map { try $0.string() }
                #expect(model.summaryLines(columns: columns) == expected, "\(state), \(columns) columns")
            }
        }
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
        for (name, model) in models {
            for (width, lines) in zip(try golden.member("widths").array(), try golden.member(name).array()) {
                let columns = try width.int()
                let expected = try lines.array().map { try $0.string() }
                #expect(model.summaryLines(columns: columns) == expected, "\(name), \(columns) columns")
            }
        }
    }
}
