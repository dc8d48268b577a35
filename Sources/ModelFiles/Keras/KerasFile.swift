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

    /// Whether a file begins as Keras' files do.
    package static func recognizes(_ file: MappedFile) -> Bool {
        file.withUnsafeBytes { $0.starts(with: HDF5File.signature) || $0.starts(with: ZipArchive.signature) }
    }

    /// Reads all of it but what has to do with layers. Throws when it is damaged, or holds neither model nor weights.
    package init(_ file: MappedFile) throws {
        path = file.path
        if file.withUnsafeBytes({ $0.starts(with: ZipArchive.signature) }) {
            let archive = try ZipArchive(file)
            guard let text = try archive.bytes(of: "config.json") else {
                throw HornetError(.file, at: path, "this ZIP archive holds no Keras model: config.json is missing")
            }
            let source = "\(file.path): config.json"
            let model = try JSON(parsing: text, source: source).cursor(source: source)
            guard let content = try archive.bytes(of: "model.weights.h5") else {
                throw HornetError(.file, at: path, "the entry model.weights.h5 is missing")
            }
            let root = try content.withUnsafeBytes {
                try HDF5File.read($0, source: "\(file.path): model.weights.h5")
            }
            description = model
            compilation = try model.optional("compile_config")
            weights = .archive(root)
            return
        }
        let root = try file.withUnsafeBytes { try HDF5File.read($0, source: file.path) }
        func document(_ name: String) throws -> JSON.Cursor? {
            guard let text = root.text(name) else { return nil }
            let source = "\(file.path): \(name)"
            return try JSON(parsing: text, source: source).cursor(source: source)
        }
        description = try document("model_config")
        compilation = try document("training_config")
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

    /// What a model of this file is made of: its name, its layers and how they are called, and its input.
    package struct Model {
        package let name: String
        package let layers: [Layer]
        package let graph: Graph
        package let inputName: String
        package let inputShape: Shape
        /// Where the archive keeps each layer's weights.
        let places: [String]
    }

    /// Makes the layers. Throws, naming layer and key, on what this package does not have.
    package func model(_ registry: LayerRegistry) throws -> Model {
        guard let description else {
            throw HornetError(
                .file, at: path, "it holds weights and no model",
                remedy: "Make the model and call loadWeights(_:), or save the model whole")
        }
        let graph = try KerasGraph(description, file: path)
        let layers = try graph.layers.map { try KerasLayerConfig.layer(from: $0.description, registry, file: path) }
        guard !layers.isEmpty else { throw description.refuse("the model has no layers") }
        if let problem = graph.graph.problem(with: layers) { throw description.refuse(problem) }
        guard Set(layers.map { ByteKey($0.name) }).count == layers.count else {
            throw description.refuse("two layers have the same name")
        }
        guard let inputShape = graph.inputShape else {
            throw description.refuse("the shape of the input is not known: the model was saved before it was built")
        }
        return Model(
            name: graph.name, layers: layers, graph: graph.graph, inputName: graph.inputName, inputShape: inputShape,
            places: graph.layers.map(\.place))
    }
}
