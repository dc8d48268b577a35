import HornetLayers
import HornetTensor
import HornetTextPrep

/// Contributions of the words of a text that a model reads as ids.
struct TokenAttribution {
    private let model: Model
    private let label: Int
    private let tokenizer: Tokenizer
    private let padding: TextPreparation.Padding

    init(_ model: Model, _ label: Int, _ tokenizer: Tokenizer, _ padding: TextPreparation.Padding) {
        (self.model, self.label, self.tokenizer, self.padding) = (model, label, tokenizer, padding)
    }

    /// By the method, or by the best one that fits; `nil` when none does.
    func attribution(_ text: String, _ method: ExplanationMethod?) throws -> Attribution? {
        guard let embedding = model.leadingEmbedding else { return nil }
        let row = TokenRow(text, tokenizer, padding)
        let vectors = try embedding.forward(Value(row.ids), .inference())
        let nothing = try embedding.forward(Value(Indices([0], shape: [1, 1])), .inference()).tensor
        let change = VectorChange(vectors: vectors.tensor, nothing: nothing)
        switch method {
        case .integratedGradients(let steps): return try byVectors(row, vectors, change, steps)
        case .occlusion: return nil
        case nil, .exact, .pooledGradients:
            if let pooling = model.leadingPooling {
                return try byPooling(row, vectors, change, pooling.layer, pooling.call, method)
            }
            return method == nil ? try byVectors(row, vectors, change, 32) : nil
        }
    }

    private func byVectors(_ row: TokenRow, _ vectors: Value, _ change: VectorChange, _ steps: Int) throws -> Attribution? {
        let function = LabelValue(model: model, label: label, start: 1, mask: vectors.mask)
        guard let integral = try PathIntegral(from: change.repeated, to: vectors.tensor, steps: steps, of: function) else {
            return nil
        }
        let width = change.width
        let contributions = (0..<change.time).map { time in
            (0..<width).reduce(0) { $0 + integral.meanGradient[time * width + $1] * change[time, $1] }
        }
        return row.attribution(contributions, integral, .integratedGradients(steps: steps))
    }

    private func byPooling(
        _ row: TokenRow, _ vectors: Value, _ change: VectorChange, _ pooling: Layer, _ call: Int, _ method: ExplanationMethod?
    ) throws -> Attribution? {
        let function = LabelValue(model: model, label: label, start: call + 1)
        var (used, steps) = (ExplanationMethod.exact, 1)
        if case .pooledGradients(let wanted) = method { (used, steps) = (.pooledGradients(steps: wanted), wanted) }
        if used == .exact, !function.isLinear {
            if method == .exact { return nil }
            (used, steps) = (.pooledGradients(), 32)
        }
        let pooled = try pooling.forward(vectors, .inference()).tensor
        let start = change.nothing.reshaped([1, change.width])
        guard let integral = try PathIntegral(from: start, to: pooled, steps: steps, of: function) else { return nil }
        let contributions =
            pooling is GlobalMaxPool1D
            ? change.dividedByMaxima(integral.meanGradient, isWord: row.isWord)
            : change.dividedByMean(integral.meanGradient, mask: vectors.mask)
        return row.attribution(contributions, integral, used)
    }
}

/// The ids of a text, and where each comes from.
private struct TokenRow {
    let ids: Indices
    private let pieces: TextPieces
    /// The bytes that each id was made of; `nil` for padding.
    private let bytes: [Range<Int>?]

    init(_ text: String, _ tokenizer: Tokenizer, _ padding: TextPreparation.Padding) {
        let tokens = tokenizer.places(in: text)
        pieces = TextPieces(text, words: tokenizer.charLevel ? [] : tokens.map(\.bytes))
        let known = tokens.filter { $0.id != nil }
        func row(_ numbers: [Int32]) -> Indices {
            padSequences(
                [numbers], maxLength: padding.maxLength, padding: padding.padding, truncating: padding.truncating)
        }
        ids = row(known.map { $0.id! })
        // The same cut and filled with the places of the tokens, the first one 1.
        bytes = row((0..<known.count).map { Int32($0 + 1) }).ids.map { $0 == 0 ? nil : known[Int($0) - 1].bytes }
    }

    var isWord: [Bool] { bytes.map { $0 != nil } }

    func attribution(_ contributions: [Double], _ integral: PathIntegral, _ method: ExplanationMethod) -> Attribution {
        var pieces = pieces
        for (contribution, bytes) in zip(contributions, bytes) {
            if let bytes { pieces.add(contribution, at: bytes) } else { pieces.add(elsewhere: contribution) }
        }
        return Attribution(value: integral.ends.end, base: integral.ends.start, pieces: pieces, method: method)
    }
}

/// How the vectors of a text differ from that of padding.
private struct VectorChange {
    let time: Int
    let width: Int
    /// The vector of id 0, `[1, 1, width]`.
    let nothing: Tensor
    private let vectors: [Float]
    private let base: [Float]

    init(vectors: Tensor, nothing: Tensor) {
        (time, width) = (vectors.shape[1], vectors.shape[2])
        self.nothing = nothing
        self.vectors = vectors.scalars
        base = nothing.scalars
    }

    /// Padding all along, `[1, time, width]`.
    var repeated: Tensor { Tensor((0..<time).flatMap { _ in base }, shape: [1, time, width]) }

    subscript(time: Int, channel: Int) -> Double {
        Double(vectors[time * width + channel]) - Double(base[channel])
    }

    /// Each step's part of `Σ gradient · (maximum − padding)`: what has a channel's maximum gets its part, the words among
    /// them equal ones.
    func dividedByMaxima(_ gradient: [Double], isWord: [Bool]) -> [Double] {
        var parts = [Double](repeating: 0, count: time)
        for channel in 0..<width {
            func value(_ time: Int) -> Float { vectors[time * width + channel] }
            let largest = (0..<time).reduce(-Float.infinity) { max($0, value($1)) }
            let all = (0..<time).filter { value($0) == largest }
            let words = all.filter { isWord[$0] }
            let owners = words.isEmpty ? all : words
            for owner in owners { parts[owner] += gradient[channel] * self[owner, channel] / Double(owners.count) }
        }
        return parts
    }

    /// Each step's part of `Σ gradient · (mean − padding)`; the mean is over the steps that are not masked.
    func dividedByMean(_ gradient: [Double], mask: Tensor?) -> [Double] {
        let isReal = mask.map { $0.scalars.map { $0 != 0 } } ?? Array(repeating: true, count: time)
        let count = Double(max(1, isReal.count { $0 }))
        return (0..<time).map { time in
            isReal[time] ? (0..<width).reduce(0) { $0 + gradient[$1] * self[time, $1] } / count : 0
        }
    }
}
