import HornetSupport

extension ReportPage {
    private static var trialLimit: Int { 100 }

    /// What was tried, and what it was worth.
    var trials: Section? {
        guard !report.trials.isEmpty else { return nil }
        let rows = report.trials.prefix(ReportPage.trialLimit).map { trial in
            [
                "<th scope=\"row\"><bdi>\(escapedMarkup(shortened(trial.name, to: 200)))</bdi>"
                    + (trial.isTaken ? " <b>taken</b>" : "") + "</th>", cell(trial.microF1),
                "<td class=\"n\" data-v=\"\(trial.seconds)\">\(formatFixed(trial.seconds, decimals: 1))</td>",
            ]
        }
        return Section(
            id: "trials", title: "What was tried",
            body:
                "<p>Each way was tried on the same texts, which it had not seen, with one threshold for all labels.</p>\n"
                + table(
                    [("Way", false), ("Micro F1", true), ("Seconds", true)], Array(rows), attributes: " class=\"small\""))
    }

    /// What lint says of the data.
    var doubts: Section? {
        guard let lint = report.lint else { return nil }
        if lint.findings.isEmpty {
            return Section(id: "doubts", title: "The data", body: "<p>\(escapedMarkup(lint.subject)): nothing doubtful was found.</p>")
        }
        let items = lint.findings.map { finding in
            let evidence = finding.evidence.map { "<li><bdi>\(escapedMarkup(shortened($0, to: 1000)))</bdi></li>" }
            return "<h3>\(escapedMarkup(finding.title)) <small>\(finding.severity)</small></h3>\n<ul>\(evidence.joined())</ul>\n"
                + "<p>\(escapedMarkup(finding.remedy)).</p>\n"
        }
        return Section(
            id: "doubts", title: "The data",
            body: "<p>\(escapedMarkup(lint.subject)): this may be wrong with them.</p>\n" + items.joined())
    }
}
