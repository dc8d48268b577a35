import HornetMetrics
import HornetSupport

/// Writes the page of a report. All that comes from data passes through ``escapedMarkup(_:)``; the page is well-formed
/// XML, too, which tests can check strictly.
struct ReportPage {
    let report: EvaluationReport
    var findings: Findings { report.findings }

    init(_ report: EvaluationReport) { self.report = report }

    var html: String {
        let title = escapedMarkup(shortened(report.title, to: 200))
        let sections = [
            headline, training, labelTable, curves, reliability, confusions, companions, mistakes, trials, doubts, facts,
        ].compactMap(\.self)
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
            script-src '\(ReportStyle.scriptHash)'"/>
            <title>\(title)</title>
            <style>\(ReportStyle.sheet)\(FigureStyle.sheet)</style>
            </head>
            <body>
            <header>
            <h1>\(title)</h1>
            <p>\(withCommas(findings.textCount)) texts, \(withCommas(findings.labels.count)) labels. \(scoring)</p>
            <nav>\(sections.map { "<a href=\"#\($0.id)\">\($0.title)</a>" }.joined(separator: "\n"))</nav>
            </header>
            <main>
            \(sections.map(\.html).joined(separator: "\n"))
            </main>
            <script>\(ReportStyle.script)</script>
            </body>
            </html>

            """
    }

    struct Section {
        let id: String
        let title: String
        let body: String

        var html: String { "<section id=\"\(id)\">\n<h2>\(title)</h2>\n\(body)\n</section>" }
    }

    /// Where the scores come from.
    private var scoring: String {
        switch report.scoring {
        case .heldOut: "The model had not seen these texts."
        case .crossValidation(let folds):
            "The scores come from cross-validation in \(folds) folds: each text was scored by a model that had not "
                + "seen it."
        case .trainingTexts:
            "<strong>The model was trained on these texts</strong>: the figures say nothing of other texts."
        case nil: "Whether the model had seen these texts was not said."
        }
    }

    // MARK: - What sections are made of

    /// The name of a label, of whatever direction, and short.
    func name(_ label: Int) -> String {
        let name = findings.labels[label]
        let title = name.unicodeScalars.count <= 60 ? "" : " title=\"\(escapedMarkup(shortened(name, to: 300)))\""
        return "<bdi class=\"name\"\(title)>\(escapedMarkup(plainName(label, to: 60)))</bdi>"
    }

    /// The same where there is no markup. What follows a name may take its direction: put it last.
    func plainName(_ label: Int, to count: Int) -> String {
        let name = findings.labels[label]
        return name.isEmpty ? "(no name)" : shortened(name, to: count)
    }

    func drawing(_ figure: Figure, _ id: String) -> String {
        "<figure><figcaption>\(escapedMarkup(shortened(figure.title, to: 60)))</figcaption>"
            + "\(figure.svg(id: id))</figure>"
    }

    /// A table that may be wider than a phone.
    func table(_ heads: [(text: String, isNumber: Bool)], _ rows: [[String]], attributes: String = "") -> String {
        var html =
            "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table\(attributes)><thead><tr>"
        for head in heads { html += "<th scope=\"col\"\(head.isNumber ? " class=\"n\"" : "")>\(head.text)</th>" }
        html += "</tr></thead>\n<tbody>\n"
        for row in rows { html += "<tr>\(row.joined())</tr>\n" }
        return html + "</tbody></table></div>"
    }

    func cell(_ html: String) -> String { "<td>\(html)</td>" }

    /// A cell by whose number rows are sorted.
    func cell(_ number: Int) -> String { "<td class=\"n\" data-v=\"\(number)\">\(withCommas(number))</td>" }

    /// With three decimals; a dash, which is less than any number, where there is none.
    func cell(_ number: Double?) -> String {
        guard let number else { return "<td class=\"n\" data-v=\"-1\">–</td>" }
        return "<td class=\"n\" data-v=\"\(number)\">\(rounded(number))</td>"
    }

    func rounded(_ number: Double) -> String { formatFixed(number, decimals: 3) }

    func percent(_ share: Double) -> String { formatFixed(share * 100, decimals: 1) + " %" }

    func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(withCommas(number)) \(number == 1 ? one : many)"
    }
}
