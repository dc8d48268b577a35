import Hornet
import HornetTensor
import HornetTestSupport
import Testing

/// Models fed with sparse rows: the answers and the training are those of the same rows stored in full.
@Suite struct SparseModelTests {
    /// Documents over 400 columns, most of which few of them use; some documents are empty.
    private static let x: SparseMatrix = {
        var random = RandomSource(seed: 5)
        let common = SparseMatrix.random(96, 30, density: 0.2, using: &random)
        let rare = SparseMatrix.random(96, 370, density: 0.01, using: &random)
        let empty = SparseMatrix(ones: (0..<4).map { _ in [] }, columnCount: 400)
        return .concatenated([.concatenated([common, rare], axis: 1), empty])
    }()
    private static let y: Tensor = {
        var random = RandomSource(seed: 6)
        return Tensor((0..<100 * 5).map { _ in random.uniform() < 0.3 ? 1 : 0 }, shape: [100, 5])
    }()

    private func model(_ optimizer: Optimizer = .adam(), dropout: Float = 0, seed: UInt64 = 1) -> Sequential {
        let model = Sequential(
            [Dropout(dropout), Dense(24, activation: .relu), Dense(5, activation: .sigmoid)], seed: seed)
        model.compile(optimizer: optimizer, loss: .binaryCrossentropy, metrics: [.accuracy])
        return model
    }

    private func relativeError(_ a: Tensor, _ b: Tensor) -> Double {
        let difference = a - b
        return (difference.sumOfSquares() / b.sumOfSquares()).squareRoot()
    }

    /// 200 steps in which most columns miss most of the steps: weights and optimizer's state are those of the dense model.
    @Test(arguments: ["adam", "adam with decay", "momentum", "nesterov", "rmsprop", "nadam"])
    func trainsAsTheDenseModel(_ name: String) throws {
        func optimizer() -> Optimizer {
            switch name {
            case "adam": .adam(learningRate: 0.003)
            case "adam with decay": .adamW(learningRate: 0.003)
            case "momentum": .sgd(learningRate: 0.05, momentum: 0.9)
            case "nesterov": .sgd(learningRate: 0.05, momentum: 0.9, nesterov: true)
            case "rmsprop": .rmsprop()
            default: .nadam()
            }
        }
        let (sparse, dense) = (model(optimizer()), model(optimizer()))
        let epochs = 8  // of 25 steps
        let a = try sparse.fit(Self.x, Self.y, epochs: epochs, batchSize: 4, verbose: 0)
        let b = try dense.fit(Self.x.dense, Self.y, epochs: epochs, batchSize: 4, verbose: 0)
        for (one, other) in zip(a["loss"], b["loss"]) { #expect((one - other).magnitude < 2e-5, "\(name)") }
        for (one, other) in zip(sparse.weights, dense.weights) {
            let error = relativeError(one.value, other.value)
            #expect(error < 2e-4, "\(name), \(one.path)")
        }
        expectClose(try sparse.predict(Self.x), try dense.predict(Self.x.dense), relative: 1e-3, absolute: 1e-4, name)
        // One step less is seen.
        let shorter = model(optimizer())
        try shorter.fit(Self.x, Self.y, epochs: epochs - 1, batchSize: 4, verbose: 0)
        #expect(relativeError(shorter.weights[0].value, dense.weights[0].value) > 1e-3, "\(name)")
    }

    @Test func answersAreThoseOfDenseRows() throws {
        let model = model()
        try model.fit(Self.x, Self.y, epochs: 2, verbose: 0)
        let predictor = try model.predictor()
        let dense = try model.predict(Self.x.dense)
        for batchSize in [7, 256] { expectClose(try model.predict(Self.x, batchSize: batchSize), dense) }
        expectClose(try predictor.predict(Self.x), dense)
        for row in [0, 3, 99] { expectClose(try predictor.predict(Self.x[row..<row + 1]), dense[row..<row + 1]) }
        let (a, b) = (try model.evaluate(Self.x, Self.y, verbose: 0), try model.evaluate(Self.x.dense, Self.y, verbose: 0))
        #expect((a["loss"]! - b["loss"]!).magnitude < 1e-6 && a["accuracy"] == b["accuracy"])
    }

    /// Other layers take the dense form.
    @Test func otherLayersTakeThemToo() throws {
        for layers in [
            [BatchNormalization(), Dense(3)], [Activation(.relu), Dense(3)], [Flatten(), Dense(3)], [Reshape([20, 20]), GlobalMaxPool1D()],
        ] as [[Layer]] {
            let model = Sequential(layers, seed: 1)
            expectClose(try model.predict(Self.x), try model.predict(Self.x.dense), "\(layers[0].name)")
        }
        let input = Input(shape: [400])
        let joined = Concatenate()([Dense(3)(input), Dropout(0.5)(input)])
        let model = try Model(inputs: input, outputs: Dense(2)(joined), seed: 1)
        expectClose(try model.predict(Self.x), try model.predict(Self.x.dense))
    }

    @Test func savedModelsTakeThem() throws {
        let model = model()
        try model.fit(Self.x, Self.y, epochs: 1, verbose: 0)
        let folder = TemporaryFolder()
        let path = folder.file("sparse.safetensors")
        try model.save(path)
        #expect(try Sequential.load(path).predict(Self.x) == model.predict(Self.x))
    }

    @Test func whatDoesNotFitIsRefused() throws {
        let model = model()
        try model.build(inputShape: [nil, 400])
        #expect { try model.predict(SparseMatrix(ones: [[1]], columnCount: 399)) } throws: { "\($0)".contains("(None, 399)") }
        let bad = try SparseMatrix(rowCount: 2, columnCount: 400, rowStarts: [0, 1, 2], columns: [0, 0], values: [1, .nan])
        #expect { try model.fit(bad, Self.y[0..<2], verbose: 0) } throws: { "\($0)".contains("in sample 1") }
    }

    @Test func threadsChangeNoBit() async {
        await #expect(processExitsWith: .success) {
            func trained(threads: Int, seed: UInt64 = 3) throws -> [Tensor] {
                Parallel.threadCount = threads
                var random = RandomSource(seed: 9)
                let x = SparseMatrix.random(64, 3000, density: 0.03, using: &random)
                let y = Tensor((0..<64 * 20).map { _ in Float(random.integer(below: 2)) }, shape: [64, 20])
                let model = Sequential(
                    [Dropout(0.2), Dense(96, activation: .relu), Dense(20, activation: .sigmoid)], seed: seed)
                model.compile(optimizer: .adam(), loss: .binaryCrossentropy)
                try model.fit(x, y, epochs: 4, batchSize: 32, verbose: 0)
                return model.weights.map(\.value) + [try model.predict(x)]
            }
            let one = try trained(threads: 1)
            for threads in [2, 3, 8] {
                guard try trained(threads: threads) == one else { fatalError("\(threads) threads change the result") }
            }
            guard try trained(threads: 2, seed: 4) != one else { fatalError("the comparison can't fail") }
        }
    }

    /// Buffers follow the stored values and the distinct columns of a batch: once the pool has seen their sizes, no memory is
    /// asked of the system.
    @Test func trainingStopsAllocatingBuffers() async {
        await #expect(processExitsWith: .success) {
            Parallel.threadCount = 1  // else chance says how many buffers are in use at the same time
            func column(_ row: Int, _ word: Int) -> Int32 { Int32((row * 7 + word * word * 5) % 33 + 33 * word) }
            let documents = (0..<96).map { row in (0..<12).map { column(row, $0) } }
            let x = SparseMatrix(ones: documents, columnCount: 400)
            let model = Sequential([Dense(24, activation: .relu), Dense(5, activation: .sigmoid)], seed: 1)
            model.compile(optimizer: .adam(), loss: .binaryCrossentropy)
            var counts: [Int] = []
            try model.fit(
                x, SparseModelTests.y[0..<96], epochs: 12, batchSize: 32, shuffle: false, verbose: 0,
                callbacks: [.closures(onTrainBatchEnd: { _, _ in counts.append(BufferPool.shared.systemAllocations) })])
            guard counts[8] == counts.last!, counts[0] > 0 else { fatalError("allocations after each batch: \(counts)") }
        }
    }
}
