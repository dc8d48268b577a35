public import HornetMetrics
import HornetSupport
public import HornetTensor

/// What a tagger does well and where it fails, as one page to look at: figures, curves, each label, which labels are
/// taken for which, and the worst mistakes.
///
/// ```swift
/// let trained = try TextTagger().fit(texts, tags: tags)
/// let report = try EvaluationReport(
///     trained.target, trained.scores, labels: trained.tagger.labels, thresholds: trained.tagger.thresholds,
///     texts: texts, scoring: .crossValidation(folds: 4))
/// try report.write(to: "report.html")
/// ```
/// The page is one file of HTML that loads nothing from anywhere, can be printed, and works without its script, which
/// sorts the table of labels. However many texts and labels there are, it stays below a few megabytes: it says what was
/// left out.
public struct EvaluationReport: Sendable {
    /// Where scores come from.
    public enum Scoring: Sendable, Equatable {
        /// The model never saw the texts.
        case heldOut
        /// Each text was scored by a model that had been trained on other folds.
        case crossValidation(folds: Int)
        /// The model was trained on these texts: the figures say nothing of others.
        case trainingTexts
    }

    /// At the top of the page.
    public var title = "How well the tags fit"
    public var scoring: Scoring?
    /// The course of training.
    public var history: History?
    /// What else is to be known of data and model, by name: `[("Vocabulary", "10,000 words")]`.
    public var facts: [(name: String, value: String)]
    /// What was tried, in this order, to choose the model.
    public var trials: [Trial] = []
    /// What is doubtful about the data.
    public var lint: LintReport?
    /// What was found. Computed once.
    let findings: Findings
    var explanations: [Explanation] = []

    /// A way that was tried.
    public struct Trial: Sendable {
        let name: String
        let microF1: Double
        let seconds: Double
        let isTaken: Bool

        /// - Parameter microF1: On texts that it had not seen.
        public init(name: String, microF1: Double, seconds: Double, isTaken: Bool) {
            (self.name, self.microF1, self.seconds, self.isTaken) = (name, microF1, seconds, isTaken)
        }
    }

    struct Explanation {
        let text: Int
        let label: Int
        let words: [WordWeight]
    }

    /// - Parameters:
    ///   - target: The true labels, `[texts, labels]`, 0 and 1.
    ///   - scores: Of the same shape, finite; larger means more likely.
    ///   - labels: Their names, in the order of the columns.
    ///   - thresholds: A label is given where its score is above its threshold.
    ///   - texts: For the worst mistakes, which are left out otherwise.
    ///   - probabilities: What to judge as probabilities, if that isn't `scores`; scores that are not between 0 and 1
    ///   are none, and the section is left out.
    ///   - uncalibrated: The probabilities before a calibration, to be seen beside those behind it.
    ///
    /// Throws where shapes or numbers differ, or there is nothing to report on.
    public init(
        _ target: some LabelArray, _ scores: Tensor, labels: [String], thresholds: Thresholds,
        texts: [String]? = nil, probabilities: Tensor? = nil, uncalibrated: Tensor? = nil,
        scoring: Scoring? = nil, history: History? = nil, facts: [(name: String, value: String)] = []
    ) throws {
        let place = "EvaluationReport"
        guard scores.rank == 2, scores.shape[1] == labels.count, labels.count == thresholds.values.count else {
            throw HornetError(
                .shape, at: place,
                "scores of shape \(scores.shape), \(labels.count) labels, \(thresholds.values.count) thresholds differ"
            )
        }
        if let texts, texts.count != scores.shape[0] {
            throw HornetError(.shape, at: place, "there are \(texts.count) texts and scores for \(scores.shape[0])")
        }
        findings = try Findings(target, scores, labels, thresholds, texts, probabilities, uncalibrated)
        self.scoring = scoring
        self.history = history
        self.facts = facts
    }

    /// A text whose labels are wrong, by a wide margin.
    public struct Mistake: Sendable, Equatable {
        /// Its number among the texts.
        public let text: Int
        /// The columns of the labels that it has.
        public let wanted: [Int]
        /// The columns of the labels that it was given.
        public let given: [Int]
        /// How far the score of a wrong label is on the wrong side of its threshold, for the worst one.
        public internal(set) var margin: Float

        /// The labels that were given and should not have been, then those that are missing.
        public var wrong: [Int] {
            given.filter { !wanted.contains($0) } + wanted.filter { !given.contains($0) }
        }
    }

    /// The worst mistakes, which the page shows; at most 25.
    public var mistakes: [Mistake] { findings.mistakes }

    /// Highlights, in the worst mistakes, which words spoke for a wrong label and which against it. `weights` is asked
    /// for each of these texts, and up to three of its wrong labels, by text and column.
    public mutating func explain(_ weights: (_ text: String, _ label: Int) throws -> [WordWeight]) rethrows {
        guard let texts = findings.mistakenTexts else { return }
        explanations = []
        for (mistake, text) in zip(mistakes, texts) {
            for label in mistake.wrong.prefix(3) {
                explanations.append(Explanation(text: mistake.text, label: label, words: try weights(text, label)))
            }
        }
    }

    /// The page.
    public var html: String { ReportPage(self).html }

    /// Writes ``html`` to a file, which is there in whole or not at all.
    public func write(to path: String) throws { try writeAtomically(html, to: path) }
}
