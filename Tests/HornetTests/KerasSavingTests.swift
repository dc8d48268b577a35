import Hornet
import HornetSupport
import HornetTestSupport
import Testing

/// Models that are saved in Keras' forms: they come back as they were, and Keras itself opens them.
@Suite struct KerasSavingTests {
    private struct Case {
        let name: String
        let model: Model
        let x: any ModelData
        let y: Tensor

        init(
            _ name: String, _ layers: [Layer], _ optimizer: Optimizer?, loss: Loss = .binaryCrossentropy,
            metrics: [Metric] = [.accuracy]
        ) {
            self.init(Sequential(layers, name: name, seed: 7), optimizer, loss: loss, metrics: metrics)
        }

        init(_ model: Model, _ optimizer: Optimizer?, loss: Loss = .binaryCrossentropy, metrics: [Metric] = [.accuracy]) {
            name = model.name
            self.model = model
            // Padded at the beginning.
            var ids: [Int32] = []
            var labels: [Float] = []
            for row in 0..<12 {
                for step in 0..<5 { ids.append(row + step < 4 ? 0 : Int32((row * 5 + step * 7) % 20)) }
                for label in 0..<2 { labels.append(row % (label + 2) == 0 ? 1 : 0) }
            }
            x = Indices(ids, shape: [12, 5])
            y = Tensor(labels, shape: [12, 2])
            if let optimizer { model.compile(optimizer: optimizer, loss: loss, metrics: metrics) }
        }

        /// Features as input instead of ids.
        init(features name: String, _ layers: [Layer], _ optimizer: Optimizer, loss: Loss) {
            self.init(features: Sequential(layers, name: name, seed: 7), optimizer, loss: loss)
        }

        init(features model: Model, _ optimizer: Optimizer, loss: Loss) {
            name = model.name
            self.model = model
            var random = RandomSource(seed: 3)
            x = Tensor.uniform([12, 5, 2], low: -1, high: 1, using: &random)
            let classes: [Float] = [0, 1, 1, 0]
            y = Tensor((0..<24).map { classes[$0 % 4] }, shape: [12, 2])
            model.compile(optimizer: optimizer, loss: loss, metrics: [.accuracy, .topKCategoricalAccuracy(k: 1)])
        }

        func fit(epochs: Int) throws -> [Double] {
            func fit(_ x: some ModelData) throws -> [Double] {
                try model.fit(x, y, epochs: epochs, batchSize: 4, shuffle: false, verbose: 0)["loss"]
            }
            return try fit(x)
        }

        func predictions(_ other: Model? = nil) throws -> Tensor {
            if let ids = x as? Indices { return try (other ?? model).predict(ids) }
            return try (other ?? model).predict(x as! Tensor)
        }
    }

    private static func small() -> [Layer] {
        [
            Embedding(inputDim: 20, outputDim: 3, maskZero: true), GlobalAveragePooling1D(),
            Dense(3, activation: .tanh, name: "mitte"), Dense(2, activation: .sigmoid),
        ]
    }

    private static func branching() -> Model {
        let ids = Input(shape: [5], name: "worte")
        let words = Embedding(inputDim: 20, outputDim: 3, maskZero: true)(ids)
        let (loudest, read) = (GlobalMaxPool1D()(words), LSTM(3)(words))
        let shared = Dense(2, activation: .tanh, name: "geteilt")
        let all = Concatenate()([shared(loudest), shared(read), Multiply()([loudest, read])])
        return try! Model(inputs: ids, outputs: Dense(2, activation: .sigmoid)(all), name: "branching", seed: 7)
    }

    /// The layers of windows, norms and shapes, and those that merge.
    private static func windows() -> Model {
        let x = Input(shape: [5, 2])
        let narrow = Conv1D(4, kernelSize: 2, padding: .causal, dilationRate: 2, groups: 2, activation: .tanh)(x)
        let y = Conv1D(4, kernelSize: 3, strides: 2, padding: .same, useBias: false)(narrow)
        let normal = BatchNormalization(momentum: 0.9)(AveragePooling1D(poolSize: 2, strides: 1)(y))
        let layered = LayerNormalization(epsilon: 0.01)(MaxPooling1D(poolSize: 2, strides: 1)(y))
        let merges: [MergeLayer] = [Add(), Subtract(), Multiply(), Average(), Maximum(), Minimum()]
        let merged = Concatenate(axis: 1)(merges.map { $0([normal, layered]) })
        let flat = Flatten()(Reshape([-1, 2])(Permute([2, 1])(merged)))
        let repeated = RepeatVector(2)(Dense(3, activation: .softsign)(flat))
        let tags = Dense(2, activation: .sigmoid)(GlobalAveragePooling1D()(repeated))
        return try! Model(inputs: x, outputs: tags, name: "windows", seed: 7)
    }

    /// A layer that Keras has not got, and the one that stands for it there.
    private static func sparse() -> Case {
        let kernel = SparseMatrix(ones: [[0], [], [1, 2], [2], [], [0, 1], [], [], [1], [0]], columnCount: 3) * 0.3
        let layer = SparseDense(kernel: kernel, bias: [0.1, -0.2, 0.3], activation: .tanh, name: "linear")
        return Case(
            features: "sparse", [Flatten(), layer, Dense(2, activation: .sigmoid)], .adam(learningRate: 0.01),
            loss: .binaryCrossentropy)
    }

    private static func cases() -> [Case] {
        [
            Case(
                "every_layer",
                [
                    Embedding(inputDim: 20, outputDim: 3, maskZero: true), SpatialDropout1D(0),
                    Bidirectional(LSTM(2, returnSequences: true), mergeMode: .ave),
                    GRU(3, activation: .softsign, returnSequences: true, goBackwards: true),
                    Dense(3, activation: .relu, useBias: false, name: "mitte"), SimpleRNN(2, returnSequences: true),
                    Flatten(), Dropout(0), Dense(2), Activation(.sigmoid, name: "ausgabe"),
                ], .adam(learningRate: 0.01),
                metrics: [
                    .accuracy, .f1(average: .macro), .precision, .recall(topK: 1), .auc(curve: .precisionRecall),
                    .binaryCrossentropy,
                ]),
            Case(
                "pooled", [Embedding(inputDim: 20, outputDim: 4), GlobalMaxPool1D(), Dense(2, activation: .sigmoid)],
                .rmsprop()),
            Case(
                features: "features", [Masking(maskValue: 9), GRU(3, resetAfter: false), Dense(2, activation: .softmax)],
                .nadam(learningRate: 0.01), loss: .categoricalCrossentropy(labelSmoothing: 0.1)),
            Case(
                "convolution",
                [
                    Embedding(inputDim: 20, outputDim: 3), Conv1D(4, kernelSize: 2, activation: .relu),
                    BatchNormalization(), MaxPooling1D(poolSize: 2), LayerNormalization(), GlobalMaxPool1D(),
                    Dense(2, activation: .sigmoid),
                ], .adam(learningRate: 0.01)),
            Case(branching(), .adam(learningRate: 0.01)),
            Case(features: windows(), .adam(learningRate: 0.01), loss: .binaryCrossentropy),
            Case("uncompiled", small(), nil),
            Case("focal", small(), .sgd(), loss: .binaryFocalCrossentropy(applyClassBalancing: true, gamma: 1.5)),
            Case("sgd", small(), .sgd(learningRate: 0.1, momentum: 0.9, nesterov: true, clipping: .norm(0.5))),
            Case("sgd_plain", small(), .sgd(learningRate: .exponentialDecay(initial: 0.1, decaySteps: 5, decayRate: 0.9))),
            Case("amsgrad", small(), .adam(learningRate: 0.01, amsgrad: true)),
            Case("adamw", small(), .adamW(learningRate: 0.01, weightDecay: 0.01)),
            Case("rmsprop", small(), .rmsprop(learningRate: 0.01, momentum: 0.5, centered: true), loss: .meanSquaredError),
            Case("adagrad", small(), .adagrad(learningRate: 0.1)),
            Case("adadelta", small(), .adadelta(learningRate: 1)),
            Case("adamax", small(), .adamax(learningRate: 0.01)),
            Case("lion", small(), .lion(learningRate: 0.001)),
        ]
    }

    /// Trains all models, freezes a layer of one, and saves each in the two forms, with its weights in a third and fourth.
    private static func trained(_ cases: [Case] = cases()) throws -> [Case] {
        for each in cases {
            try each.model.build(inputShape: Shape([nil] + each.x.sampleShape))
            if each.name == "amsgrad" { each.model.layers[2].isTrainable = false }
            if each.model.optimizer != nil { _ = try each.fit(epochs: 2) }
        }
        return cases
    }

    @Test(arguments: [".keras", ".h5"]) func modelsComeBackAsTheyWere(_ ending: String) throws {
        let folder = TemporaryFolder()
        for each in try KerasSavingTests.trained() {
            let path = folder.file(each.name + ending)
            try each.model.save(path)
            let (loaded, warnings) = try Warning.collected { try Model.load(path) }
            #expect(warnings.isEmpty)
            #expect(loaded.name == each.name)
            #expect(loaded.weights.map(\.path) == each.model.weights.map(\.path))
            #expect(loaded.weights.map(\.isTrainable) == each.model.weights.map(\.isTrainable))
            #expect(try each.predictions(loaded) == each.predictions())
            #expect(loaded.optimizer?.config == each.model.optimizer?.config)
            #expect(loaded.optimizer?.iterations == each.model.optimizer?.iterations)
            guard loaded.optimizer != nil else { continue }
            for model in [each.model, loaded] {
                func fit(_ x: some ModelData) throws {
                    try model.fit(x, each.y, epochs: 2, batchSize: 4, shuffle: false, verbose: 0)
                }
                try fit(each.x)
            }
            #expect(loaded.weights.map(\.value) == each.model.weights.map(\.value), "\(path)")
        }
    }

    @Test(arguments: [".weights.h5", ".h5", ".safetensors", ".keras"]) func weightsComeBack(_ ending: String) throws {
        let folder = TemporaryFolder()
        for (each, fresh) in zip(try KerasSavingTests.trained(), KerasSavingTests.cases()) {
            let path = folder.file(each.name + ending)
            try each.model.saveWeights(path)
            try fresh.model.build(inputShape: Shape([nil] + fresh.x.sampleShape))
            if each.name == "amsgrad" { fresh.model.layers[2].isTrainable = false }
            try fresh.model.loadWeights(path)
            #expect(fresh.model.weights.map(\.value) == each.model.weights.map(\.value))
            let hasState = ending != ".h5"
            #expect((fresh.model.optimizer?.iterations ?? 0) == (hasState ? each.model.optimizer?.iterations ?? 0 : 0))
        }
    }

    /// Keras' older form lists what is trained first, also within a layer.
    @Test(arguments: [".keras", ".h5"]) func aHalfFrozenLayerComesBack(_ ending: String) throws {
        let folder = TemporaryFolder()
        let layer = Bidirectional(LSTM(2))
        layer.forwardLayer.isTrainable = false
        let model = Sequential([layer, Dense(1)], seed: 5)
        try model.build(inputShape: [nil, 3, 2])
        try model.save(folder.file("half" + ending))
        let loaded = try Sequential.load(folder.file("half" + ending))
        #expect(loaded.weights.map(\.isTrainable) == [false, false, false, true, true, true, true, true])
        #expect(loaded.weights.map(\.value) == model.weights.map(\.value))
    }

    @Test(arguments: [".keras", ".h5"]) func sparseKernelsComeBackInFull(_ ending: String) throws {
        let folder = TemporaryFolder()
        let each = try KerasSavingTests.trained([KerasSavingTests.sparse()])[0]
        let (path, weights) = (folder.file("model" + ending), folder.file("model.weights.h5"))
        try each.model.save(path)
        try each.model.saveWeights(weights)
        let loaded = try Model.load(path)
        #expect(loaded.layers[1] is Dense && loaded.layers[1].name == "linear")
        #expect(loaded.weights.map(\.isTrainable) == [false, false, true, true])
        expectClose(try each.predictions(loaded), try each.predictions(), relative: 1e-6, absolute: 1e-7)
        #expect(loaded.optimizer?.iterations == 6)
        try loaded.loadWeights(weights)
        #expect { try each.model.loadWeights(weights) } throws: { "\($0)".contains("linear") }
        #expect(each.model.layers[1] is SparseDense)
    }

    /// Weights are taken with the state of an optimizer of the same kind alone.
    @Test func anotherOptimizerStartsAfresh() throws {
        let folder = TemporaryFolder()
        let each = Case("small", KerasSavingTests.small(), .adam())
        _ = try each.fit(epochs: 1)
        try each.model.save(folder.file("model.keras"))
        let other = Case("small", KerasSavingTests.small(), .adamax())
        try other.model.build(inputShape: [nil, 5])
        try other.model.loadWeights(folder.file("model.keras"))
        #expect(other.model.optimizer?.iterations == 0)
    }

    /// Keras opens every file, predicts the same, and trains on to the same losses.
    @Test(.enabled(if: Oracle.isThere)) func kerasOpensOurFiles() throws {
        let folder = TemporaryFolder()
        var list: [JSON] = []
        for each in try KerasSavingTests.trained(KerasSavingTests.cases() + [KerasSavingTests.sparse()]) {
            func array(_ tensor: Tensor) -> JSON {
                ["shape": .array(tensor.shape.map(JSON.integer)), "data": .array(tensor.scalars.map { .number(Double($0)) })]
            }
            let isCompiled = each.model.optimizer != nil
            let ids = (each.x as? Indices).map { Tensor($0.ids.map(Float.init), shape: $0.shape) }
            var entry: JSON.Object = [
                "name": .string(each.name), "dtype": ids == nil ? "float32" : "int32", "x": array(ids ?? each.x as! Tensor),
                "y": array(each.y), "predictions": array(try each.predictions()), "compiled": .bool(isCompiled),
                "layers": .array(each.model.layers.map { .string($0.name) }),
                "iterations": .integer(each.model.optimizer?.iterations ?? 0),
            ]
            for ending in [".keras", ".h5"] { try each.model.save(folder.file(each.name + ending)) }
            try each.model.saveWeights(folder.file(each.name + ".weights.h5"))
            try each.model.saveWeights(folder.file(each.name + "_weights.h5"))
            let losses = isCompiled ? try each.fit(epochs: 3) : []
            entry["losses"] = .array(losses.map(JSON.number))
            entry["figures"] = .array(
                isCompiled ? try each.model.evaluateNames(each.x, each.y).map(JSON.string) : [])
            for (ending, weights) in [(".keras", ".weights.h5"), (".h5", "_weights.h5")] {
                entry["file"] = .string(each.name + ending)
                entry["weights"] = .string(each.name + weights)
                list.append(.object(entry))
            }
        }
        try writeAtomically(to: folder.file("cases.json")) { try $0.write(JSON.array(list).text()) }
        #expect(Oracle.run("check_keras_files.py", folder.path))
    }
}

extension Model {
    /// The names of the figures that training gives.
    fileprivate func evaluateNames(_ x: any ModelData, _ y: Tensor) throws -> [String] {
        func names(_ x: some ModelData) throws -> [String] { try evaluate(x, y, verbose: 0).names }
        return try names(x)
    }
}
