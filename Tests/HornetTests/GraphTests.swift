import Hornet
import HornetSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Models whose layers branch, merge and are shared.
@Suite struct GraphTests {
    private let path = "/tmp/hornet-graph-\(UInt64.random(in: 0 ... .max))"
    private static let x = Indices((0..<12).map { i in (0..<6).map { Int32((i * 5 + $0) % 30) } })
    private static let y = Tensor((0..<12).map { i in (0..<3).map { i % ($0 + 2) == 0 ? 1 : 0 } })

    private func branching(dropout: Float = 0.2) throws -> Model {
        let ids = Input(shape: [6], name: "ids")
        let words = SpatialDropout1D(dropout)(Embedding(inputDim: 30, outputDim: 4)(ids))
        let shared = Dense(4, activation: .relu)
        let parts = [shared(GlobalMaxPool1D()(words)), shared(LSTM(4)(words)), GlobalAveragePooling1D()(words)]
        return try Model(inputs: ids, outputs: Dense(3, activation: .sigmoid)(Concatenate()(parts)), seed: 5)
    }

    private func train(_ model: Model, epochs: Range<Int> = 0..<3) throws {
        if model.optimizer == nil { model.compile(optimizer: .adam(learningRate: 0.01), loss: .binaryCrossentropy) }
        try model.fit(
            Self.x, Self.y, epochs: epochs.upperBound, batchSize: 4, verbose: 0, initialEpoch: epochs.lowerBound)
    }

    /// A chain of nodes is the stack of its layers, bit by bit, joint kernels included.
    @Test func aChainIsAStack() throws {
        func layers() -> [Layer] {
            [
                Embedding(inputDim: 30, outputDim: 4), SpatialDropout1D(0.2), LSTM(4), Dense(3, activation: .relu), Dropout(0.1),
                Dense(3, activation: .sigmoid),
            ]
        }
        let stack = Sequential(layers(), seed: 5)
        let ids = Input(shape: [6])
        let chain = try Model(inputs: ids, outputs: layers().reduce(ids as Node) { $1($0) }, seed: 5)
        for model in [stack, chain] { try train(model) }
        #expect(chain.weights.map(\.path) == stack.weights.map(\.path))
        #expect(zip(chain.weights, stack.weights).allSatisfy { $0.value == $1.value })
        #expect(try chain.predict(Self.x) == stack.predict(Self.x))
    }

    @Test func comesBackFromItsFile() throws {
        defer { unlink(path) }
        let model = try branching()
        try train(model)
        try model.save(path)
        let loaded = try Model.load(path)
        #expect(try loaded.predict(Self.x) == model.predict(Self.x))
        #expect(try model.predictor().predict(Self.x) == model.predict(Self.x))
        #expect(loaded.layers.map(\.name) == model.layers.map(\.name))
        #expect { try Sequential.load(path) } throws: { "\($0)".contains("no plain stack") }
        loaded.compile(optimizer: .adam(learningRate: 0.01), loss: .binaryCrossentropy)
        try loaded.loadWeights(path)
        for model in [model, loaded] { try train(model, epochs: 3..<5) }
        #expect(zip(loaded.weights, model.weights).allSatisfy { $0.value == $1.value })
    }

    @Test func predictionsDoNotDependOnTheBatch() throws {
        let model = try branching()
        let whole = try model.predict(Self.x)
        #expect(try model.predict(Self.x, batchSize: 5) == whole)
        #expect(try model.predict(Self.x[0..<0]).shape == [0, 3])
        #expect(try model.forward(Value(Self.x), .inference()).tensor == whole)
    }

    private func problem(_ body: () throws -> Void) -> String {
        do {
            try body()
            return ""
        } catch { return "\(error)" }
    }

    @Test func graphsThatMakeNoModelAreRefused() {
        let (ids, other) = (Input(shape: [6]), Input(shape: [3]))
        let pooled = GlobalMaxPool1D()(Embedding(inputDim: 30, outputDim: 3)(ids))
        #expect(problem { _ = try Model(inputs: ids, outputs: Add()([pooled, other])) }.contains("depends on another input"))
        #expect(problem { _ = try Model(inputs: ids, outputs: ids) }.contains("does not depend on the input"))
        let dense = Dense(4)
        #expect(
            problem { _ = try Model(inputs: other, outputs: dense(dense(other))) }
                .contains("its weight kernel would have the shape (4, 4) here, it was made for inputs (None, 3)"))
        #expect(problem { _ = try Model(inputs: other, outputs: Add()([Dense(2)(other), other])) }.contains("differ along axis 1"))
    }

    @Test(arguments: [
        (#""calls":[{"#, #""calls":[{"layer":0,"inputs":[0]},{"#, "is not used"),
        (#""inputs":[0]}"#, #""inputs":[0,0]}"#, "is called on 2 inputs"),
        (#""inputs":[0]}"#, #""inputs":[7]}"#, "7 is not within 0...0"),
        (#""layer":0"#, #""layer":99"#, "99 is not within"),
        (#""calls""#, #""calling""#, "takes several inputs"),
    ])
    func brokenGraphsInFilesAreRefused(_ before: String, _ after: String, _ reason: String) throws {
        defer { unlink(path) }
        try branching().save(path)
        let file = try SafetensorsFile(path: path)
        let metadata = try file.metadata.map { key, value in
            let text = try value.cursor(source: path).string()
            guard key == "model", let range = text.firstRange(of: before) else { return (key, text) }
            return (key, text.replacingCharacters(in: range, with: after))
        }
        try SafetensorsFile.write(to: path, file.tensors, metadata: metadata)
        #expect(problem { _ = try Model.load(path) }.contains(reason))
    }
}

extension String {
    fileprivate func firstRange(of part: String) -> Range<Index>? {
        indices.lazy.map { self[$0...] }.first { $0.hasPrefix(part) }.map { $0.startIndex..<index($0.startIndex, offsetBy: part.count) }
    }
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
