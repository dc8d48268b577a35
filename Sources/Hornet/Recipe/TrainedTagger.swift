public import HornetMetrics
import HornetSupport
public import HornetTensor

/// A tagger and how it came to be.
public struct TrainedTagger: Sendable, CustomStringConvertible {
    /// Tags texts; learned from all of them.
    public let tagger: Tagger
    /// The probability of each tag for each text, by models that had not seen the text: `[texts, tags]`.
    public let scores: Tensor
    /// The true tags, of the same shape.
    public let target: SparseMatrix
    /// What was tried on the first fold.
    public let attempts: [Attempt]
    /// The readings that were taken.
    public let chosen: [String]
    /// The micro F1 on texts that neither models nor thresholds had seen.
    public let microF1: Double
    /// How many parts the texts were divided into.
    public let folds: Int
    /// How long it took.
    public let seconds: Double

    /// One or several readings together.
    public struct Attempt: Sendable {
        public let readings: [String]
        /// On the first fold, with one threshold for all tags, tuned there.
        public let microF1: Double
    }

    /// What the tagger's thresholds make of ``scores``: 0 and 1, of the same shape. The thresholds were tuned on these
    /// scores, so figures of rare tags are a little too good; ``microF1`` is not.
    public var decisions: Tensor { tagger.thresholds.decisions(on: scores) }

    /// Precision, recall and F1 of each tag.
    public var report: ClassificationReport {
        classificationReport(target, decisions, targetNames: tagger.labels, zeroDivision: .zero)
    }

    public var description: String {
        let tried = attempts.map { "  \(percent($0.microF1))  \($0.readings.joined(separator: " + "))" }
        return """
            A tagger of \(tagger.labels.count) tags, learned from \(target.rowCount) texts in \(formatFixed(seconds, decimals: 1)) s
            Micro F1 on texts that it had not seen: \(percent(microF1))
            Tried on one fold (micro F1):
            \(tried.joined(separator: "\n"))
            Taken: \(chosen.joined(separator: " + "))
            """
    }

    private func percent(_ share: Double) -> String { formatFixed(share * 100, decimals: 1) + " %" }
}
