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
            : Model(
                stored.layers, stored.graph, name: stored.name, inputNames: stored.inputs.map(\.name),
                outputNames: stored.outputNames, seed: nil)
        try model.build(inputShapes: stored.inputs.map(\.shape))
        if stored.layout.isNested { model.kerasLayout = stored.layout }
        guard let compilation = file.knownCompilation(outputNames: model.outputNames) else { return model }
        model.compilation = Compilation(
            compilation.optimizer,
            compilation.outputs.map {
                Compilation.Output(
                    loss: $0.loss, lossWeight: $0.lossWeight, metrics: $0.metrics, weightedMetrics: $0.weightedMetrics)
            }, names: model.outputNames)
        file.restore(
            compilation.optimizer, of: model.weights.filter(\.isTrainable), among: stored.layout.trainedWeights)
        return model
    }

    /// Takes the weights, and the optimizer's state, from a file that Keras wrote. Throws, changing no weight, when they
    /// differ.
    func loadWeights(from file: KerasFile) throws {
        var layout = try kerasModel { $0 }.layout
        if let own = kerasLayout, file.fits(own) { layout = own }
        let values = try file.values(in: layout)
        for (weight, value) in values where weight.shape != value.shape {
            throw HornetError(
                .shape, at: "weight \(weight.path)", "it has the shape \(weight.shape), the new value \(value.shape)")
        }
        for (weight, value) in values { weight.value = value }
        if let optimizer {
            file.restore(optimizer, of: weights.filter(\.isTrainable), among: layout.trainedWeights)
        }
    }

    /// The model as it is written for Keras. Throws before it is built.
    var kerasModel: KerasModel {
        get throws {
            try kerasModel { try $0.commonForm }
        }
    }

    /// The same with what `form` makes of its layers.
    private func kerasModel(of form: (Layer) throws -> Layer) throws -> KerasModel {
        guard isBuilt else { throw Model.unbuilt }
        let compilation = compilation.map { compilation in
            KerasCompilation(
                optimizer: compilation.optimizer,
                outputs: compilation.outputs.map {
                    KerasCompilation.Output(
                        loss: $0.loss, lossWeight: $0.lossWeight, metrics: $0.metrics, weightedMetrics: $0.weightedMetrics)
                })
        }
        return try KerasModel(
            name: name, layers: layers.map(form), graph: graph, isStack: self is Sequential, inputNames: inputNames,
            outputNames: outputNames, valueShapes: valueShapes, compilation: compilation)
    }

    /// The error of a model that is saved before it has weights.
    static var unbuilt: HornetError {
        HornetError(
            .configuration, at: "save", "the model has no weights yet", remedy: "Train it, or call build(inputShape:)")
    }
}
