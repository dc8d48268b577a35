import HornetSupport

extension ReportPage {
    private static var textLimit: Int { 800 }
    private static var chipLimit: Int { 12 }

    var mistakes: Section? {
        guard let texts = findings.mistakenTexts else { return nil }
        let wrong = findings.wrongTextCount
        var body = "<p>\(count(wrong, "text has", "texts have")) a label too many or too few. "
        if wrong == 0 { return Section(id: "mistakes", title: "The worst mistakes", body: body + "</p>") }
        body +=
            "Here are \(wrong > texts.count ? "the \(texts.count)" : "those") whose scores are farthest on the "
        body += "wrong side of a threshold: errors of the model, and errors in the data.</p>\n"
        if !report.explanations.isEmpty {
            body += "<p><mark class=\"for w4\">Words that spoke for a label</mark> and "
            body +=
                "<mark class=\"against w4\">words against it</mark> are marked, the stronger the more they count.</p>\n"
        }
        body += "<ol class=\"mistakes\">\n"
        for (position, mistake) in findings.mistakes.enumerated() {
            body += "<li><p class=\"note\">Text \(withCommas(mistake.text + 1))</p>\n"
            body += chips(mistake, findings.mistakenScores[position])
            body += words(mistake, texts[position]) + "</li>\n"
        }
        return Section(id: "mistakes", title: "The worst mistakes", body: body + "</ol>")
    }

    /// The labels that were given or wanted, wrong ones first.
    private func chips(_ mistake: EvaluationReport.Mistake, _ scores: [Float]) -> String {
        let right = mistake.given.filter(mistake.wanted.contains)
        let labels = mistake.wrong + right
        var html = "<ul class=\"chips\">"
        for label in labels.prefix(ReportPage.chipLimit) {
            let (style, word): (String, String) =
                switch (mistake.given.contains(label), mistake.wanted.contains(label)) {
                case (true, false): ("extra", "wrongly given")
                case (false, true): ("missed", "missing")
                default: ("right", "right")
                }
            html += "<li class=\"\(style)\"><b>\(word)</b> \(name(label)) <small>\(score(scores[label])) "
            html += "(from \(score(findings.thresholds[label])))</small></li>\n"
        }
        if labels.count > ReportPage.chipLimit {
            html += "<li>and \(withCommas(labels.count - ReportPage.chipLimit)) more</li>"
        }
        return html + "</ul>\n"
    }

    private func score(_ score: Float) -> String { formatFixed(Double(score), decimals: 2) }

    private func words(_ mistake: EvaluationReport.Mistake, _ text: String) -> String {
        let explanations = report.explanations.filter { $0.text == mistake.text }
        if explanations.isEmpty { return paragraph(highlighted(text, [])) }
        return explanations.map { explanation in
            "<p class=\"why\">For or against \(name(explanation.label)):</p>\n"
                + paragraph(highlighted(text, explanation.words))
        }.joined()
    }

    private func paragraph(_ html: String) -> String { "<p class=\"text\" dir=\"auto\">\(html)</p>\n" }

    /// The beginning of a text with its words marked. Ranges that overlap an earlier one, or lie outside, are left out.
    private func highlighted(_ text: String, _ words: [WordWeight]) -> String {
        let shown = String(String.UnicodeScalarView(text.unicodeScalars.prefix(ReportPage.textLimit)))
        let bytes = Array(shown.utf8)
        let most = words.lazy.map(\.weight.magnitude).filter(\.isFinite).max() ?? 0
        var html = ""
        var position = 0
        func plain(_ range: Range<Int>) -> String { escapedMarkup(String(decoding: bytes[range], as: UTF8.self)) }
        for word in words.sorted(by: { $0.bytes.lowerBound < $1.bytes.lowerBound }) {
            let strength = most > 0 && word.weight.isFinite ? Int((word.weight.magnitude / most * 5).rounded()) : 0
            guard strength > 0, word.bytes.lowerBound >= position, word.bytes.upperBound <= bytes.count,
                isBoundary(word.bytes.lowerBound, bytes), isBoundary(word.bytes.upperBound, bytes)
            else { continue }
            html += plain(position..<word.bytes.lowerBound)
            html += "<mark class=\"\(word.weight > 0 ? "for" : "against") w\(strength)\">\(plain(word.bytes))</mark>"
            position = word.bytes.upperBound
        }
        html += plain(position..<bytes.count)
        let left = text.unicodeScalars.count - shown.unicodeScalars.count
        return left > 0 ? html + "… <span class=\"note\">(\(count(left, "character", "characters")) more)</span>" : html
    }

    /// Whether no character's bytes are parted there.
    private func isBoundary(_ position: Int, _ bytes: [UInt8]) -> Bool {
        position == bytes.count || bytes[position] & 0xC0 != 0x80
    }

    // MARK: - Facts

    var facts: Section? {
        let labelsGiven = findings.perLabel.reduce(0) { $0 + $1.given }
        let labelsWanted = findings.perLabel.reduce(0) { $0 + $1.support }
        let unused = findings.perLabel.count { $0.support == 0 }
        func perText(_ number: Int) -> String { formatFixed(Double(number) / Double(findings.textCount), decimals: 2) }
        let values = findings.thresholds.values
        let (low, high) = (values.min()!, values.max()!)
        var rows = [
            ("Texts", withCommas(findings.textCount)), ("Labels", withCommas(findings.labels.count)),
            ("Labels of a text", "\(perText(labelsWanted)) on average; \(perText(labelsGiven)) given"),
            ("Thresholds", low == high ? "\(low) for all" : "\(rounded(Double(low))) to \(rounded(Double(high)))"),
        ]
        if unused > 0 {
            rows.append(("Labels that no text has", "\(withCommas(unused)); each counts 0 in macro figures"))
        }
        rows += report.facts.prefix(200).map { ($0.name, $0.value) }
        let cells = rows.map { name, value in
            [
                "<th scope=\"row\">\(escapedMarkup(shortened(name, to: 200)))</th>",
                cell("<bdi>\(escapedMarkup(shortened(value, to: 2000)))</bdi>"),
            ]
        }
        return Section(
            id: "facts", title: "Data and model",
            body: table([("What", false), ("", false)], cells, attributes: " class=\"facts\""))
    }
}
