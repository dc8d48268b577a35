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

extension Sequential {
    /// The model of a file that Keras wrote: built, with its weights, and compiled if the file says how.
    convenience init(_ file: KerasFile, _ registry: LayerRegistry) throws {
        let model = try file.model(registry)
        self.init(model.layers, name: model.name)
        let weights = try file.weightSource(for: model)
        try build(inputShape: model.inputShape, stored: weights.tensor(for:))
        try weights.checkNothingIsLeft()
        guard let compilation = file.knownCompilation else { return }
        compile(
            optimizer: compilation.optimizer, loss: compilation.loss, metrics: compilation.metrics,
            weightedMetrics: compilation.weightedMetrics)
        file.restore(compilation.optimizer, of: self.weights.filter(\.isTrainable))
    }
}

extension Model {
    /// The model as it is written for Keras. Throws before it is built, and when it is no stack of layers.
    var kerasModel: KerasModel {
        get throws {
            guard let inputShape else { throw Model.unbuilt }
            guard self is Sequential else {
                throw HornetError(
                    .configuration, at: "save", "only a Sequential can be saved for Keras",
                    remedy: "Give the file another ending to save the model in Hornet's own form")
            }
            let compilation = compilation.map {
                KerasCompilation(
                    optimizer: $0.optimizer, loss: $0.loss, metrics: $0.metrics, weightedMetrics: $0.weightedMetrics)
            }
            return KerasModel(name: name, layers: layers, inputShape: inputShape, compilation: compilation)
        }
    }

    /// The error of a model that is saved before it has weights.
    static var unbuilt: HornetError {
        HornetError(
            .configuration, at: "save", "the model has no weights yet", remedy: "Train it, or call build(inputShape:)")
    }
}
