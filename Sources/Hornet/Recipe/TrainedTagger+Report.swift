import HornetSupport

extension TrainedTagger {
    /// A page about the tagger, to be looked at: figures and curves of texts that models had not seen, each tag, and the worst
    /// mistakes, with the words that speak for and against a tag.
    ///
    /// ```swift
    /// try trained.evaluation(of: texts).write(to: "report.html")
    /// ```
    /// - Parameter texts: Those that it was trained on, for the mistakes. Throws when their number differs.
    public func evaluation(of texts: some Collection<String>) throws -> EvaluationReport {
        var facts = [
            ("Training", formatFixed(seconds, decimals: 1) + " s"),
            ("Features", "\(tagger.vectorizers.reduce(0) { $0 + $1.featureCount })"),
            ("Taken", chosen.joined(separator: " + ")),
        ]
        for attempt in attempts {
            facts.append(
                ("Tried: " + attempt.readings.joined(separator: " + "), "micro F1 " + formatFixed(attempt.microF1, decimals: 3)))
        }
        var report = try EvaluationReport(
            target, scores, labels: tagger.labels, thresholds: tagger.thresholds, texts: Array(texts),
            scoring: .crossValidation(folds: folds), facts: facts)
        try report.explain { text, label in
            try tagger.explain(text, label: tagger.labels[label]).pieces.map {
                WordWeight(bytes: $0.bytes, weight: $0.contribution)
            }
        }
        return report
    }
}
