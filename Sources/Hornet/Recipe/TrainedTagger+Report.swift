import HornetSupport

extension TrainedTagger {
    /// A page about the tagger, to be looked at: figures and curves of texts that models had not seen, each tag, the worst
    /// mistakes, with the words that speak for and against a tag, what was tried, and what is doubtful about the data.
    ///
    /// ```swift
    /// try trained.evaluation().write(to: "report.html")
    /// ```
    public func evaluation() throws -> EvaluationReport {
        var facts = [("Training", formatFixed(seconds, decimals: 1) + " s"), ("Taken", chosen.joined(separator: " + "))]
        if tagger.tokenizer == nil {
            facts.append(("Features", withCommas(tagger.vectorizers.reduce(0) { $0 + $1.featureCount })))
        }
        var report = try EvaluationReport(
            target, scores, labels: tagger.labels, thresholds: tagger.thresholds, texts: texts,
            uncalibrated: scale.unscaled(scores), scoring: .crossValidation(folds: folds), facts: facts)
        report.trials = attempts.map { attempt in
            EvaluationReport.Trial(
                name: attempt.readings.joined(separator: " + "), microF1: attempt.microF1, seconds: attempt.seconds,
                isTaken: attempt.readings == chosen)
        }
        report.lint = lint
        try report.explain { text, label in
            try tagger.explain(text, label: tagger.labels[label]).pieces.map {
                WordWeight(bytes: $0.bytes, weight: $0.contribution)
            }
        }
        return report
    }
}
