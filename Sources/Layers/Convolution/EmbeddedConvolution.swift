import HornetTensor

/// An embedding and the convolution behind it, maybe with the global maximum behind both: a token that a batch has many
/// times is multiplied once.
final class EmbeddedConvolution: Layer {
    private let embedding: Embedding
    private let convolution: Conv1D
    private let pools: Bool

    init(_ embedding: Embedding, _ convolution: Conv1D, pools: Bool = false) {
        (self.embedding, self.convolution, self.pools) = (embedding, convolution, pools)
        super.init(name: convolution.name)
    }

    override func fused(with next: Layer) -> Layer? {
        guard next is GlobalMaxPool1D, !pools, convolution.canPool else { return nil }
        return EmbeddedConvolution(embedding, convolution, pools: true)
    }

    override func forward(_ x: Value, _ pass: Pass) throws -> Value {
        guard let tape = pass.tape else {
            return try convolution.output(try embedding.forward(x, pass), pools: pools, pass)
        }
        let (vectors, tokens) = try Value.embeddingOfTokens(
            embedding.embeddings, ids: try embedding.ids(of: x), tape: tape)
        return try convolution.output(vectors, tokens, pools: pools, pass)
    }

    /// Above this many floats (64 MB) a table of all products is not made.
    private static let largestTable = 1 << 24

    override func prepared(forInputs count: Int) -> Layer {
        let tableSize = embedding.inputDim * convolution.kernelSize * convolution.filters
        guard count / 4 >= embedding.inputDim, tableSize <= EmbeddedConvolution.largestTable else { return self }
        return Prepared(embedding, convolution, pools: pools)
    }

    /// The same with the products of every token computed beforehand.
    private final class Prepared: Layer {
        private let embedding: Embedding
        private let convolution: Conv1D
        private let pools: Bool
        private let answer: TokenConvolution

        init(_ embedding: Embedding, _ convolution: Conv1D, pools: Bool) {
            (self.embedding, self.convolution, self.pools) = (embedding, convolution, pools)
            answer = convolution.answering(vectors: embedding.embeddings.value)
            super.init(name: convolution.name)
        }

        override func forward(_ x: Value, _ pass: Pass) throws -> Value {
            let ids = try embedding.ids(of: x)
            try embedding.embeddings.settleChecking(rows: ids)
            let windows = try convolution.windows(over: ids.shape[1], Shape(ids.shape + [embedding.outputDim]))
            return Value(answer(ids, windows, pools: pools))
        }
    }
}
