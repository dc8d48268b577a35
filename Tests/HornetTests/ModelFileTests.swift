import Hornet
import HornetSupport
import HornetTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Models in files: what comes back is what was saved, and nothing else gets in.
@Suite struct ModelFileTests {
    private let path = "/tmp/hornet-model-\(UInt64.random(in: 0 ... .max)).safetensors"

    private func trained() throws -> (Sequential, Indices, Tensor) {
        let x = Indices((0..<20).map { i in (0..<6).map { Int32((i * 5 + $0) % 30) } })
        let y = Tensor((0..<20).map { i in (0..<3).map { i % ($0 + 2) == 0 ? 1 : 0 } })
        let model = Sequential(
            [
                Embedding(inputDim: 30, outputDim: 5, maskZero: true), SpatialDropout1D(0.1), GlobalAveragePooling1D(),
                Dense(4, activation: .tanh, name: "mitte"), Dropout(0.2), Flatten(), Dense(3), Activation(.sigmoid),
            ], seed: 4)
        model.compile(optimizer: .adam(), loss: .binaryCrossentropy)
        try model.fit(x, y, epochs: 2, batchSize: 4, verbose: 0)
        return (model, x, y)
    }

    @Test func aModelComesBackAsItWas() throws {
        defer { unlink(path) }
        let (model, x, _) = try trained()
        try model.save(path)
        let loaded = try Sequential.load(path)
        #expect(loaded.layers.map(\.name) == model.layers.map(\.name))
        #expect(loaded.seed == model.seed)
        #expect(try loaded.predict(x) == model.predict(x))
    }

    @Test func recurrentModelsComeBackAsTheyWere() throws {
        defer { unlink(path) }
        let (_, x, y) = try trained()
        let model = Sequential(
            [
                Embedding(inputDim: 30, outputDim: 5, maskZero: true), LSTM(4, dropout: 0.1, returnSequences: true),
                Bidirectional(GRU(3, returnSequences: true, resetAfter: false), mergeMode: .ave),
                Bidirectional(SimpleRNN(2)), Dense(3, activation: .sigmoid),
            ], seed: 4)
        model.compile(optimizer: .adam(), loss: .binaryCrossentropy)
        try model.fit(x, y, epochs: 2, batchSize: 4, verbose: 0)
        try model.save(path)
        let loaded = try Sequential.load(path)
        #expect(loaded.weights.map(\.path) == model.weights.map(\.path))
        #expect(try loaded.predict(x) == model.predict(x))
        #expect(try model.predictor().predict(x) == model.predict(x))
        loaded.compile(optimizer: .adam(), loss: .binaryCrossentropy)
        try loaded.loadWeights(path)
        for model in [model, loaded] { try model.fit(x, y, epochs: 4, batchSize: 4, verbose: 0, initialEpoch: 2) }
        #expect(loaded.weights.flatMap(\.value.scalars) == model.weights.flatMap(\.value.scalars))
    }

    @Test func trainingGoesOnFromAFileAsIfItHadNotStopped() throws {
        defer { unlink(path) }
        let (model, x, y) = try trained()
        try model.save(path)
        try model.fit(x, y, epochs: 4, batchSize: 4, verbose: 0, initialEpoch: 2)
        let loaded = try Sequential.load(path)
        loaded.compile(optimizer: .adam(), loss: .binaryCrossentropy)
        try loaded.loadWeights(path)
        try loaded.fit(x, y, epochs: 4, batchSize: 4, verbose: 0, initialEpoch: 2)
        #expect(loaded.weights.flatMap(\.value.scalars) == model.weights.flatMap(\.value.scalars))
    }

    private final class Doubled: Layer {
        override var config: JSON.Object? { [:] }
        override func forward(_ x: Value, _ pass: Pass) -> Value { x * 2 }
    }

    @Test func ownLayersComeBackWhenRegistered() throws {
        defer { unlink(path) }
        let model = Sequential([Dense(2), Doubled()])
        try model.build(inputShape: [nil, 3])
        try model.save(path)
        #expect { try Sequential.load(path) } throws: { "\($0)".contains("there is no layer called Doubled") }
        var registry = LayerRegistry()
        registry.register("Doubled") { _, name in Doubled(name: name) }
        let x: Tensor = [[1, 2, 3]]
        #expect(try Sequential.load(path, registry: registry).predict(x) == model.predict(x))
    }

    @Test func layersWithoutConfigAreRefused() throws {
        final class Secret: Layer {
            override func forward(_ x: Value, _ pass: Pass) -> Value { x }
        }
        let model = Sequential([Dense(1), Secret()])
        try model.build(inputShape: [nil, 1])
        #expect { try model.save(path) } throws: { "\($0)".contains("can't be saved") }
        #expect(access(path, F_OK) != 0)
    }

    @Test func otherModelsAreRefused() throws {
        defer { unlink(path) }
        let (model, _, _) = try trained()
        try model.save(path)
        let other = Sequential([Dense(2)])
        try other.build(inputShape: [nil, 6])
        let before = other.weights.map(\.value)
        #expect(throws: HornetError.self) { try other.loadWeights(path) }
        #expect(other.weights.map(\.value) == before)
        #expect(throws: HornetError.self) { try Sequential.load("/no/such/file") }
        #expect(throws: HornetError.self) { try model.save("/no/such/folder/model.safetensors") }
    }

    /// Every cut and many mutations of a file either load or throw; none crashes or hangs.
    @Test func brokenFilesThrow() throws {
        defer { unlink(path) }
        try trained().0.save(path)
        let whole = try MappedFile(path: path).withUnsafeBytes { Array($0) }
        func load(_ bytes: [UInt8]) throws {
            try writeAtomically(to: path) { try $0.write(bytes) }
            _ = try Sequential.load(path)
        }
        for length in stride(from: 0, to: whole.count - 1, by: 37) {
            #expect(throws: HornetError.self) { try load(Array(whole[..<length])) }
        }
        var random = RandomSource(seed: 2)
        var refusals = 0
        for _ in 0..<2_000 {
            var bytes = whole
            for _ in 0...random.integer(below: 4) {
                // Mostly in the header, where sizes and offsets stand.
                let place = random.integer(below: random.integer(below: 4) > 0 ? 3_000 : bytes.count)
                bytes[place % bytes.count] = [UInt8](arrayLiteral: 0x30, 0x39, 0x2D, 0x7B, 0x5D, 0xFF, 0x00, UInt8(random.integer(below: 256)))[random.integer(below: 8)]
            }
            do { try load(bytes) } catch is HornetError { refusals += 1 }
        }
        #expect(refusals > 500)
    }
}
