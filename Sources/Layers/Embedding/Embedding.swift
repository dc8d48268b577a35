public import HornetSupport
public import HornetTensor

/// Turns token ids into vectors: `[batch, time]` → `[batch, time, outputDim]`.
///
/// Weight: `embeddings [inputDim, outputDim]`, uniform ±0.05. With `maskZero`, id 0 is padding: later layers that
/// know masks skip it. Ids are within `0 ..< inputDim`: any other throws (Keras on TensorFlow accepts −1).
/// [Keras: Embedding](https://keras.io/api/layers/core_layers/embedding/)
public final class Embedding: Layer {
    public let inputDim: Int
    public let outputDim: Int
    public let maskZero: Bool
    private let embeddingsInitializer: Initializer
    private(set) var embeddings: Parameter!

    public init(
        inputDim: Int, outputDim: Int, maskZero: Bool = false, embeddingsInitializer: Initializer = .uniform(),
        name: String? = nil
    ) {
        require(inputDim > 0 && outputDim > 0, "Embedding", "the sizes \(inputDim) and \(outputDim) must be positive")
        self.inputDim = inputDim
        self.outputDim = outputDim
        self.maskZero = maskZero
        self.embeddingsInitializer = embeddingsInitializer
        super.init(name: name)
    }

    public override var className: String { "Embedding" }
    package override var makesWeights: Bool { true }

    public override func build(inputShape: Shape) throws -> Shape {
        embeddings = addWeight("embeddings", shape: [inputDim, outputDim], initializer: embeddingsInitializer)
        return Shape(inputShape.sizes + [outputDim])
    }

    public override func forward(_ x: Value, _ pass: Pass) throws -> Value {
        let ids = try ids(of: x)
        return try Value.embedding(embeddings, ids: ids, tape: pass.tape).masked(by: mask(of: ids))
    }

    /// 1 where an id is not padding, if this layer says so.
    func mask(of ids: Indices) -> Tensor? { maskZero ? ids.nonZero : nil }

    /// Floats are cut to integers, as Keras casts them.
    func ids(of x: Value) throws -> Indices {
        if case .indices(let ids) = x.content { return ids }
        let floats = x.tensor.scalars
        guard floats.allSatisfy({ $0.magnitude < 0x1p31 }) else {
            throw HornetError(.data, at: "layer \(name) (Embedding)", "the input has values that are no token ids")
        }
        return Indices(floats.map { Int32($0) }, shape: x.shape)
    }

    package override func fused(with next: Layer) -> Layer? {
        switch next {
        case is GlobalMaxPool1D: EmbeddingMaxPool(self)
        case let dropout as SpatialDropout1D: DroppedEmbedding(self, dropout)
        case let recurrent as RecurrentLayer: EmbeddedRecurrent(self, nil, recurrent)
        case let convolution as Conv1D where convolution.canJoinEmbedding: EmbeddedConvolution(self, convolution)
        default: nil
        }
    }

    public override var config: JSON.Object? {
        ["input_dim": .integer(inputDim), "output_dim": .integer(outputDim), "mask_zero": .bool(maskZero)]
    }

    /// This layer and the global maximum behind it, without the `[batch, time, outputDim]` array between them.
    private final class EmbeddingMaxPool: Layer {
        private let embedding: Embedding

        init(_ embedding: Embedding) {
            self.embedding = embedding
            super.init(name: embedding.name)
        }

        override func forward(_ x: Value, _ pass: Pass) throws -> Value {
            let ids = try embedding.ids(of: x)
            return try Value.embeddingMaxPool(embedding.embeddings, ids: ids, tape: pass.tape)
        }
    }
}

extension Indices {
    /// 1 where the id is not 0: the mask of padded token ids.
    fileprivate var nonZero: Tensor { Tensor(ids.map { $0 == 0 ? 0 : 1 }, shape: shape) }
}

extension Embedding {
    convenience init(config: JSON.Cursor, name: String) throws {
        let sizes = 1...Int(Int32.max)
        self.init(
            inputDim: try config.member("input_dim").int(in: sizes), outputDim: try config.member("output_dim").int(in: sizes),
            maskZero: try config.optional("mask_zero")?.bool() ?? false, name: name)
    }
}
