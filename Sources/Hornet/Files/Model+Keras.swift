import HornetLayers
import HornetModelFiles
import HornetSupport

/// The forms of Keras' files.
enum KerasForm {
    case archive, legacy

    /// The one that the ending of a path asks for; `nil` when it asks for none.
    init?(_ path: String) {
        if path.hasSuffix(".keras") {
            self = .archive
        } else if path.hasSuffix(".h5") || path.hasSuffix(".hdf5") {
            self = .legacy
        } else {
            return nil
        }
    }
}

extension Model {
    /// The model of a file that Keras wrote: built, with its weights, and compiled if the file says how. A
    /// ``Sequential`` where its layers are a chain.
    static func reading(_ file: KerasFile, _ registry: LayerRegistry) throws -> Model {
        let stored = try file.model(registry)
        let model = stored.graph.isChain
            ? Sequential(stored.layers, name: stored.name)
            : Model(stored.layers, stored.graph, name: stored.name, inputName: stored.inputName, seed: nil)
        let weights = try file.weightSource(for: stored)
        try model.build(inputShape: stored.inputShape, stored: weights.tensor(for:))
        try weights.checkNothingIsLeft()
        guard let compilation = file.knownCompilation else { return model }
        model.compile(
            optimizer: compilation.optimizer, loss: compilation.loss, metrics: compilation.metrics,
            weightedMetrics: compilation.weightedMetrics)
        file.restore(compilation.optimizer, of: model.weights.filter(\.isTrainable))
        return model
    }

    /// The model as it is written for Keras. Throws before it is built.
    var kerasModel: KerasModel {
        get throws {
            guard let inputShape else { throw Model.unbuilt }
            let compilation = compilation.map {
                KerasCompilation(
                    optimizer: $0.optimizer, loss: $0.loss, metrics: $0.metrics, weightedMetrics: $0.weightedMetrics)
            }
            return KerasModel(
                name: name, layers: layers, graph: self is Sequential ? nil : graph, inputName: inputName,
                inputShape: inputShape, compilation: compilation)
        }
    }

    /// The error of a model that is saved before it has weights.
    static var unbuilt: HornetError {
        HornetError(
            .configuration, at: "save", "the model has no weights yet", remedy: "Train it, or call build(inputShape:)")
    }
}
