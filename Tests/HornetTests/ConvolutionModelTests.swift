import Hornet
import HornetOptimizers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Models of convolution and normalization as a whole: weights that no gradient changes, files, threads, memory.
@Suite struct ConvolutionModelTests {
    private static let x = Indices.random([64, 24], below: 300, seed: 9)
    private static let y = Tensor.random([64, 5], seed: 2).thresholded(above: 0.5)

    private static func model(seed: UInt64 = 4) -> Sequential {
        let model = Sequential(
            [
                Embedding(inputDim: 300, outputDim: 16), Conv1D(24, kernelSize: 3, padding: .same, activation: .relu),
                BatchNormalization(), MaxPooling1D(), LayerNormalization(), Permute([2, 1]), Permute([2, 1]),
                AveragePooling1D(padding: .same), Reshape([12, 12]), Conv1D(20, kernelSize: 4, activation: .relu),
                GlobalMaxPool1D(), RepeatVector(2), Flatten(), Dense(5, activation: .sigmoid),
            ], seed: seed)
        model.compile(optimizer: .adam(learningRate: 0.01), loss: .binaryCrossentropy)
        return model
    }

    @Test func movingAveragesAreNoWeightsOfTheOptimizer() throws {
        let model = Self.model()
        try model.fit(Self.x, Self.y, epochs: 2, batchSize: 16, verbose: 0)
        let moving = model.weights.filter { $0.path.utf8.starts(with: "batch_normalization/moving".utf8) }
        #expect(moving.count == 2 && moving.allSatisfy { !$0.isTrainable && $0.count == 24 })
        #expect(moving[0].value != .zeros([24]) && moving[1].value != .ones([24]))
        let optimizer = try #require(model.optimizer)
        #expect(!optimizer.state.contains { $0.name.utf8.starts(with: "batch_normalization/moving".utf8) })
        let trained = model.weights.filter(\.isTrainable).reduce(0) { $0 + $1.count }
        #expect(optimizer.stateCount == 2 + 2 * trained)
        let line = " Non-trainable params: 48 (192.00 B)"
        #expect(model.summaryLines(columns: 80).contains { $0.utf8.starts(with: line.utf8) })
    }

    @Test func modelsComeBackAsTheyWere() throws {
        let path = "/tmp/hornet-convolution-\(UInt64.random(in: 0 ... .max)).safetensors"
        defer { unlink(path) }
        let model = Self.model()
        try model.fit(Self.x, Self.y, epochs: 2, batchSize: 16, verbose: 0)
        try model.save(path)
        let loaded = try Sequential.load(path)
        #expect(loaded.weights.map(\.path) == model.weights.map(\.path))
        #expect(loaded.weights.map(\.value) == model.weights.map(\.value))
        #expect(loaded.weights.map(\.isTrainable) == model.weights.map(\.isTrainable))
        let answers = try model.predict(Self.x)
        #expect(try loaded.predict(Self.x) == answers)
        // A predictor has the products of every token at hand, and adds them up in another order.
        expectClose(try model.predictor().predict(Self.x), answers, absolute: 2e-6)
        loaded.compile(optimizer: .adam(learningRate: 0.01), loss: .binaryCrossentropy)
        try loaded.loadWeights(path)
        for model in [model, loaded] {
            try model.fit(Self.x, Self.y, epochs: 4, batchSize: 16, verbose: 0, initialEpoch: 2)
        }
        #expect(loaded.weights.map(\.value) == model.weights.map(\.value))
        #expect(try model.predict(Self.x) != answers)
    }

    /// In processes of their own, because all tests share threads and pool.
    @Test func threadsChangeNoBit() async {
        await #expect(processExitsWith: .success) {
            func trained(threads: Int, seed: UInt64 = 4) throws -> [Tensor] {
                Parallel.threadCount = threads
                let model = ConvolutionModelTests.model(seed: seed)
                try model.fit(ConvolutionModelTests.x, ConvolutionModelTests.y, epochs: 3, batchSize: 32, verbose: 0)
                return model.weights.map(\.value) + [try model.predict(ConvolutionModelTests.x)]
            }
            let one = try trained(threads: 1)
            for threads in [2, 3, 5, 8] {
                guard try trained(threads: threads) == one else { fatalError("\(threads) threads change the result") }
            }
            guard try trained(threads: 2, seed: 5) != one else { fatalError("the comparison can't fail") }
        }
    }

    /// Without an embedding, whose buffers follow the number of distinct tokens in a batch.
    @Test func trainingStopsAllocatingBuffers() async {
        await #expect(processExitsWith: .success) {
            let model = Sequential(Array(ConvolutionModelTests.model().layers.dropFirst()))
            model.compile(optimizer: .adam(), loss: .binaryCrossentropy)
            var counts: [Int] = []
            try model.fit(
                Tensor.random([64, 24, 16]), ConvolutionModelTests.y, epochs: 6, batchSize: 16, verbose: 0,
                callbacks: [.closures(onTrainBatchEnd: { _, _ in counts.append(BufferPool.shared.systemAllocations) })])
            guard counts[2] == counts.last!, counts[0] > 0 else { fatalError("allocations after each batch: \(counts)") }
        }
    }
}
