public import HornetLayers
import HornetSupport
public import HornetTensor

/// The answers of a model with one input and one output, without the model: layers and weights of its own that nothing can
/// change any more, so that any number of threads may ask at once. Training the model afterwards does not reach it.
///
/// `@unchecked`: the layers are classes, but they were made here, nobody else holds them, and answering only reads.
public final class Predictor: @unchecked Sendable {
    let model: Model
    private let outputShape: Shape

    init(owning model: Model) {
        model.prepareForAnswers()
        self.model = model
        outputShape = model.outputShape!
    }

    /// The number of outputs a sample.
    public var outputCount: Int { outputShape.sizes.dropFirst().reduce(1) { $0 * ($1 ?? 1) } }

    /// The model's output for each sample of `x`, as `Model.predict` gives it.
    public func predict(_ x: some ModelData) throws -> Tensor { try model.predict(x) }
}

extension Model {
    /// A ``Predictor`` with the present weights, shared until either side goes.
    ///
    /// Throws when the model is not built, has several inputs or outputs, or has a layer that can't be made again from its
    /// `config`; layers of your own have to be in `registry`.
    public func predictor(registry: LayerRegistry = LayerRegistry()) throws -> Predictor {
        try checkHasOneInput()
        try checkHasOneOutput()
        guard let inputShape else {
            throw HornetError(
                .configuration, at: "predictor", "the model has no weights yet", remedy: "Train it, or call build(inputShape:)")
        }
        let copies = try layers.map {
            try registry.layer(from: LayerRegistry.description(of: $0).cursor(source: "layer \($0.name)"))
        }
        let copy = Model(copies, graph, name: name, inputNames: inputNames, outputNames: outputNames, seed: seed)
        let values = Dictionary(uniqueKeysWithValues: weights.map { (ByteKey($0.path), $0.value) })
        try copy.build(inputShapes: [inputShape], weights: .stored { values[ByteKey($0)] })
        return Predictor(owning: copy)
    }
}
