package import HornetLayers
import HornetMetrics
import HornetOptimizers
package import HornetSupport
import HornetTensor

/// A file that Keras saved: a whole model (`.keras`, or `.h5` in Keras' older form) or weights alone (`.weights.h5`, or
/// `.h5` in the older form). [Keras: Model saving](https://keras.io/api/models/model_saving_apis/)
///
/// A file is data: classes come from the registries, and no code of it is ever run.
package struct KerasFile {
    package let path: String
    /// Class and arguments of the model; `nil` in a file of weights.
    let description: JSON.Cursor?
    /// How the model was compiled; `nil` when it was not.
    let compilation: JSON.Cursor?
    let weights: KerasWeights
    /// Whether Keras 2 wrote it, or an older one.
    let isOfKeras2: Bool

    /// Whether a file begins as Keras' files do.
    package static func recognizes(_ file: MappedFile) -> Bool {
        file.withUnsafeBytes { $0.starts(with: HDF5File.signature) || $0.starts(with: ZipArchive.signature) }
    }

    /// Reads all of it but what has to do with layers. Throws when it is damaged, or holds neither model nor weights.
    package init(_ file: MappedFile) throws {
        path = file.path
        func document(_ text: [UInt8], _ name: String) throws -> JSON.Cursor {
            let source = "\(file.path): \(name)"
            return try JSON(parsing: text, source: source).cursor(source: source)
        }
        if file.withUnsafeBytes({ $0.starts(with: ZipArchive.signature) }) {
            let archive = try ZipArchive(file)
            guard let text = try archive.bytes(of: "config.json") else {
                throw HornetError(.file, at: path, "this ZIP archive holds no Keras model: config.json is missing")
            }
            let model = try document(text, "config.json")
            guard let content = try archive.bytes(of: "model.weights.h5") else {
                throw HornetError(.file, at: path, "the entry model.weights.h5 is missing")
            }
            let root = try content.withUnsafeBytes {
                try HDF5File.read($0, source: "\(file.path): model.weights.h5")
            }
            let metadata = try archive.bytes(of: "metadata.json").map { try document($0, "metadata.json") }
            isOfKeras2 = KerasFile.isOfKeras2(try metadata?.optional("keras_version")?.string())
            description = model
            compilation = try model.optional("compile_config")
            weights = .archive(root)
            return
        }
        let root = try file.withUnsafeBytes { try HDF5File.read($0, source: file.path) }
        isOfKeras2 = KerasFile.isOfKeras2(root.text("keras_version"))
        description = try root.text("model_config").map { try document(Array($0.utf8), "model_config") }
        compilation = try root.text("training_config").map { try document(Array($0.utf8), "training_config") }
        if description != nil {
            guard let layers = root.group("model_weights") else {
                throw HornetError(.file, at: path, "the group model_weights is missing")
            }
            weights = .legacy(layers: layers, optimizer: root.group("optimizer_weights"))
        } else if root.names("layer_names") != nil {
            weights = .legacy(layers: root, optimizer: nil)
        } else if KerasWeights.holdsArchive(root) {
            weights = .archive(root)
        } else {
            throw HornetError(.file, at: path, "this HDF5 file holds neither a Keras model nor its weights")
        }
    }

    private static func isOfKeras2(_ version: String?) -> Bool {
        version.map { ["1.", "2."].contains(String($0.prefix(2))) } ?? false
    }

    /// A model of this file: its layers, built and with their weights, how they are called, and its ends.
    package struct Model {
        package let name: String
        package let layers: [Layer]
        package let graph: Graph
        package let inputs: [(name: String, shape: Shape)]
        /// What the file calls the outputs, where it gives them names of their own.
        package let outputNames: [String]?
        /// Where the file keeps the weights of all its layers.
        package let layout: KerasLayout
    }

    /// Makes the layers. Throws, naming layer and key, on what this package does not have.
    package func model(_ registry: LayerRegistry) throws -> Model {
        guard let description else {
            throw HornetError(
                .file, at: path, "it holds weights and no model",
                remedy: "Make the model and call loadWeights(_:), or save the model whole")
        }
        let graph = try KerasGraph(description, isOfKeras2: isOfKeras2)
        guard !graph.nodes.isEmpty else { throw description.refuse("the model has no layers") }
        let layers = try graph.nodes.map { try KerasLayerConfig.layer(from: $0, registry, file: path) }
        for place in graph.maskMerges { (layers[place] as? MergeLayer)?.maskMerging = graph.maskMerging }
        guard Set(layers.map { ByteKey($0.name) }).count == layers.count else {
            throw description.refuse("two layers have the same name")
        }
        let layout = KerasLayout(graph, layers)
        let used = graph.graph.pruned(layers)
        if let problem = used.graph.problem(with: used.layers) { throw description.refuse(problem) }
        try fill(layout, graph.graph, graph.inputs.map(\.shape))
        return Model(
            name: graph.name, layers: used.layers, graph: used.graph, inputs: graph.inputs, outputNames: graph.outputNames,
            layout: layout)
    }

    /// Builds all layers and gives them their weights. A file's sizes are compared before any memory is taken for them.
    private func fill(_ layout: KerasLayout, _ graph: Graph, _ inputShapes: [Shape]) throws {
        var wanted: [ObjectIdentifier: [Int]] = [:]
        var shapes = inputShapes
        for call in graph.calls {
            let inputs = call.inputs.map { shapes[$0] }
            guard !inputs.isEmpty else { throw description!.refuse("the layer \(layout.layers[call.layer].name) is called on nothing") }
            shapes.append(
                try layout.layers[call.layer].build(
                    inputs, random: RandomSource(seed: 0), weights: .later { wanted[ObjectIdentifier($0)] = $1 }))
        }
        for (weight, value) in try weights.values(in: layout, file: path) {
            let shape = wanted[ObjectIdentifier(weight)]!
            guard value.shape == shape else { throw Layer.refusal(of: value, weight.path, shape) }
            // It is empty, so its shape changes.
            weight.storage = value
        }
    }
}

extension Graph {
    /// Without the calls that no output needs, as a model within a model may have, and without layers that are not called.
    fileprivate func pruned(_ layers: [Layer]) -> (layers: [Layer], graph: Graph) {
        var isNeeded = Array(repeating: false, count: valueCount)
        for output in outputs { isNeeded[output] = true }
        for (number, call) in calls.enumerated().reversed() where isNeeded[inputCount + number] {
            for input in call.inputs { isNeeded[input] = true }
        }
        var (values, layerPlaces): ([Int: Int], [Int: Int]) = ([:], [:])
        for input in 0..<inputCount { values[input] = input }
        let kept = calls.indices.filter { isNeeded[inputCount + $0] }
        for layer in Set(kept.map { calls[$0].layer }).sorted() { layerPlaces[layer] = layerPlaces.count }
        let keptCalls = kept.enumerated().map { number, place in
            values[inputCount + place] = inputCount + number
            return Call(layer: layerPlaces[calls[place].layer]!, inputs: calls[place].inputs.map { values[$0]! })
        }
        return (
            layerPlaces.sorted { $0.value < $1.value }.map { layers[$0.key] },
            Graph(keptCalls, inputCount: inputCount, outputs: outputs.map { values[$0]! })
        )
    }
}
