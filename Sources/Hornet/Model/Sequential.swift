public import HornetLayers
public import HornetMetrics
public import HornetOptimizers
import HornetSupport
public import HornetTensor

/// A stack of layers, each fed with the output of the one before.
///
/// ```swift
/// let model = Sequential([
///     Embedding(inputDim: 10_000, outputDim: 128),
///     GlobalMaxPool1D(),
///     Dense(64, activation: .relu),
///     Dense(6, activation: .sigmoid),
/// ])
/// model.compile(optimizer: .adam(), loss: .binaryCrossentropy, metrics: [.accuracy])
/// try model.fit(x, y, epochs: 20, validationSplit: 0.2)
/// ```
/// Weights are made when the input's shape is known: by ``build(inputShape:)``, or by the first data.
/// [Keras: Sequential](https://keras.io/api/models/sequential/)
public final class Sequential {
    public let name: String
    public let layers: [Layer]
    /// Everything random in this model comes from here: initial weights, the order of samples, dropout.
    public let seed: UInt64
    /// Set it in a callback to end training after the present batch.
    public var stopTraining = false

    /// The shape that the model was built for; `nil` before.
    public private(set) var inputShape: Shape?
    private(set) var compilation: Compilation?
    /// The layers as they are run: neighbours that have a joint kernel are one.
    private(set) var plan: [Layer] = []

    /// What ``compile(optimizer:loss:metrics:weightedMetrics:)`` was given.
    struct Compilation {
        let optimizer: Optimizer
        let loss: Loss
        let metrics: [Metric]
        let weightedMetrics: [Metric]
    }

    /// A model of `layers`. Traps when there are none, or when one stands there twice.
    ///
    /// The same seed gives the same weights and the same training, bit by bit; without one every model differs.
    public init(_ layers: [Layer], name: String = "sequential", seed: UInt64? = nil) {
        require(!layers.isEmpty, "Sequential", "a model needs at least one layer")
        require(
            Set(layers.map(ObjectIdentifier.init)).count == layers.count, "Sequential",
            "a layer stands in the model twice; each layer has weights of its own")
        self.layers = layers
        self.name = name
        var fresh = RandomSource()
        self.seed = seed ?? fresh.next()
        Sequential.nameLayers(layers)
    }

    /// `dense`, `dense_1`, …: Keras' names for layers that were given none.
    private static func nameLayers(_ layers: [Layer]) {
        var counts: [[UInt8]: Int] = [:]
        for layer in layers where !layer.isNamed {
            let base = Array(layer.name.utf8)
            let count = counts[base, default: 0]
            if count > 0 { layer.name += "_\(count)" }
            counts[base] = count + 1
        }
        let names = Set(layers.map { Array($0.name.utf8) })
        require(names.count == layers.count, "Sequential", "two layers have the same name")
    }

    // MARK: Weights

    /// All weights, layer by layer; empty before the model is built.
    public var weights: [Parameter] { layers.flatMap(\.parameters) }

    /// Makes the weights for inputs of `inputShape`, batch axis included: `[nil, 100]`. Once; later calls with a
    /// shape that fits do nothing. Throws when a layer can't take what the one before it gives.
    public func build(inputShape: Shape) throws { try build(inputShape: inputShape, stored: nil) }

    /// The same with weights from a file instead of drawn ones.
    func build(inputShape: Shape, stored: Layer.StoredWeights?) throws {
        if let built = self.inputShape {
            try check(inputShape, fits: built)
            return
        }
        let random = RandomSource(seed: seed)
        var shape = inputShape
        for (index, layer) in layers.enumerated() {
            shape = try layer.build(inputShape: shape, random: random.stream(index), stored: stored)
        }
        self.inputShape = inputShape
        plan = Sequential.fusing(layers)
    }

    func build(for x: some ModelData) throws {
        let sample = x.sampleShape
        // The usual case, without an array to be made for it.
        if let sizes = inputShape?.sizes, sizes.count == sample.count + 1,
            sample.indices.allSatisfy({ sizes[$0 + 1] == sample[$0] })
        {
            return
        }
        try build(inputShape: Shape([nil] + sample))
    }

    private func check(_ shape: Shape, fits built: Shape) throws {
        let fits = shape.rank == built.rank
            && zip(shape.sizes, built.sizes).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
        guard fits else {
            throw HornetError(
                .shape, at: "model \(name)", "it was built for inputs \(built), not \(shape)",
                remedy: "Pad to the same length, or build the model with nil for sizes that vary")
        }
    }

    private static func fusing(_ layers: [Layer]) -> [Layer] {
        var plan: [Layer] = []
        for layer in layers {
            if let joint = plan.last?.fused(with: layer) {
                plan[plan.count - 1] = joint
            } else {
                plan.append(layer)
            }
        }
        return plan
    }

    /// The layers to run for answers from so many numbers, while the weights stay as they are.
    func prepared(forInputs count: Int) -> [Layer] { plan.map { $0.prepared(forInputs: count) } }

    /// The same for good: the weights never change again.
    func prepareForAnswers() { plan = prepared(forInputs: .max) }

    /// Sets all weights, in the order of ``weights``. Throws, changing nothing, when number or shapes differ.
    public func setWeights(_ values: [Tensor]) throws {
        let weights = weights
        guard values.count == weights.count else {
            throw HornetError(
                .shape, at: "model \(name)", "\(values.count) weights were given, it has \(weights.count)",
                remedy: inputShape == nil ? "Build the model first" : "")
        }
        for (weight, value) in zip(weights, values) where weight.shape != value.shape {
            throw HornetError(
                .shape, at: "weight \(weight.path)", "it has the shape \(weight.shape), the new value \(value.shape)")
        }
        for (weight, value) in zip(weights, values) { weight.value = value }
    }

    // MARK: Computing

    /// The output for a batch. The model must be built.
    public func forward(_ x: Value, _ pass: Pass) throws -> Value {
        require(inputShape != nil, "Sequential.forward", "build the model first")
        var value = x
        for layer in plan { value = try layer.forward(value, pass) }
        return value
    }

    /// The output before the last activation, when the last layer has one that a loss can see through.
    func forwardLogits(_ x: Value, _ pass: Pass) throws -> Value? {
        let hidden = try plan.dropLast().reduce(x) { try $1.forward($0, pass) }
        return try plan.last!.logits(hidden, pass)
    }

    // MARK: Compiling

    /// Says how to train: the optimizer, what to make small, and what to measure.
    ///
    /// `.accuracy` means what the loss makes of it: with `.binaryCrossentropy` each label counts on its own
    /// (`BinaryAccuracy`; Keras 3 would compare the largest output with the largest target, which says nothing about
    /// several labels). `metrics` ignore sample weights, `weightedMetrics` use them.
    public func compile(
        optimizer: Optimizer = .rmsprop(), loss: Loss, metrics: [Metric] = [], weightedMetrics: [Metric] = []
    ) {
        func resolved(_ metrics: [Metric]) -> [Metric] {
            metrics.map { ($0 as? Accuracy)?.resolved(for: loss.accuracyKind) ?? $0 }
        }
        compilation = Compilation(
            optimizer: optimizer, loss: loss, metrics: resolved(metrics), weightedMetrics: resolved(weightedMetrics))
    }

    /// What ``compile(optimizer:loss:metrics:weightedMetrics:)`` set; throws before it was called.
    func compiled(for call: String) throws -> Compilation {
        guard let compilation else {
            throw HornetError(
                .configuration, at: call, "the model is not compiled",
                remedy: "Call compile(optimizer:loss:metrics:) first")
        }
        return compilation
    }

    /// The optimizer that the model was compiled with.
    public var optimizer: Optimizer? { compilation?.optimizer }
    var allMetrics: [Metric] { (compilation?.metrics ?? []) + (compilation?.weightedMetrics ?? []) }
    var optimizerStateCount: Int { compilation?.optimizer.stateCount ?? 0 }

    /// The optimizer's present learning rate; 0 before the model is compiled.
    public var learningRate: Float { compilation?.optimizer.learningRate ?? 0 }

    /// Changes the learning rate. Throws when a schedule sets it.
    public func setLearningRate(_ rate: Float) throws {
        try compiled(for: "setLearningRate").optimizer.setLearningRate(rate)
    }

    // MARK: Showing

    package func summaryLines(columns: Int) -> [String] { Summary(self).lines(columns: columns) }

    /// Prints a table of the layers, their output shapes and their weights, as Keras does.
    public func summary() {
        for line in summaryLines(columns: Console.width) { Console.print(line) }
        for metric in allMetrics where metric is BinaryAccuracy && metric.name == "accuracy" {
            Console.print(" Accuracy: each label on its own (binary accuracy at 0.5)")
        }
    }
}

extension Loss {
    fileprivate var accuracyKind: Accuracy.Kind {
        switch targetKind {
        case .binary, .real: .binary
        case .categorical: .categorical
        case .sparseCategorical: .sparseCategorical
        }
    }
}
