import HornetMetrics
import HornetSupport

extension ReportPage {
    /// The figures to look at first, with a sentence each.
    var headline: Section? {
        let (micro, macro, samples) = (average(.micro), average(.macro), average(.samples))
        let cards = [
            card(
                "Micro F1", micro.fScore, "Precision and recall in one, over all decisions: frequent labels count most."
            ),
            card(
                "Precision", micro.precision, "Of 100 labels that were given, \(hundredths(micro.precision)) are right."
            ),
            card("Recall", micro.recall, "Of 100 labels that should be given, \(hundredths(micro.recall)) were."),
            card(
                "Macro F1", macro.fScore,
                "The mean of the labels’ own F1: a rare label counts as much as a frequent one."),
            card("Samples F1", samples.fScore, "The mean of the texts’ own F1: how well one text fares."),
            card(
                "All right", findings.subsetAccuracy,
                "Of 100 texts, \(hundredths(findings.subsetAccuracy)) have exactly their labels: none missing, "
                    + "none too many."
            ),
            card(
                "Ranking precision", findings.rankingPrecision,
                "How far up the true labels are when a text’s labels are sorted by score, thresholds aside; "
                    + "1 is on top."
            ),
        ]
        let rows = findings.averages.map { average in
            [
                "<th scope=\"row\">\(average.name.rawValue)</th>", cell(average.figures.precision),
                cell(average.figures.recall), cell(average.figures.fScore),
            ]
        }
        let averages = table(
            [("Average", false), ("Precision", true), ("Recall", true), ("F1", true)], rows,
            attributes: " class=\"small\"")
        return Section(
            id: "figures", title: "At a glance",
            body:
                "<div class=\"cards\">\(cards.joined())</div>\n<details><summary>All averages</summary>"
                    + "\(averages)</details>"
        )
    }

    private func average(_ name: Averaging) -> PrecisionRecallFScore {
        findings.averages.first { $0.name == name }!.figures
    }

    private func card(_ name: String, _ figure: Double, _ words: String) -> String {
        "<div class=\"card\"><h3>\(name)</h3><p class=\"figure\">\(rounded(figure))</p><p>\(words)</p></div>\n"
    }

    private func hundredths(_ share: Double) -> String { formatFixed(share * 100, decimals: 0) }

    var training: Section? {
        guard let history = report.history, !history.epochs.isEmpty else { return nil }
        let figures = history.figures.prefix(12).enumerated().map { number, figure in
            var figure = figure
            figure.panels[0].y.name = ""  // It stands above.
            return drawing(figure, "training-\(number)")
        }
        return Section(
            id: "training", title: "Training",
            body:
                "<p>Where validation gets worse while training gets better, the model learns its texts by heart.</p>\n"
                + "<div class=\"charts\">\(figures.joined(separator: "\n"))</div>")
    }

    var curves: Section? {
        let curves = findings.curves
        guard !curves.kept.isEmpty else { return nil }
        let shown = curves.kept.prefix(FigureStyle.count - 1)
        func averagePrecision(_ curve: PrecisionRecallCurve) -> String { rounded(curve.averagePrecision) }
        var lines = [curves.micro.line("\(averagePrecision(curves.micro)) all labels together", .number(0))]
        for (number, kept) in shown.enumerated() {
            let name = "\(averagePrecision(kept.curve)) \(plainName(kept.label, to: 30))"
            lines.append(kept.curve.line(name, .number(number + 1)))
        }
        let micro = average(.micro)
        let now = Figure.Line("at these thresholds", [(micro.recall, micro.precision)], .number(0), hasDots: true)
        let all = PrecisionRecallCurve.figure(title: "The labels with most texts", lines + [now])
        var body =
            "<p>What precision each recall costs, as the threshold falls. The number is the average precision, the "
            + "area under the curve.</p>\n<div class=\"charts\">\(drawing(all, "curves"))</div>\n"
        let others = curves.kept.dropFirst(shown.count)
        if !others.isEmpty {
            let small = others.map { label, curve in
                var figure = PrecisionRecallCurve.figure(
                    title: "\(averagePrecision(curve)) \(plainName(label, to: 40))", [curve.line("", .number(0))])
                figure.width = 200
                figure.panels[0].height = 120
                return drawing(figure, "curve-\(label)")
            }
            let left = findings.labels.count - curves.kept.count
            body += "<details><summary>\(count(others.count, "further label", "further labels"))</summary>"
            body += "<div class=\"charts small\">\(small.joined(separator: "\n"))</div>"
            if left > 0 {
                body +=
                    "<p class=\"note\">\(count(left, "label", "labels")) with fewer texts, or none, are left out.</p>"
            }
            body += "</details>"
        }
        return Section(id: "curves", title: "Precision and recall", body: body)
    }

    var reliability: Section? {
        guard let curve = findings.reliability else { return nil }
        let error = formatFixed(curve.expectedCalibrationError, decimals: 4)
        return Section(
            id: "reliability", title: "Can scores be taken at their word?",
            body:
                "<p>Of the labels with a score of 0.8, four in five should be right. Points under the diagonal "
                + "promise too much, points above it too little. The expected calibration error is "
                + "<strong>\(error)</strong>: the mean distance from the diagonal, each score counted once. With many "
                + "labels most scores are close to 0, and rightly so: look at the points more than at this number.</p>\n"
                + (findings.uncalibratedReliability.map { before in
                    "<p>Before calibration it was <strong>\(formatFixed(before.expectedCalibrationError, decimals: 4))</strong>.</p>\n"
                } ?? "")
                + "<div class=\"charts\">"
                + (findings.uncalibratedReliability.map { before in
                    drawing(before.figure(title: "Before calibration, all labels together"), "uncalibrated")
                } ?? "")
                + drawing(
                    curve.figure(
                        title: findings.uncalibratedReliability == nil
                            ? "Reliability, all labels together" : "Calibrated, all labels together"), "reliability")
                + "</div>")
    }
}
