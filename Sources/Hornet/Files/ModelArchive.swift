import HornetLayers
import HornetModelFiles
import HornetOptimizers
import HornetSupport
import HornetTensor

/// A model in a safetensors file: weights as tensors, the rest as JSON in the metadata, under these keys.
///
/// - `format`: `hornet`; `format_version`: `1`, or `2` for a model with several inputs or outputs; `hornet_version`: which
///   release wrote it, for people
/// - `model`: the layers with their arguments, how they are called, the inputs' shapes, the seed
/// - `optimizer`: class and number of steps, when its state is there too (tensors `optimizer/…`)
///
/// Other keys belong to whoever writes more into the same file (see ``Tagger``).
struct ModelArchive {
    private static let versions = 1...2
    private let file: SafetensorsFile
    private let tensors: [ByteKey: Tensor]

    /// Opens and checks a file; tensors stay in it until they are used.
    init(_ mapped: MappedFile) throws {
        let path = mapped.path
        file = try SafetensorsFile(mapped)
        tensors = Dictionary(file.tensors.map { (ByteKey($0.name), $0.tensor) }, uniquingKeysWith: { $1 })
        let metadata = JSON.object(file.metadata).cursor(source: path)
        guard case .string("hornet")? = file.metadata["format"] else {
            throw HornetError(.file, at: path, "this safetensors file holds no Hornet model")
        }
        let version = try metadata.member("format_version").string()
        guard Int(version).map(ModelArchive.versions.contains) ?? false else {
            throw HornetError(
                .file, at: path, "its format has version \(version), this program reads those up to \(ModelArchive.versions.upperBound)",
                remedy: "Use the version of Hornet that wrote it, or a newer one")
        }
    }

    /// The text under a metadata key; `nil` when there is none.
    func text(_ key: String) throws -> String? {
        guard let value = file.metadata[key] else { return nil }
        guard case .string(let text) = value else { throw HornetError(.file, at: file.path, "\(key) is no text") }
        return text
    }

    /// The JSON document under a metadata key; `nil` when there is none.
    func document(_ key: String) throws -> JSON.Cursor? {
        guard let text = try text(key) else { return nil }
        let source = "\(file.path): \(key)"
        return try JSON(parsing: text, source: source).cursor(source: source)
    }

    /// A tensor that belongs to whoever wrote more into the file; `nil` when there is none of that name.
    func tensor(_ name: String) -> Tensor? { tensors[ByteKey(name)] }

    func required(_ key: String) throws -> JSON.Cursor {
        guard let document = try document(key) else {
            throw HornetError(.file, at: file.path, "\(key) is missing", remedy: "Was it saved by a Tagger?")
        }
        return document
    }

    /// The model, built, with the weights of the file. Throws unless file and layers have the same weights.
    func model(_ registry: LayerRegistry) throws -> Model {
        let description = try required("model")
        let layers = try description.member("layers").array().map(registry.layer(from:))
        let names = Set(layers.map { ByteKey($0.name) })
        guard !layers.isEmpty, names.count == layers.count else {
            throw description.refuse("a model has at least one layer, and each has a name of its own")
        }
        let seed = try description.member("seed").string()
        guard let seed = UInt64(seed) else { throw description.refuse("the seed \(seed) is no number") }
        let name = try description.member("name").string()
        let inputs = try inputs(description)
        let model: Model
        if let calls = try description.optional("calls") {
            let outputs = try description.optional("outputs")
            let graph = try Graph(
                calls, outputs: outputs?.member("values"), inputCount: inputs.count, of: layers)
            let outputNames = try outputs?.member("names").array().map { try $0.string() }
            guard outputNames == nil || outputNames?.count == graph.outputs.count else {
                throw description.refuse("there is not one name for each output")
            }
            model = Model(
                layers, graph, name: name, inputNames: inputs.map(\.name), outputNames: outputNames, seed: seed)
        } else {
            if let merge = layers.first(where: { $0 is MergeLayer }) {
                throw description.refuse("the layer \(merge.name) takes several inputs, in a stack it has one")
            }
            guard inputs.count == 1 else { throw description.refuse("a stack has one input, not \(inputs.count)") }
            model = Sequential(layers, name: name, seed: seed)
        }
        try model.build(inputShapes: inputs.map(\.shape), weights: .stored { tensors[ByteKey($0)] })
        try checkNothingIsLeft(model)
        return model
    }

    /// Names and shapes of the inputs; version 1 has one of them under keys of its own.
    private func inputs(_ description: JSON.Cursor) throws -> [(name: String, shape: Shape)] {
        func shape(_ sizes: JSON.Cursor) throws -> Shape {
            Shape(try sizes.array().map { $0.value == .null ? nil : try $0.int(in: 0...Int(Int32.max)) })
        }
        guard let list = try description.optional("inputs") else {
            let name = try description.optional("input_name")?.string() ?? "input_layer"
            return [(name, try shape(description.member("input_shape")))]
        }
        let inputs = try list.array().map { (try $0.member("name").string(), try shape($0.member("shape"))) }
        guard !inputs.isEmpty, Set(inputs.map { ByteKey($0.0) }).count == inputs.count else {
            throw list.refuse("a model has at least one input, and each has a name of its own")
        }
        return inputs
    }

    /// Puts the weights, and the optimizer's state if it is there and the model has such an optimizer, into `model`.
    func load(into model: Model) throws {
        let values = try model.weights.map { weight in
            guard let value = tensors[ByteKey(weight.path)] else {
                throw HornetError(.file, at: file.path, "the weight \(weight.path) is missing")
            }
            return value
        }
        try checkNothingIsLeft(model)
        try model.setWeights(values)
        guard let optimizer = model.optimizer, let state = try document("optimizer"),
            try ByteKey(state.member("class_name").string()) == ByteKey(optimizer.name)
        else { return }
        let trained = model.weights.filter(\.isTrainable)
        try optimizer.restore(iterations: state.member("iterations").int(in: 0...Int.max), of: trained) {
            tensors[ByteKey("optimizer/" + $0)]
        }
    }

    private func checkNothingIsLeft(_ model: Model) throws {
        let known = Set(model.weights.map { ByteKey($0.path) })
        for (name, _) in file.tensors where !known.contains(ByteKey(name)) {
            if ["optimizer/", TaggerSelfTest.prefix].contains(where: { name.utf8.starts(with: $0.utf8) }) { continue }
            throw HornetError(.file, at: file.path, "the model has no weight \(name)")
        }
    }

    /// Writes a model, whole or not at all. `extra` goes into the metadata beside it, `extraTensors` behind the weights.
    static func write(
        _ model: Model, to path: String, withOptimizer: Bool, extra: [(key: String, text: String)] = [],
        extraTensors: [(name: String, tensor: Tensor)] = []
    ) throws {
        guard model.isBuilt else { throw Model.unbuilt }
        func sizes(_ shape: Shape) -> JSON { .array(shape.sizes.map { $0.map(JSON.integer) ?? .null }) }
        var description: JSON.Object = [
            "name": .string(model.name), "seed": .string("\(model.seed)"),
            "layers": .array(try model.layers.map(LayerRegistry.description(of:))),
        ]
        // What every version of Hornet reads, unless the model needs more.
        let isSimple = model.graph.hasSimpleEnds
        if isSimple {
            description["input_shape"] = sizes(model.inputShapes[0])
            if !(model is Sequential) { description["input_name"] = .string(model.inputNames[0]) }
        } else {
            description["inputs"] = .array(
                zip(model.inputNames, model.inputShapes).map { ["name": .string($0), "shape": sizes($1)] })
            description["outputs"] = [
                "values": model.graph.outputDescription, "names": .array(model.outputNames.map(JSON.string)),
            ]
        }
        if !(model is Sequential) { description["calls"] = model.graph.description }
        var tensors = model.weights.map { (name: $0.path, tensor: $0.value) }
        var metadata = [
            ("format", "hornet"), ("format_version", isSimple ? "1" : "2"), ("hornet_version", hornetVersion),
            ("model", JSON.object(description).text(.compact)),
        ]
        if withOptimizer, let optimizer = model.optimizer, optimizer.iterations > 0 {
            tensors += optimizer.state.map { ("optimizer/" + $0.name, $0.value) }
            let state: JSON = ["class_name": .string(optimizer.name), "iterations": .integer(optimizer.iterations)]
            metadata.append(("optimizer", state.text(.compact)))
        }
        metadata += extra.map { ($0.key, $0.text) }
        tensors += extraTensors
        try SafetensorsFile.write(to: path, tensors, metadata: metadata)
    }
}
