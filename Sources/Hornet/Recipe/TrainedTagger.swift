public import HornetMetrics
import HornetSupport
public import HornetTensor

/// A tagger and how it came to be.
public struct TrainedTagger: Sendable, CustomStringConvertible {
    /// Tags texts; learned from all of them.
    public let tagger: Tagger
    /// Those that it learned from.
    public let texts: [String]
    /// The probability of each tag for each text, by models that had not seen the text: `[texts, tags]`.
    public let scores: Tensor
    /// The true tags, of the same shape.
    public let target: SparseMatrix
    /// How the margins of models became these probabilities.
    let scale: ScoreScale
    /// What was tried on the first fold.
    public let attempts: [Attempt]
    /// The readings, or the network, that were taken.
    public let chosen: [String]
    /// The micro F1 on texts that neither models nor thresholds had seen.
    public let microF1: Double
    /// How many parts the texts were divided into.
    public let folds: Int
    /// How long it took.
    public let seconds: Double
    /// What is doubtful about the data.
    public let lint: LintReport

    /// One or several readings together, or a network.
    public struct Attempt: Sendable {
        public let readings: [String]
        /// On the first fold, with one threshold for all tags, tuned there.
        public let microF1: Double
        /// How long it took to learn and to score that fold.
        public let seconds: Double
    }

    /// What the tagger's thresholds make of ``scores``: 0 and 1, of the same shape. The thresholds were tuned on these
    /// scores, so figures of rare tags are a little too good; ``microF1`` is not.
    public var decisions: Tensor { tagger.thresholds.decisions(on: scores) }

    /// Precision, recall and F1 of each tag.
    public var report: ClassificationReport {
        classificationReport(target, decisions, targetNames: tagger.labels, zeroDivision: .zero)
    }

    public var description: String {
        let tried = attempts.map { attempt in
            "  \(percent(attempt.microF1))  \(formatFixed(attempt.seconds, decimals: 1).rightAligned(5)) s  "
                + attempt.readings.joined(separator: " + ")
        }
        return """
            A tagger of \(tagger.labels.count) tags, learned from \(target.rowCount) texts in \(formatFixed(seconds, decimals: 1)) s
            Micro F1 on texts that it had not seen: \(percent(microF1))
            Tried on one fold (micro F1, time):
            \(tried.joined(separator: "\n"))
            Taken: \(chosen.joined(separator: " + "))
            """
    }

    private func percent(_ share: Double) -> String { formatFixed(share * 100, decimals: 1) + " %" }
}
