public import HornetLayers
import HornetSupport

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
/// Weights are made when the input's shape is known: by ``Model/build(inputShape:)``, or by the first data.
/// [Keras: Sequential](https://keras.io/api/models/sequential/)
public final class Sequential: Model {
    /// A model of `layers`. Traps when there are none, or when one stands there twice.
    ///
    /// The same seed gives the same weights and the same training, bit by bit; without one every model differs.
    public init(_ layers: [Layer], name: String = "sequential", seed: UInt64? = nil) {
        require(!layers.isEmpty, "Sequential", "a model needs at least one layer")
        require(
            Set(layers.map(ObjectIdentifier.init)).count == layers.count, "Sequential",
            "a layer stands in the model twice; each layer has weights of its own")
        require(!layers.contains { $0 is MergeLayer }, "Sequential", "a layer that merges inputs needs a Model")
        super.init(layers, .chain(of: layers.count), name: name, seed: seed)
    }

    /// Reads a model as ``Model/load(_:registry:)`` does. Throws when the file holds another model than a stack of layers.
    public override class func load(_ path: String, registry: LayerRegistry = LayerRegistry()) throws -> Sequential {
        guard let model = try Model.load(path, registry: registry) as? Sequential else {
            throw HornetError(
                .file, at: path, "its layers are no plain stack", remedy: "Read it with Model.load(_:)")
        }
        return model
    }
}
