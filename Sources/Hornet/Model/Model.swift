public import HornetLayers
import HornetMetrics
import HornetModelFiles
import HornetSupport
public import HornetTensor

/// A network of layers from inputs to outputs, with all that trains, measures, asks and saves it.
///
/// A ``Sequential`` is the usual one. Where a layer's output goes to several others, call layers on nodes:
/// ```swift
/// let ids = Input(shape: [100])
/// let words = Embedding(inputDim: 10_000, outputDim: 128)(ids)
/// let pooled = Concatenate()([GlobalMaxPool1D()(words), GlobalAveragePooling1D()(words)])
/// let model = try Model(inputs: ids, outputs: Dense(6, activation: .sigmoid)(pooled))
/// ```
/// Layers may branch, merge, and be called several times; there may be several inputs and outputs. With more than one of
/// them, what goes in and what is asked for are arrays, in the order in which the model was given its ends:
/// ```swift
/// let model = try Model(inputs: [title, body], outputs: [tags, priority])
/// try model.compile(losses: [.binaryCrossentropy, .meanSquaredError], lossWeights: [1, 0.2])
/// try model.fit([titles, bodies], [y, priorities], epochs: 5)
/// ```
/// [Keras: Model](https://keras.io/api/models/model/)
public class Model {
    public let name: String
    public let layers: [Layer]
    /// Everything random in this model comes from here: initial weights, the order of samples, dropout.
    public let seed: UInt64
    /// Set it in a callback to end training after the present batch.
    public var stopTraining = false

    /// The shapes that the model was built for, one for each input; empty before.
    public private(set) var inputShapes: [Shape] = []
    /// The shapes of the outputs; empty before the model is built.
    public private(set) var outputShapes: [Shape] = []
    /// The shape of the first input, usually the only one; `nil` before the model is built.
    public var inputShape: Shape? { inputShapes.first }
    /// The shape of the first output, usually the only one; `nil` before the model is built.
    public var outputShape: Shape? { outputShapes.first }
    var compilation: Compilation?
    package let graph: Graph
    /// What summaries, files and errors call the inputs.
    public let inputNames: [String]
    /// What figures, files and errors call the outputs: by default the layers that make them, as in Keras.
    public let outputNames: [String]
    private(set) var plan = Plan()
    /// The shape of each value of the graph; empty before the model is built.
    package private(set) var valueShapes: [Shape] = []
    /// Where a Keras file that the model came from keeps its weights, where that is not where this model would.
    var kerasLayout: KerasLayout?

    /// Names are made where none are given: `input_layer`, and those of the layers.
    init(
        _ layers: [Layer], _ graph: Graph, name: String, inputNames: [String]? = nil, outputNames: [String]? = nil,
        seed: UInt64?
    ) {
        self.layers = layers
        self.graph = graph
        self.name = name
        var fresh = RandomSource()
        self.seed = seed ?? fresh.next()
        Model.nameLayers(layers)
        let inputNames = inputNames ?? Input.names(Array(repeating: nil, count: graph.inputCount))
        self.inputNames = inputNames
        self.outputNames = outputNames ?? graph.outputs.map { value in
            graph.maker(of: value).map { layers[$0.layer].name } ?? inputNames[value]
        }
    }

    /// The model that computes `outputs` from `inputs`, built. Throws when the output does not depend on the input, or on
    /// another one, and when a layer can't take what it is called on.
    ///
    /// The same seed gives the same weights and the same training, bit by bit; without one every model differs.
    public convenience init(inputs: Input, outputs: Node, name: String = "functional", seed: UInt64? = nil) throws {
        guard inputs !== outputs else {
            throw HornetError(.configuration, at: "Model(inputs:outputs:)", "the output does not depend on the input by any layer")
        }
        try self.init(inputs: [inputs], outputs: [outputs], name: name, seed: seed)
    }

    /// The same with several inputs and outputs. An output may be used by other layers, too, be an input, or stand there
    /// twice; an input may be without a use.
    ///
    /// Throws as with one of each, and when two inputs have the same name.
    public convenience init(
        inputs: [Input], outputs: [Node], name: String = "functional", seed: UInt64? = nil
    ) throws {
        let (layers, graph) = try Graph.tracing(from: inputs, to: outputs)
        let names = Input.names(inputs.map(\.name))
        guard Set(names.map { ByteKey($0) }).count == names.count else {
            throw HornetError(
                .configuration, at: "Model(inputs:outputs:)", "two inputs have the same name: \(names.joined(separator: ", "))")
        }
        if let problem = graph.problem(with: layers) {
            throw HornetError(.configuration, at: "Model(inputs:outputs:)", problem)
        }
        self.init(layers, graph, name: name, inputNames: names, seed: seed)
        try build(inputShapes: inputs.map(\.shape))
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
    /// A model of Keras may be a `Sequential` or a functional one; where its layers are a chain, it comes back as a
    /// ``Sequential``. Models within it become part of it, their layers being called `inner/dense`. It is compiled, with its
    /// optimizer's state, if the file says how; a loss or a metric that is not known here leaves it uncompiled, with a warning. A model of Hornet's own form is to be compiled before it is trained
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
    public func build(inputShape: Shape) throws { try build(inputShapes: [inputShape]) }

    /// The same for a model with several inputs.
    public func build(inputShapes: [Shape]) throws { try build(inputShapes: inputShapes, weights: .drawn) }

    /// The same with weights from a file instead of drawn ones.
    func build(inputShapes: [Shape], weights: Layer.WeightOrigin) throws {
        guard inputShapes.count == graph.inputCount else {
            throw HornetError(
                .shape, at: "model \(name)",
                "it has \(graph.inputCount) inputs, not \(inputShapes.count): \(inputNames.joined(separator: ", "))")
        }
        if isBuilt {
            for (number, shape) in inputShapes.enumerated() { try check(shape, number) }
            return
        }
        let random = RandomSource(seed: seed)
        var shapes = inputShapes
        for call in graph.calls {
            shapes.append(try layers[call.layer].build(
                call.inputs.map { shapes[$0] }, random: random.stream(call.layer), weights: weights))
        }
        self.inputShapes = inputShapes
        valueShapes = shapes
        outputShapes = graph.outputs.map { shapes[$0] }
        plan = Plan(layers, graph)
    }

    var isBuilt: Bool { !inputShapes.isEmpty }

    func build(for x: some ModelData) throws {
        try checkHasOneInput()
        let sample = x.sampleShape
        // The usual case, without an array to be made for it.
        if let sizes = inputShape?.sizes, sizes.count == sample.count + 1,
            sample.indices.allSatisfy({ sizes[$0 + 1] == sample[$0] })
        {
            return
        }
        try build(inputShape: Shape([nil] + sample))
    }

    private func check(_ shape: Shape, _ number: Int) throws {
        let built = inputShapes[number]
        let fits = shape.rank == built.rank
            && zip(shape.sizes, built.sizes).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
        guard fits else {
            let place = graph.inputCount > 1 ? ", input \(inputNames[number])" : ""
            throw HornetError(
                .shape, at: "model \(name)\(place)", "it was built for inputs \(built), not \(shape)",
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
                remedy: isBuilt ? "" : "Build the model first")
        }
        for (weight, value) in zip(weights, values) where weight.shape != value.shape {
            throw HornetError(
                .shape, at: "weight \(weight.path)", "it has the shape \(weight.shape), the new value \(value.shape)")
        }
        for (weight, value) in zip(weights, values) { weight.value = value }
    }

    // MARK: Computing

    /// The output for a batch. The model must be built, and have one input and one output.
    public func forward(_ x: Value, _ pass: Pass) throws -> Value {
        require(isBuilt, "Model.forward", "build the model first")
        require(graph.inputCount == 1 && graph.outputs.count == 1, "Model.forward", "the model takes or gives several values")
        return try plan.forward(x, pass)
    }

    /// The outputs for a batch of each input.
    public func forward(_ x: [Value], _ pass: Pass) throws -> [Value] {
        require(isBuilt, "Model.forward", "build the model first")
        require(x.count == graph.inputCount, "Model.forward", "\(x.count) values for \(graph.inputCount) inputs")
        return try plan.forward(x, pass).map { $0.value! }
    }

    // MARK: Showing

    package func summaryLines(columns: Int) -> [String] { Summary(self).lines(columns: columns) }

    /// Prints a table of the layers, their output shapes and their weights, as Keras does.
    public func summary() {
        for line in summaryLines(columns: Console.width) { Console.print(line) }
        let metrics = compilation?.allMetrics ?? []
        if metrics.contains(where: { $0 is BinaryAccuracy && $0.name == "accuracy" }) {
            Console.print(" Accuracy: each label on its own (binary accuracy at 0.5)")
        }
    }
}
