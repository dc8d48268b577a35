import Hornet
import HornetModelFiles
import HornetSupport
import HornetTestSupport
import Testing

/// Models that Keras saved (`Tests/Oracles/keras_files.py`): they predict what they predicted there, and their training
/// goes on as it would have.
@Suite struct KerasFilesTests {
    private static let expectations = Fixture.json("keras/models.json")
    private static let keras2 = Fixture.json("keras/keras2.json")

    private struct Expected {
        let x: any ModelData
        let y: Tensor
        let predictions: Tensor
        let layers: [String]
        let iterations: Int
        let losses: [Double]?

        init(_ name: String) throws {
            let entries = try [expectations, keras2].compactMap { try $0.member("models").optional(name) }
            let entry = entries[0]
            let isInteger = try entry.member("x").member("data").array().allSatisfy { (try? $0.int()) != nil }
            x = isInteger ? try entry.member("x").indices() : try entry.member("x").tensor()
            y = try entry.member("y").tensor()
            predictions = try entry.member("predictions").tensor()
            layers = try entry.member("layers").strings()
            iterations = try entry.member("iterations").int()
            losses = try entry.optional("losses")?.doubles()
        }
    }

    /// All models in all forms that there are fixtures of.
    static let whole = [
        "every_layer.keras", "every_layer.h5", "adam.keras", "adam.h5", "functional.keras", "functional.h5",
        "branching.keras", "branching.h5", "windows.keras", "windows.h5",
        "features.keras", "features.h5", "sgd.keras", "amsgrad.keras", "adamw.keras", "adagrad.keras", "adadelta.keras",
        "adamax.keras", "lion.keras", "keras2_recurrent.h5", "keras2_recurrent.keras", "keras2_adam.h5", "keras2_adam.keras",
        "keras2_functional.h5", "keras2_functional.keras", "keras2_old_adam.h5", "keras2_old_rmsprop.h5",
        "keras2_old_sgd.h5", "keras2_nadam.h5", "keras2_adamax.h5", "keras2_adadelta.h5", "keras2_adagrad.h5",
    ]

    private func expected(_ file: String) throws -> Expected {
        try Expected(String(file.prefix { $0 != "." }))
    }

    private func predictions(_ model: Model, _ x: any ModelData) throws -> Tensor {
        if let ids = x as? Indices { return try model.predict(ids) }
        return try model.predict(x as! Tensor)
    }

    private func losses(_ model: Model, _ expected: Expected) throws -> [Double] {
        func fit(_ x: some ModelData) throws -> History {
            try model.fit(x, expected.y, epochs: 3, batchSize: 4, shuffle: false, verbose: 0)
        }
        let history = if let ids = expected.x as? Indices { try fit(ids) } else { try fit(expected.x as! Tensor) }
        return history["loss"]
    }

    @Test(arguments: whole) func kerasModelsPredictAndTrainOn(_ file: String) throws {
        let expected = try expected(file)
        let (model, warnings) = try Warning.collected { try Model.load(Fixture.path("keras/" + file)) }
        #expect(warnings.isEmpty)
        #expect(model.layers.map(\.name) == expected.layers)
        expectClose(try predictions(model, expected.x), expected.predictions, relative: 1e-6, absolute: 1e-7, file)
        #expect(model.optimizer?.iterations == expected.iterations)
        guard let kerasLosses = expected.losses else { return }
        let losses = try losses(model, expected)
        expectClose(
            Tensor(losses.map { Float($0) }), Tensor(kerasLosses.map { Float($0) }), relative: 1e-5, absolute: 0, file)
    }

    /// The same as old versions wrote it, and packed: texts of fixed length, 64-bit floats in chunks, gzip, checksums.
    @Test func repackedFilesAreRead() throws {
        let expected = try Expected("adam")
        let model = try Sequential.load(Fixture.path("keras/adam_repacked.h5"))
        expectClose(try predictions(model, expected.x), expected.predictions, relative: 1e-6, absolute: 1e-7)
        #expect(model.optimizer?.iterations == expected.iterations)
    }

    /// Files of weights, and the weights of whole models, for a model made here.
    @Test(arguments: [
        "every_layer.weights.h5", "every_layer.keras", "every_layer.h5", "keras2_recurrent.weights.h5",
        "keras2_recurrent_weights.h5", "keras2_recurrent.keras", "adam.weights.h5", "features.weights.h5",
        "functional.weights.h5", "branching.weights.h5", "branching.h5", "windows.weights.h5",
    ])
    func weightsAreTaken(_ file: String) throws {
        let name = String(file.prefix { $0 != "." }).split(separator: "_weights")[0]
        let expected = try Expected(String(name))
        // The same layers with other weights: those of a model that was trained on.
        let model = try Model.load(Fixture.path("keras/\(name).keras"))
        let weights = model.weights.map(\.value)
        try model.setWeights(weights.map { $0 + 1 })
        model.compile(optimizer: .adam(learningRate: 0.01), loss: .binaryCrossentropy)
        try Warning.handled(by: { _ in }) { try model.loadWeights(Fixture.path("keras/" + file)) }
        #expect(model.weights.map(\.value) == weights)
        expectClose(try predictions(model, expected.x), expected.predictions, relative: 1e-6, absolute: 1e-7, file)
        let other = Sequential([Dense(2)])
        try other.build(inputShape: [nil, 3])
        #expect(throws: HornetError.self) { try other.loadWeights(Fixture.path("keras/" + file)) }
        if file.hasSuffix("weights.h5") {
            #expect { try Sequential.load(Fixture.path("keras/" + file)) } throws: {
                "\($0)".contains("it holds weights and no model")
            }
        }
    }

    @Test(arguments: [
        "refused_layer", "refused_regularizer", "refused_activation", "refused_precision", "refused_stateful",
        "refused_states", "refused_inner",
    ])
    func whatIsNotSupportedIsNamed(_ name: String) throws {
        let words = try KerasFilesTests.expectations.member("refused").member(name).member("words").strings()
        #expect { try Model.load(Fixture.path("keras/\(name).keras")) } throws: { error in
            words.allSatisfy { "\(error)".contains($0) }
        }
    }

    /// Endings mean nothing when a file is read.
    @Test func theFirstBytesSayWhatAFileIs() throws {
        let folder = TemporaryFolder()
        let model = try Sequential.load(Fixture.path("keras/adam.keras"))
        for (ending, misleading) in [(".keras", "a.h5"), (".h5", "b.keras"), (".safetensors", "c.h5"), (".keras", "d")] {
            try model.save(folder.file("model" + ending))
            let path = folder.file(misleading)
            try writeAtomically(to: path) { writer in
                try MappedFile(path: folder.file("model" + ending)).withUnsafeBytes { try writer.write($0) }
            }
            #expect(try Sequential.load(path).weights.map(\.value) == model.weights.map(\.value))
        }
    }

    /// A loss, a metric or an optimizer that is not known leaves the model uncompiled, and a warning says which.
    @Test(arguments: [
        (#""BinaryCrossentropy""#, #""Tversky""#, "there is no loss called Tversky"),
        (#""F1Score""#, #""R2Score""#, "there is no metric called R2Score"),
        (#""Adam""#, #""Ftrl""#, "there is no optimizer called Ftrl"),
        (#""use_ema": false"#, #""use_ema": true"#, "use_ema is not supported"),
    ])
    func unknownCompilationsAreLeftOut(_ old: String, _ new: String, _ reason: String) throws {
        let folder = TemporaryFolder()
        let source = Sequential([Dense(1, activation: .sigmoid)])
        try source.build(inputShape: [nil, 2])
        source.compile(optimizer: .adam(), loss: .binaryCrossentropy, metrics: [.f1()])
        try source.save(folder.file("model.keras"))
        let archive = try ZipArchive(MappedFile(path: folder.file("model.keras")))
        let config = String(decoding: try archive.bytes(of: "config.json")!, as: UTF8.self)
        let parts = config.split(separator: old, omittingEmptySubsequences: false)
        #expect(parts.count == 2)
        let changed = StoredZip.archive([
            ("config.json", Array(parts.joined(separator: new).utf8)),
            ("model.weights.h5", try archive.bytes(of: "model.weights.h5")!),
        ])
        try writeAtomically(to: folder.file("changed.keras")) { try $0.write(changed) }
        let (model, warnings) = try Warning.collected { try Sequential.load(folder.file("changed.keras")) }
        #expect(model.optimizer == nil)
        #expect(warnings.count == 1 && warnings[0].description.contains(reason))
        #expect(model.weights.map(\.value) == source.weights.map(\.value))
    }

    /// What Keras does not have is left out of the file, and a warning says so.
    @Test func whatKerasDoesNotHaveIsLeftOutWithAWarning() throws {
        let folder = TemporaryFolder()
        let model = Sequential([Dense(1)])
        try model.build(inputShape: [nil, 2])
        func warnings(_ compile: () -> Void) throws -> String {
            compile()
            let warnings = try Warning.collected { try model.save(folder.file("model.keras")) }.warnings
            return warnings.map(\.description).joined(separator: "\n")
        }
        let metrics = try warnings { model.compile(optimizer: .sgd(), loss: .meanSquaredError, metrics: [.hammingLoss()]) }
        #expect(metrics.contains("Keras has no metric like hamming_loss (HammingLoss)"))
        #expect(try Sequential.load(folder.file("model.keras")).optimizer != nil)
        let own = Loss.custom("mine") { y, p in (y - p).squared().mean(axes: [-1]) }
        let loss = try warnings { model.compile(optimizer: .sgd(), loss: own) }
        #expect(loss.contains("the loss mine is your own"))
        #expect(try Sequential.load(folder.file("model.keras")).optimizer == nil)
        let asymmetric = try warnings { model.compile(optimizer: .sgd(), loss: .asymmetric) }
        #expect(asymmetric.contains("the loss asymmetric_loss is none of Keras'"))
        let focal = Loss.binaryFocalCrossentropy(applyClassBalancing: true, alpha: 0.5, gamma: 3, labelSmoothing: 0.125)
        #expect(try warnings { model.compile(optimizer: .sgd(), loss: focal) } == "")
        #expect(try Sequential.load(folder.file("model.keras")).optimizer != nil)
        let falling = LearningRate.schedule { 1 / Float($0 + 1) }
        let rate = try warnings { model.compile(optimizer: .sgd(learningRate: falling), loss: .meanSquaredError) }
        #expect(rate.contains("learning rate follows a function of your own"))
        let slashed = Sequential([Dense(1, name: "a/b")])
        try slashed.build(inputShape: [nil, 2])
        // Keras' layers have no such names.
        try slashed.save(folder.file("slashed.h5"))
        #expect(try Sequential.load(folder.file("slashed.h5")).layers[0].name == "a_b")
    }

    /// A file is read by a process that is forked, which OpenBLAS' threads do not survive.
    @Test(.timeLimit(.minutes(5))) func filesAreReadBesideMatrixProducts() async throws {
        var random = RandomSource(seed: 1)
        let matrix = Tensor.normal([600, 600], standardDeviation: 1, using: &random)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for _ in 0..<40 { _ = try Model.load(Fixture.path("keras/adam.h5")) }
            }
            group.addTask {
                for _ in 0..<40 { _ = try matrix.matmul(matrix).qr() }
            }
            try await group.waitForAll()
        }
    }
}
