import HornetLinear
import HornetTensor
public import HornetTextPrep

/// A way to read texts: which features they have.
public struct TextReading: Sendable {
    public let name: String
    let vectorizer: TFIDFVectorizer

    public init(_ name: String, _ vectorizer: TFIDFVectorizer) {
        self.name = name
        self.vectorizer = vectorizer
    }

    /// Words; words and pairs of them; parts of words, of 3 to 5 letters.
    public static let standard = [
        TextReading("words", TFIDFVectorizer(sublinearTF: true)),
        TextReading("pairs", TFIDFVectorizer(ngramRange: 1...2, minDF: 2, sublinearTF: true)),
        TextReading(
            "letters", TFIDFVectorizer(analyzer: .charWithinWords, ngramRange: 3...5, minDF: 3, sublinearTF: true)),
    ]

    /// Learns the features of some texts.
    func read(_ texts: [String]) throws -> ReadTexts {
        var vectorizer = vectorizer
        let rows = try vectorizer.fitTransform(texts)
        return ReadTexts(vectorizer: vectorizer, rows: rows)
    }
}

/// Texts, and how they are read.
struct ReadTexts {
    let vectorizer: TFIDFVectorizer
    let rows: SparseMatrix

    /// Learns the weights of labels.
    func learned(_ y: SparseMatrix, seed: UInt64) throws -> LearnedReading {
        // More walks over the texts change no decisions, and small weights are noise.
        let classifier = LinearSVC(maxIterations: 10, seed: seed)
        return LearnedReading(vectorizer: vectorizer, model: try classifier.solved(rows, y, pruningBelow: 0.05).model)
    }
}

/// What a reading learned.
struct LearnedReading: Sendable {
    let vectorizer: TFIDFVectorizer
    let model: LinearModel

    /// Margins, `[texts, labels]`.
    func scores(for texts: [String]) throws -> Tensor { model.decisionFunction(try vectorizer.transform(texts)) }
}
