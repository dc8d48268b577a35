/// Why a tagger gives a text a label, or does not: what each word of the text adds to the model's answer.
///
/// What is shared out is ``value``, the model's output for the label before its last activation: for a sigmoid the logit,
/// of which the probability is `1 / (1 + exp(−value))`. It is
/// ```
/// value = base + Σ pieces.contribution + elsewhere + gap
/// ```
/// where ``gap`` is 0 but for rounding with ``ExplanationMethod/exact``, small with the gradient methods, and whatever the
/// words do together with ``ExplanationMethod/occlusion``.
public struct Explanation: Sendable {
    /// The text that was explained.
    public let text: String
    public let label: String
    /// The label's score, as ``Tagger/scores(for:)`` gives it: behind activation and calibration.
    public let score: Float
    /// The score above which the tagger gives the label.
    public let threshold: Float
    /// The model's output for the label before its last activation.
    public let value: Double
    /// What that is where there are no words. For a bag of words the output for a row of zeros, with one layer its bias; for
    /// token ids that for vectors of padding (id 0) in place of all words, masked as the text is; with occlusion that for an
    /// empty text.
    public let base: Double
    /// The words of the text in their order, also those that the model does not see, which contribute 0.
    public let pieces: [Piece]
    /// What was found in no word: in white space, where characters are read.
    public let elsewhere: Double
    /// How the contributions were found.
    public let method: ExplanationMethod

    /// A part of the text, nearly always a word.
    public struct Piece: Sendable, Equatable {
        /// Where it stands in the text, in bytes of UTF-8.
        public let bytes: Range<Int>
        public let text: String
        /// What it adds to ``Explanation/value``.
        public let contribution: Double

        package init(bytes: Range<Int>, text: String, contribution: Double) {
            (self.bytes, self.text, self.contribution) = (bytes, text, contribution)
        }
    }

    package init(
        text: String, label: String, score: Float, threshold: Float, value: Double, base: Double, pieces: [Piece],
        elsewhere: Double, method: ExplanationMethod
    ) {
        (self.text, self.label, self.score, self.threshold) = (text, label, score, threshold)
        (self.value, self.base, self.pieces, self.elsewhere, self.method) = (value, base, pieces, elsewhere, method)
    }

    /// What the method leaves unexplained: `value − base − Σ contributions − elsewhere`.
    public var gap: Double { value - base - pieces.reduce(elsewhere) { $0 + $1.contribution } }

    /// Where a piece stands in ``text``.
    public func range(of piece: Piece) -> Range<String.Index> {
        let start = text.utf8.index(text.startIndex, offsetBy: piece.bytes.lowerBound)
        return start..<text.utf8.index(start, offsetBy: piece.bytes.count)
    }
}

/// A way to find what each word of a text contributes to a label.
public enum ExplanationMethod: Sendable, Equatable, CustomStringConvertible {
    /// The model is linear in its features, or behind its global pooling, so that the contributions are its terms:
    /// - Bag of words: weight times value of each feature. One that occurs several times is divided equally among its
    ///   places, a run of words among its words, a run of characters among those that are no white space.
    /// - Global maximum: each channel's weight times its maximum goes to the word that has it, in equal parts where several
    ///   words do. Global mean: each word has its share of the sum. Both count from the vector of padding.
    case exact
    /// Integrated gradients (Sundararajan et al. 2017) with respect to the features of a bag, or to what global pooling
    /// gives; they are divided among words as in ``exact``.
    ///
    /// The path from the base is cut into `steps` pieces, with the gradient in the middle of each; a piece whose gradient does
    /// not explain its change is halved, down to rounding or until `steps` · 16 gradients are spent.
    case pooledGradients(steps: Int = 32)
    /// Integrated gradients with respect to the vectors of an `Embedding`: a word has the sum over its vector.
    case integratedGradients(steps: Int = 32)
    /// The value minus that of the text without the word. Words that stand in for each other all seem to count nothing.
    case occlusion

    public var description: String {
        switch self {
        case .exact: "exact"
        case .pooledGradients: "integrated gradients, pooled features"
        case .integratedGradients: "integrated gradients"
        case .occlusion: "occlusion"
        }
    }
}
