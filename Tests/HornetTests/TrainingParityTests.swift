import Hornet
import HornetModelFiles
import HornetTestSupport
import Testing

/// Two hundred batches from Keras' initial weights, on the same data in the same order: losses, weights and predictions
/// follow Keras. The goldens come from `Tests/Oracles/training.py`.
@Suite struct TrainingParityTests {
    private struct Golden {
        private let tensors: [String: Tensor]

        init(_ name: String) throws {
            let file = try SafetensorsFile(path: Fixture.path("training_\(name).safetensors"))
            tensors = Dictionary(uniqueKeysWithValues: file.tensors.map { ($0.name, $0.tensor) })
        }

        subscript(name: String) -> Tensor { tensors[name]! }
        /// By their roles, or numbered.
        func weights(_ when: String) -> [Tensor] {
            let roles = ["embeddings", "hidden_kernel", "hidden_bias", "output_kernel", "output_bias"]
            let names = tensors[when + "/0"] == nil ? roles : (0..<tensors.count).map(String.init)
            return names.compactMap { tensors[when + "/" + $0] }
        }
        var x: Indices { Indices(self["x"].scalars.map { Int32($0) }, shape: self["x"].shape) }
    }

    /// `‖a − b‖ / ‖b‖`. Not the worst element: where a gradient is rounding noise, Adam makes steps of it, and Keras
    /// itself is as far from float64 there as Hornet is.
    private func relativeError(_ a: Tensor, _ b: Tensor) -> Double {
        guard a.shape == b.shape else { return .infinity }
        let difference = zip(a.scalars, b.scalars).reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
        return (difference / b.scalars.reduce(0) { $0 + Double($1) * Double($1) }).squareRoot()
    }

    private typealias Errors = (losses: Double, weights: Double, predictions: Double)

    private func run(_ name: String, _ optimizer: Optimizer, masked: Bool = false, nudge: Float = 0) throws -> Errors {
        let pooling = masked ? GlobalAveragePooling1D() : GlobalMaxPool1D()
        let layers = [
            Embedding(inputDim: 300, outputDim: 16, maskZero: masked), pooling, Dense(12, activation: .relu),
            Dense(7, activation: .sigmoid),
        ]
        return try run(name, optimizer, layers, nudge: nudge)
    }

    private func run(_ name: String, _ optimizer: Optimizer, _ layers: [Layer], nudge: Float = 0) throws -> Errors {
        try run(name, optimizer, Sequential(layers), nudge: nudge)
    }

    private func run(_ name: String, _ optimizer: Optimizer, _ model: Model, nudge: Float = 0) throws -> Errors {
        let golden = try Golden(name)
        try model.build(inputShape: Shape([nil] + golden.x.sampleShape))
        var before = golden.weights("before")
        if nudge != 0 { before[1][0, 0] += nudge }
        try model.setWeights(before)
        model.compile(optimizer: optimizer, loss: .binaryCrossentropy)
        let losses = BatchLosses()
        // 200 batches of 32.
        let epochs = 200 * 32 / golden.x.sampleCount
        try model.fit(
            golden.x, golden["y"], epochs: epochs, batchSize: 32, shuffle: false, verbose: 0, callbacks: [losses.recorder])
        let predictions = try model.predict(golden.x[0..<64])
        return (
            relativeError(Tensor(losses.values), golden["losses"]),
            zip(model.weights, golden.weights("after")).map { relativeError($0.value, $1) }.max()!,
            relativeError(predictions, golden["predictions"])
        )
    }

    @Test(arguments: ["adam", "adam_masked", "sgd_nesterov", "rmsprop"])
    func followsKerasForTwoHundredBatches(_ name: String) throws {
        let optimizer: Optimizer =
            switch name {
            case "adam": .adam()
            case "adam_masked": .adam(learningRate: 0.01)
            case "sgd_nesterov": .sgd(learningRate: 0.05, momentum: 0.9, nesterov: true)
            default: .rmsprop(clipping: .norm(0.01))
            }
        expectSmall(try run(name, optimizer, masked: name == "adam_masked"), name)
    }

    private func expectSmall(_ errors: Errors, _ name: String) {
        print("training_\(name): losses \(errors.losses), weights \(errors.weights), predictions \(errors.predictions)")
        #expect(errors.losses < 1e-5)
        #expect(errors.weights < 1e-5)
        #expect(errors.predictions < 1e-5)
    }

    private func recurrentLayers(_ name: String) -> [Layer] {
        let reader: Layer =
            switch name {
            case "gru_masked": GRU(12)
            case "gru_reset_before_masked": GRU(12, resetAfter: false)
            case "bidirectional_lstm_masked": Bidirectional(LSTM(8))
            default: LSTM(12)
            }
        let embedding = Embedding(inputDim: 120, outputDim: 8, maskZero: name != "lstm")
        return [embedding, reader, Dense(7, activation: .sigmoid)]
    }

    @Test(arguments: ["lstm", "lstm_masked", "gru_masked", "gru_reset_before_masked", "bidirectional_lstm_masked"])
    func recurrentLayersFollowKeras(_ name: String) throws {
        expectSmall(try run(name, .adam(learningRate: 0.005), recurrentLayers(name)), name)
    }

    private func branching(inOrder: Bool = true) throws -> Model {
        let ids = Input(shape: [12])
        let words = Embedding(inputDim: 120, outputDim: 8, maskZero: true)(ids)
        let (loudest, read) = (GlobalMaxPool1D()(words), LSTM(8)(words))
        let shared = Dense(6, activation: .tanh)
        let product = Multiply()([loudest, read])
        let merged = Concatenate()(inOrder ? [shared(loudest), shared(read), product] : [shared(read), shared(loudest), product])
        return try Model(inputs: ids, outputs: Dense(7, activation: .sigmoid)(merged))
    }

    @Test func aModelThatBranchesFollowsKeras() throws {
        expectSmall(try run("branching", .adam(learningRate: 0.005), branching()), "branching")
        let errors = try run("branching", .adam(learningRate: 0.005), branching(inOrder: false))
        #expect(errors.losses > 1e-5)
    }

    /// Two inputs that share an embedding, two outputs, their losses weighted.
    private func runEnds(lossWeights: [Float]) throws -> Errors {
        let golden = try Golden("ends")
        let x: [any ModelData] = ["x_0", "x_1"].map { name in
            Indices(golden[name].scalars.map { Int32($0) }, shape: golden[name].shape)
        }
        let (text, title) = (Input(shape: [12]), Input(shape: [6]))
        let words = Embedding(inputDim: 120, outputDim: 8, maskZero: true)
        let both = Concatenate()([LSTM(8)(words(text)), GlobalAveragePooling1D()(words(title))])
        let hidden = Dense(10, activation: .tanh)(both)
        let model = try Model(inputs: [text, title], outputs: [Dense(7, activation: .sigmoid)(hidden), Dense(1)(hidden)])
        try model.setWeights(golden.weights("before"))
        try model.compile(
            optimizer: .adam(learningRate: 0.005), losses: [.binaryCrossentropy, .meanSquaredError], lossWeights: lossWeights)
        let losses = BatchLosses()
        try model.fit(
            x, [golden["y_0"], golden["y_1"]], epochs: 20, batchSize: 32, shuffle: false, verbose: 0, callbacks: [losses.recorder])
        let predictions = try model.predict(x.map { ($0 as! Indices)[0..<64] })
        return (
            relativeError(Tensor(losses.values), golden["losses"]),
            zip(model.weights, golden.weights("after")).map { relativeError($0.value, $1) }.max()!,
            zip(predictions, ["predictions_0", "predictions_1"]).map { relativeError($0, golden[$1]) }.max()!
        )
    }

    @Test func aModelWithTwoInputsAndTwoOutputsFollowsKeras() throws {
        expectSmall(try runEnds(lossWeights: [1, 0.25]), "ends")
        #expect(try runEnds(lossWeights: [1, 0.3]).weights > 1e-5)
    }

    private func convolutionLayers(_ name: String) -> [Layer] {
        let readers: [Layer] =
            switch name {
            case "convolution": [Conv1D(12, kernelSize: 4, activation: .relu), GlobalMaxPool1D()]
            case "convolutions":
                [
                    Conv1D(12, kernelSize: 3, padding: .same, activation: .tanh, useBias: false),
                    BatchNormalization(momentum: 0.9), MaxPooling1D(), Conv1D(10, kernelSize: 3, padding: .causal, dilationRate: 2, activation: .tanh),
                    AveragePooling1D(poolSize: 3), Flatten(),
                ]
            default:
                [
                    BatchNormalization(momentum: 0.9), Dense(12, activation: .tanh), LayerNormalization(),
                    GlobalAveragePooling1D(),
                ]
            }
        let embedding = Embedding(inputDim: 120, outputDim: 8, maskZero: name.hasSuffix("masked"))
        return [embedding] + readers + [Dense(7, activation: .sigmoid)]
    }

    @Test(arguments: ["convolution", "convolutions", "normalization_masked"])
    func convolutionAndNormalizationFollowKeras(_ name: String) throws {
        let optimizer: Optimizer =
            name == "convolutions" ? .sgd(learningRate: 0.02, momentum: 0.9) : .adam(learningRate: 0.005)
        expectSmall(try run(name, optimizer, convolutionLayers(name)), name)
    }

    /// A mask that is not used shows in all three.
    @Test func aMissingMaskIsNoticed() throws {
        let errors = try run("lstm_masked", .adam(learningRate: 0.005), recurrentLayers("lstm"))
        #expect(errors.losses > 1e-5)
        #expect(errors.weights > 1e-5)
        #expect(errors.predictions > 1e-5)
    }

    /// The comparison can fail: a nudge of one initial weight shows in all three.
    @Test func aNudgedWeightIsNoticed() throws {
        let errors = try run("adam", .adam(), nudge: 0.01)
        #expect(errors.losses > 1e-5)
        #expect(errors.weights > 1e-5)
        #expect(errors.predictions > 1e-5)
    }
}

/// The loss of each batch: logs hold the mean of those so far.
private final class BatchLosses {
    private(set) var values: [Float] = []
    private var total = 0.0

    var recorder: Callback {
        .closures(
            onEpochBegin: { _ in self.total = 0 },
            onTrainBatchEnd: { batch, logs in
                let sum = logs["loss"]! * Double(batch + 1)
                self.values.append(Float(sum - self.total))
                self.total = sum
            })
    }
}
