import HornetSupport
import HornetTensor
import HornetTextPrep

/// How a tagger's texts become what its model takes.
enum TextPreparation: Sendable {
    /// Ids of words, cut and filled up to one length.
    case tokens(Tokenizer, Padding)
    /// Weighted words and other features, those of several vectorizers beside each other.
    case bag([TFIDFVectorizer])

    struct Padding: Sendable {
        var maxLength: Int
        var padding: SequenceEnd
        var truncating: SequenceEnd
    }

    /// Each text as a row: `[texts, maxLength]` ids, or `[texts, features]`.
    func rows(for texts: [String]) throws -> Rows {
        switch self {
        case .tokens(let tokenizer, let padding):
            .ids(padSequences(
                tokenizer.textsToSequences(texts), maxLength: padding.maxLength, padding: padding.padding,
                truncating: padding.truncating))
        case .bag(let vectorizers):
            .features(.concatenated(try vectorizers.map { try $0.transform(texts) }, axis: 1))
        }
    }

    enum Rows {
        case ids(Indices)
        case features(SparseMatrix)

        func predicted(by predictor: Predictor) throws -> Tensor {
            switch self {
            case .ids(let ids): try predictor.predict(ids)
            case .features(let features): try predictor.predict(features)
            }
        }

        /// What a self-test remembers of each row: its ids, or the columns of its features.
        var numbers: [[Int]] {
            switch self {
            case .ids(let ids):
                let width = ids.shape[1]
                return (0..<ids.shape[0]).map { row in ids.ids[row * width..<(row + 1) * width].map(Int.init) }
            case .features(let features):
                return (0..<features.rowCount).map { features.columns(inRow: $0).map(Int.init) }
            }
        }
    }

    /// Words that the preparation knows: the frequent ones first, or all in the order of their columns.
    var vocabulary: [String] {
        switch self {
        case .tokens(let tokenizer, _): tokenizer.wordIndex.words
        case .bag(let vectorizers): vectorizers.flatMap(\.featureNames)
        }
    }

    /// About how many words of a text count.
    var usualLength: Int {
        switch self {
        case .tokens(_, let padding): padding.maxLength
        case .bag: 100
        }
    }
}
