public import HornetLayers
public import HornetMetrics
import HornetModelFiles
public import HornetOptimizers
import HornetSupport
public import HornetTensor

/// A network of layers from an input to an output, with all that trains, measures, asks and saves it.
///
/// A ``Sequential`` is the usual one. Where a layer's output goes to several others, call layers on nodes:
/// ```swift
/// let ids = Input(shape: [100])
/// let words = Embedding(inputDim: 10_000, outputDim: 128)(ids)
/// let pooled = Concatenate()([GlobalMaxPool1D()(words), GlobalAveragePooling1D()(words)])
/// let model = try Model(inputs: ids, outputs: Dense(6, activation: .sigmoid)(pooled))
/// ```
/// One input and one output; the layers between may branch, merge, and be called several times.
/// [Keras: Model](https://keras.io/api/models/model/)
public class Model {
    public let name: String
    public let layers: [Layer]
    /// Everything random in this model comes from here: initial weights, the order of samples, dropout.
    public let seed: UInt64
    /// Set it in a callback to end training after the present batch.
    public var stopTraining = false

    /// The shape that the model was built for; `nil` before.
    public private(set) var inputShape: Shape?
    /// The shape of the output; `nil` before the model is built.
    public private(set) var outputShape: Shape?
    private(set) var compilation: Compilation?
    package let graph: Graph
    /// What summaries and files call the input.
    let inputName: String
    private(set) var plan = Plan()

    /// What ``compile(optimizer:loss:metrics:weightedMetrics:)`` was given.
    struct Compilation {
        let optimizer: Optimizer
        let loss: Loss
        let metrics: [Metric]
        let weightedMetrics: [Metric]
    }

    init(_ layers: [Layer], _ graph: Graph, name: String, inputName: String = "input_layer", seed: UInt64?) {
        self.layers = layers
        self.inputName = inputName
        self.graph = graph
        self.name = name
        var fresh = RandomSource()
        self.seed = seed ?? fresh.next()
        Model.nameLayers(layers)
    }

    /// The model that computes `outputs` from `inputs`, built. Throws when the output does not depend on the input, or on
    /// another one, and when a layer can't take what it is called on.
    ///
    /// The same seed gives the same weights and the same training, bit by bit; without one every model differs.
    public convenience init(inputs: Input, outputs: Node, name: String = "functional", seed: UInt64? = nil) throws {
        let (layers, graph) = try Graph.tracing(from: inputs, to: outputs)
        self.init(layers, graph, name: name, inputName: inputs.name, seed: seed)
        try build(inputShape: inputs.shape)
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
        require(names.count == layers.count, "Model", "two layers have the same name")
    }

    /// Reads a model that ``save(_:)`` wrote, or that Keras 2 or 3 saved as `.keras` or `.h5`. What the file is, its first
    /// bytes say, not its name.
    ///
    /// A model of Keras may be a `Sequential`, or a functional one with one input and one output; where its layers are a
    /// chain, it comes back as a ``Sequential``. It is compiled, with its optimizer's state, if the file says how; a loss or a metric that is not
    /// known here leaves it uncompiled, with a warning. A model of Hornet's own form is to be compiled before it is trained
    /// or evaluated; ``loadWeights(_:)`` after compiling brings the optimizer's state back too.
    ///
    /// Throws when the file is not whole, or when it has a layer that `registry` does not know, or an argument that means
    /// something and is not supported; the error names both. Nothing in a file is ever run.
    public class func load(_ path: String, registry: LayerRegistry = LayerRegistry()) throws -> Model {
        let file = try MappedFile(path: path)
        guard KerasFile.recognizes(file) else { return try ModelArchive(file).model(registry) }
        return try reading(KerasFile(file), registry)
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
        var shapes = [inputShape]
        for call in graph.calls {
            shapes.append(try layers[call.layer].build(
                call.inputs.map { shapes[$0] }, random: random.stream(call.layer), stored: stored))
        }
        self.inputShape = inputShape
        outputShape = shapes.last
        plan = Plan(layers, graph)
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

    /// Makes answers fast, for good: the weights never change again.
    func prepareForAnswers() { plan = plan.prepared(forInputs: .max) }

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
        require(inputShape != nil, "Model.forward", "build the model first")
        return try plan.forward(x, pass)
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
