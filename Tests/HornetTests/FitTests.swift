import Hornet
import HornetTensor
import Testing

/// What `fit`, `evaluate` and `predict` mean, and what they refuse.
@Suite struct FitTests {
    /// A small tagger on made-up documents: a label is there when its word is.
    private static let documents: [[Int32]] = (0..<60).map { i in (0..<8).map { t in Int32((i * 7 + t * t * 3) % 50) } }
    private static let x = Indices(documents)
    private static let y = Tensor(documents.map { words in [0, 5, 10, 15].map { words.contains($0) ? Float(1) : 0 } })

    private func tagger(seed: UInt64 = 1, dropout: Float = 0) -> Sequential {
        let model = Sequential(
            [
                Embedding(inputDim: 50, outputDim: 8), GlobalMaxPool1D(), Dense(6, activation: .relu), Dropout(dropout),
                Dense(4, activation: .sigmoid),
            ], seed: seed)
        model.compile(optimizer: .adam(learningRate: 0.01), loss: .binaryCrossentropy, metrics: [.accuracy])
        return model
    }

    @Test func learns() throws {
        let model = tagger()
        let history = try model.fit(Self.x, Self.y, epochs: 60, batchSize: 8, verbose: 0)
        #expect(history["loss"].last! < history["loss"].first! / 3)
        #expect(history["accuracy"].last! > 0.9)
    }

    @Test func historyHasKerasNamesInKerasOrder() throws {
        let history = try tagger().fit(Self.x, Self.y, epochs: 2, validationSplit: 0.25, verbose: 0)
        #expect(history.names == ["accuracy", "loss", "val_accuracy", "val_loss"])
        #expect(history["loss"].count == 2 && history["nothing"].isEmpty)
    }

    /// `loss` of an epoch is the mean of the batches' losses weighted by size: at a learning rate of 0 it is the loss of
    /// the whole set, whatever the batches.
    @Test(arguments: [7, 32, 60, 100]) func epochLossWeighsBatchesBySize(_ batchSize: Int) throws {
        let model = tagger()
        model.compile(optimizer: .sgd(learningRate: 0), loss: .binaryCrossentropy)
        let trained = try model.fit(Self.x, Self.y, batchSize: batchSize, verbose: 0)["loss"][0]
        let whole = try model.evaluate(Self.x, Self.y, batchSize: 60, verbose: 0)["loss"]!
        let difference: Double = trained - whole
        #expect(difference.magnitude < 1e-6)
    }

    @Test func validationSplitTakesTheLastRows() throws {
        let split = tagger()
        let history = try split.fit(Self.x, Self.y, validationSplit: 0.2, verbose: 0)
        let given = tagger()
        let other = try given.fit(
            Self.x[0..<48], Self.y[0..<48], validationData: (Self.x[48..<60], Self.y[48..<60]), verbose: 0)
        #expect(history["val_loss"] == other["val_loss"])
        #expect(history["loss"] == other["loss"])
    }

    @Test func oneSeedGivesOneResult() throws {
        func weights(_ seed: UInt64) throws -> [Float] {
            let model = tagger(seed: seed, dropout: 0.3)
            try model.fit(Self.x, Self.y, epochs: 3, batchSize: 8, verbose: 0)
            return model.weights.flatMap(\.value.scalars)
        }
        #expect(try weights(5) == weights(5))
        #expect(try weights(5) != weights(6))
    }

    /// An epoch's order and dropout depend on the seed and its number alone.
    @Test func trainingGoesOnWhereItStopped() throws {
        let whole = tagger(seed: 3, dropout: 0.3)
        whole.compile(optimizer: .sgd(learningRate: 0.1), loss: .binaryCrossentropy)
        try whole.fit(Self.x, Self.y, epochs: 4, batchSize: 8, verbose: 0)
        let parts = tagger(seed: 3, dropout: 0.3)
        parts.compile(optimizer: .sgd(learningRate: 0.1), loss: .binaryCrossentropy)
        try parts.fit(Self.x, Self.y, epochs: 2, batchSize: 8, verbose: 0)
        try parts.fit(Self.x, Self.y, epochs: 4, batchSize: 8, verbose: 0, initialEpoch: 2)
        #expect(whole.weights.flatMap(\.value.scalars) == parts.weights.flatMap(\.value.scalars))
    }

    @Test func sampleWeightOfTwoIsTheSampleTwice() throws {
        let weighted = tagger()
        weighted.compile(optimizer: .sgd(learningRate: 0.1), loss: .binaryCrossentropy)
        try weighted.fit(
            Self.x[0..<3], Self.y[0..<3], batchSize: 3, shuffle: false, sampleWeight: Tensor([2, 1, 1]), verbose: 0)
        let repeated = tagger()
        // Four samples over a batch of four, against a sum of weights of four over a batch of three.
        repeated.compile(optimizer: .sgd(learningRate: .constant(0.4 / 3)), loss: .binaryCrossentropy)
        try repeated.fit(
            Self.x.gathered([0, 0, 1, 2]), Self.y.gathered([0, 0, 1, 2]), batchSize: 4, shuffle: false, verbose: 0)
        for (a, b) in zip(weighted.weights, repeated.weights) {
            for (a, b) in zip(a.value.scalars, b.value.scalars) { #expect((a - b).magnitude < 1e-6) }
        }
    }

    @Test func weightsOfZeroSilenceLabels() throws {
        let model = tagger()
        let perLabel = Tensor(Array(repeating: [1, 1, 0, 1], count: 60))
        try model.build(inputShape: [nil, 8])
        let before = model.weights.last!.value.scalars
        try model.fit(Self.x, Self.y, sampleWeight: perLabel, verbose: 0)
        let after = model.weights.last!.value.scalars
        #expect(before[2] == after[2])
        #expect(before[0] != after[0] && before[3] != after[3])
    }

    @Test func classWeightsCountWhereTheLabelIs() throws {
        func loss(_ classWeight: [Int: Float]?, _ sampleWeight: Tensor?) throws -> Double {
            let model = tagger()
            model.compile(optimizer: .sgd(learningRate: 0), loss: .binaryCrossentropy)
            return try model.fit(Self.x, Self.y, sampleWeight: sampleWeight, classWeight: classWeight, verbose: 0)["loss"][0]
        }
        let byHand = 1 + Self.y * Tensor([4, 0, 0, 0])
        let (weighted, expected, plain) = (try loss([0: 5], nil), try loss(nil, byHand), try loss(nil, nil))
        #expect((weighted - expected).magnitude < 1e-6)
        #expect((weighted - plain).magnitude > 1e-3)
    }

    /// Keras 3.15 takes a weight a label for a weight a sample, transposed, when there are as many samples as labels.
    @Test func weightsForLabelsOfASquareBatch() throws {
        let (x, y) = (Self.x[0..<4], Self.y[0..<4])
        let weights = Tensor((0..<16).map { Float($0 * $0 % 7) + 0.5 }, shape: [4, 4])
        let model = tagger()
        model.compile(optimizer: .sgd(learningRate: 0), loss: .binaryCrossentropy)
        let p = try model.predict(x)
        let losses = zip(zip(p.scalars, y.scalars), weights.scalars).map { pair, weight in
            Double(-(pair.1 == 1 ? Tensor(pair.0) : Tensor(1 - pair.0)).log().scalar * weight)
        }
        let expected = losses.reduce(0, +) / 16
        func close(_ found: Double?) -> Bool { ((found ?? .nan) - expected).magnitude < 1e-5 }
        for batchSize in [1, 2, 4] {
            let history = try model.fit(
                x, y, batchSize: batchSize, validationData: (x, y), validationWeight: weights, sampleWeight: weights,
                verbose: 0)
            #expect(close(history["loss"][0]) && close(history["val_loss"][0]))
            #expect(close(try model.evaluate(x, y, batchSize: batchSize, sampleWeight: weights, verbose: 0)["loss"]))
        }
        // The last rows of a split keep their own weights.
        let both = try model.fit(
            x.gathered([0, 1, 2, 3, 0, 1, 2, 3]), Tensor.concatenated([y, y]), validationSplit: 0.5,
            sampleWeight: Tensor.concatenated([.ones([4, 4]), weights]), verbose: 0)
        #expect(close(both["val_loss"][0]) && !close(both["loss"][0]))
    }

    @Test func classWeightsAreForTrainingAlone() throws {
        func losses(_ classWeight: [Int: Float]?) throws -> History {
            let model = tagger()
            model.compile(optimizer: .sgd(learningRate: 0), loss: .binaryCrossentropy)
            return try model.fit(Self.x, Self.y, validationSplit: 0.5, classWeight: classWeight, verbose: 0)
        }
        let (weighted, plain) = (try losses([0: 5]), try losses(nil))
        #expect(weighted["val_loss"] == plain["val_loss"] && weighted["loss"] != plain["loss"])
    }

    /// All positives stay, and the mean of many draws is the whole loss.
    @Test func aShareOfTheNegativesHasTheSameExpectation() throws {
        let model = tagger()
        model.compile(optimizer: .sgd(learningRate: 0), loss: .binaryCrossentropy, metrics: [.accuracy])
        let whole = try model.fit(Self.x, Self.y, verbose: 0)
        let drawn = try model.fit(Self.x, Self.y, epochs: 400, negativeShare: 0.25, verbose: 0)
        let mean = drawn["loss"].reduce(0, +) / 400
        let spread = drawn["loss"].map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 399
        // Four standard errors of the mean.
        #expect((mean - whole["loss"][0]).magnitude < 4 * (spread / 400).squareRoot() + 1e-6)
        #expect(spread > 1e-5)
        #expect(drawn["accuracy"].allSatisfy { $0 == whole["accuracy"][0] })
        // Dropping negatives without their weights would be found out.
        #expect((mean * 0.5 - whole["loss"][0]).magnitude > 4 * (spread / 400).squareRoot())

        let onlyPositives = Tensor.ones([60, 4])
        let all = try model.fit(Self.x, onlyPositives, verbose: 0)["loss"]
        #expect(try model.fit(Self.x, onlyPositives, negativeShare: 0.01, verbose: 0)["loss"] == all)
        let again = try model.fit(Self.x, Self.y, epochs: 3, negativeShare: 0.25, verbose: 0)["loss"]
        #expect(Array(drawn["loss"].prefix(3)) == again)
        let weights = Tensor((0..<60).map { Float($0 % 3) })
        let perLabel = weights.reshaped([60, 1]) * Tensor.ones([60, 4])
        #expect(
            try model.fit(Self.x, Self.y, sampleWeight: weights, negativeShare: 0.5, verbose: 0)["loss"]
                == model.fit(Self.x, Self.y, sampleWeight: perLabel, negativeShare: 0.5, verbose: 0)["loss"])
        refused("negativeShare is 0") { try model.fit(Self.x, Self.y, negativeShare: 0, verbose: 0) }
        model.compile(loss: .categoricalCrossentropy)
        refused("no negatives") { try model.fit(Self.x, Self.y, negativeShare: 0.5, verbose: 0) }
    }

    @Test func accuracyMeansEachLabelAndArgmaxIsThereByName() throws {
        let model = tagger()
        model.compile(loss: .binaryCrossentropy, metrics: [.accuracy, .categoricalAccuracy])
        let logs = try model.evaluate(Self.x, Self.y, verbose: 0)
        let p = try model.predict(Self.x)
        let agree = zip(p.scalars, Self.y.scalars).filter { ($0 > 0.5) == ($1 == 1) }.count
        #expect((logs["accuracy"]! - Double(agree) / 240).magnitude < 1e-6)
        #expect(logs["categorical_accuracy"] != nil)
    }

    @Test func sparseTargetsEqualDenseOnes() throws {
        let rows = (0..<60).map { i in (0..<4).filter { Self.y[i, $0] == 1 }.map(Int32.init) }
        let sparse = tagger()
        let a = try sparse.fit(Self.x, SparseMatrix(ones: rows, columnCount: 4), epochs: 2, verbose: 0)
        let b = try tagger().fit(Self.x, Self.y, epochs: 2, verbose: 0)
        #expect(a["loss"] == b["loss"])
    }

    /// The work is cut differently for each number of threads, and every bit is the same. In a process of its own, because
    /// all tests share the threads.
    @Test func threadsChangeNoBit() async {
        await #expect(processExitsWith: .success) {
            func trained(threads: Int, seed: UInt64 = 3) throws -> [Tensor] {
                Parallel.threadCount = threads
                var random = RandomSource(seed: 9)
                let x = Indices((0..<64 * 40).map { _ in Int32(random.integer(below: 900)) }, shape: [64, 40])
                let y = Tensor((0..<64 * 20).map { _ in Float(random.integer(below: 2)) }, shape: [64, 20])
                let model = Sequential(
                    [
                        Embedding(inputDim: 900, outputDim: 96), GlobalMaxPool1D(), Dense(48, activation: .relu), Dropout(0.2),
                        Dense(20, activation: .sigmoid),
                    ], seed: seed)
                model.compile(optimizer: .adam(), loss: .binaryCrossentropy)
                try model.fit(x, y, epochs: 4, batchSize: 32, verbose: 0)
                return model.weights.map(\.value) + [try model.predict(x)]
            }
            let one = try trained(threads: 1)
            for threads in [2, 3, 5, 8] {
                guard try trained(threads: threads) == one else { fatalError("\(threads) threads change the result") }
            }
            guard try trained(threads: 2, seed: 4) != one else { fatalError("the comparison can't fail") }
        }
    }

    /// From the third step on no memory is asked of the system: every buffer is a recycled one. In a process of its own,
    /// because all tests share the pool.
    @Test func trainingStopsAllocatingBuffers() async {
        await #expect(processExitsWith: .success) {
            let model = FitTests().tagger(dropout: 0.2)
            var counts: [Int] = []
            try model.fit(
                FitTests.x[0..<56], FitTests.y[0..<56], epochs: 6, batchSize: 8, verbose: 0,
                callbacks: [.closures(onTrainBatchEnd: { _, _ in counts.append(BufferPool.shared.systemAllocations) })])
            // Both: the pool works, and it is really asked.
            guard counts[2] == counts.last!, counts[0] > 0 else { fatalError("allocations after each batch: \(counts)") }
        }
    }

    /// The same with losses that weigh each label, and with negatives drawn for each batch.
    @Test func lossesOfRareLabelsStopAllocatingBuffers() async {
        await #expect(processExitsWith: .success) {
            let (x, y) = (FitTests.x[0..<56], FitTests.y[0..<56])
            let losses: [Loss] = [
                .distributionBalanced(positiveCounts: y.positiveCounts(), sampleCount: 56), .asymmetric,
                .classBalanced(positiveCounts: y.positiveCounts(), gamma: 1),
            ]
            for loss in losses {
                let model = FitTests().tagger()
                model.compile(optimizer: .adam(), loss: loss)
                var counts: [Int] = []
                try model.fit(
                    x, y, epochs: 6, batchSize: 8, classWeight: [0: 2], negativeShare: 0.5, verbose: 0,
                    callbacks: [
                        .closures(onTrainBatchEnd: { _, _ in counts.append(BufferPool.shared.systemAllocations) })
                    ])
                guard counts[2] == counts.last!, counts[0] > 0 else { fatalError("allocations: \(counts)") }
            }
        }
    }

    // MARK: What is refused

    private func refused(_ part: String, at line: SourceLocation = #_sourceLocation, _ body: () throws -> Void) {
        #expect(sourceLocation: line) { try body() } throws: { error in "\(error)".contains(part) }
    }

    @Test func badCallsAreRefusedWithReasons() throws {
        let model = tagger()
        let (x, y) = (Self.x, Self.y)
        refused("not compiled") { try Sequential([Dense(1)]).fit(y, y, verbose: 0) }
        refused("60 samples, y has 59") { try model.fit(x, y[0..<59], verbose: 0) }
        refused("no samples") { try model.fit(x[0..<0], y[0..<0], verbose: 0) }
        refused("(None, 3)") { try model.fit(x, Tensor.zeros([60, 3]), verbose: 0) }
        refused("validationSplit") { try model.fit(x, y, validationSplit: 1, verbose: 0) }
        refused("leaves 0") { try model.fit(x[0..<10], y[0..<10], validationSplit: 0.95, verbose: 0) }
        refused("batch size") { try model.fit(x, y, batchSize: 0, verbose: 0) }
        refused("both given") {
            try model.fit(x, y, sampleWeight: .ones([60]), classWeight: [0: 1], verbose: 0)
        }
        refused("sampleWeight has the shape [7]") { try model.fit(x, y, sampleWeight: .ones([7]), verbose: 0) }
        refused("names the class 9") { try model.fit(x, y, classWeight: [9: 1], verbose: 0) }
    }

    @Test func badDataAreRefusedWithTheirPlace() throws {
        let model = tagger()
        var y = Self.y
        y[41, 2] = Float.nan
        refused("y holds a NaN or an infinity in sample 41") { try model.fit(Self.x, y, verbose: 0) }
        var x = Self.x
        x[12, 3] = 50
        refused("token id 50 in row 12, position 3, is outside 0..<50") {
            try model.fit(x, Self.y, batchSize: 60, shuffle: false, verbose: 0)
        }
        x[12, 3] = -1
        refused("token id -1") { _ = try model.predict(x) }
        refused("built for inputs (None, 8), not (None, 9)") { _ = try model.predict(Indices([[Int32](repeating: 1, count: 9)])) }
    }

    @Test func shapesThatDoNotFitAreRefusedByBuild() throws {
        refused("GlobalMaxPooling1D") { try Sequential([GlobalMaxPool1D(), Dense(1)]).build(inputShape: [nil, 8]) }
        refused("known number of features") { try Sequential([Dense(1)]).build(inputShape: [nil, nil]) }
        refused("2 weights were given, it has 5") {
            let model = tagger()
            try model.build(inputShape: [nil, 8])
            try model.setWeights([Tensor(1), Tensor(2)])
        }
    }

    @Test func predictingNothingGivesNothing() throws {
        let model = tagger()
        _ = try model.predict(Self.x)
        #expect(try model.predict(Self.x[0..<0]).shape == [0, 4])
    }
}
