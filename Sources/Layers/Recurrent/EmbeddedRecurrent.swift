import HornetTensor

/// An embedding and the spatial dropout behind it: what a recurrent layer behind both can join.
final class DroppedEmbedding: Layer {
    private let embedding: Embedding
    private let dropout: SpatialDropout1D

    init(_ embedding: Embedding, _ dropout: SpatialDropout1D) {
        (self.embedding, self.dropout) = (embedding, dropout)
        super.init(name: embedding.name)
    }

    override func forward(_ x: Value, _ pass: Pass) throws -> Value {
        dropout.forward(try embedding.forward(x, pass), pass)
    }

    override func fused(with next: Layer) -> Layer? {
        (next as? RecurrentLayer).map { EmbeddedRecurrent(embedding, dropout, $0) }
    }
}

/// An embedding, maybe spatial dropout, and a recurrent layer, without the `[batch, time, outputDim]` arrays between
/// them: dropout is the same at all steps, so each distinct token of a document is projected once.
final class EmbeddedRecurrent: Layer {
    private let embedding: Embedding
    private let dropout: SpatialDropout1D?
    private let recurrent: RecurrentLayer

    init(_ embedding: Embedding, _ dropout: SpatialDropout1D?, _ recurrent: RecurrentLayer) {
        (self.embedding, self.dropout, self.recurrent) = (embedding, dropout, recurrent)
        super.init(name: recurrent.name)
    }

    override func forward(_ x: Value, _ pass: Pass) throws -> Value {
        let ids = try embedding.ids(of: x)
        let dropsGatesApart = pass.isTraining && recurrent.dropout > 0 && recurrent.recurrentDropout > 0
        guard ids.rank == 2, !dropsGatesApart else {
            let vectors = try embedding.forward(x, pass)
            return recurrent.forward(dropout?.forward(vectors, pass) ?? vectors, pass)
        }
        return try recurrent.output(
            ofTokens: ids, through: embedding.embeddings, droppedBy: dropout?.rate ?? 0,
            mask: embedding.mask(of: ids), pass)
    }

    /// Above this many floats (64 MB) a table of all gates is not made.
    private static let largestTable = 1 << 24

    override func prepared(forInputs count: Int) -> Layer {
        let tableSize = embedding.inputDim * recurrent.parameters[0].shape[1]
        guard count / 4 >= embedding.inputDim, tableSize <= EmbeddedRecurrent.largestTable else { return self }
        return Prepared(embedding, recurrent)
    }

    /// The same with the gates of every token computed beforehand, and the states after padding in front (id 0) of every
    /// length: for answers.
    private final class Prepared: Layer {
        private let embedding: Embedding
        private let recurrent: RecurrentLayer
        private let gateTable: Tensor
        /// `[time + 1, units]` of each state; `nil` where padding is masked, or the result shows more than the last state.
        private let paddingStates: [Tensor]?

        init(_ embedding: Embedding, _ recurrent: RecurrentLayer) {
            (self.embedding, self.recurrent) = (embedding, recurrent)
            gateTable = recurrent.gateTable(of: embedding.embeddings.value)
            let time = embedding.outputShape?[1] ?? 0
            let sharesPadding = !embedding.maskZero && !recurrent.returnSequences && !recurrent.goBackwards
            let padding = Indices([Int32](repeating: 0, count: time), shape: [1, time])
            paddingStates = sharesPadding && time > 0 ? recurrent.states(ofTokens: padding, through: gateTable) : nil
            super.init(name: recurrent.name)
        }

        override func forward(_ x: Value, _ pass: Pass) throws -> Value {
            let ids = try embedding.ids(of: x)
            try embedding.embeddings.settleChecking(rows: ids)
            guard let paddingStates, ids.shape[1] < paddingStates[0].shape[0] else {
                return recurrent.output(ofTokens: ids, through: gateTable, mask: embedding.mask(of: ids))
            }
            // The padding in front is left out: each document begins with the states after it.
            let time = ids.shape[1]
            var mask = Tensor.ones(ids.shape)
            let lengths = ids.withUnsafeBufferPointer { ids in
                (0..<ids.count / max(time, 1)).map { document in
                    let tokens = ids[document * time..<(document + 1) * time]
                    return tokens.firstIndex { $0 != 0 }.map { $0 - tokens.startIndex } ?? time
                }
            }
            mask.withUnsafeMutableBufferPointer { mask in
                for (document, length) in lengths.enumerated() {
                    for step in 0..<length { mask[document * time + step] = 0 }
                }
            }
            return recurrent.output(
                ofTokens: ids, through: gateTable, initialStates: paddingStates.map { $0.gathered(lengths) }, mask: mask)
        }
    }
}
