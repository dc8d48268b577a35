import HornetSupport

extension ReportPage {
    private static var rowLimit: Int { 2000 }

    /// A row for each label, those with most texts first.
    var labelTable: Section? {
        let shown = findings.bySupport.prefix(ReportPage.rowLimit)
        let rows = shown.map { label in
            let figures = findings.perLabel[label]
            return [
                "<th scope=\"row\">\(name(label))</th>", cell(figures.support), f1Cell(figures.f1),
                cell(figures.precision),
                cell(figures.recall), cell(figures.averagePrecision), cell(Double(findings.thresholds[label])),
                cell(figures.given),
            ]
        }
        let heads = ["Texts", "F1", "Precision", "Recall", "Average precision", "Threshold", "Given"]
        var body =
            "<p>So many texts have the label, and so many were given it: those whose score is above its threshold"
            + (findings.thresholds.atLeastOne ? ", or no score is enough and its own comes closest. " : ". ")
            + "Average precision looks at all thresholds.</p>\n"
        body += table(
            [("Label", false)] + heads.map { ($0, true) }, rows, attributes: " class=\"sortable\"")
        let left = findings.labels.count - shown.count
        if left > 0 { body += "<p class=\"note\">\(count(left, "label", "labels")) with fewer texts are left out.</p>" }
        return Section(id: "labels", title: "Label by label", body: body)
    }

    /// The figure over a bar of that length, in twentieths.
    private func f1Cell(_ f1: Double) -> String {
        let length = Int((f1 * 20).rounded())
        return "<td class=\"n b b\(length)\" data-v=\"\(f1)\">\(rounded(f1))</td>"
    }

    // MARK: - Pairs of labels

    private static var pairLimit: Int { 20 }
    private static var mapLimit: Int { 12 }

    var confusions: Section? {
        let pairs = findings.pairs.confusions
        var body =
            "<p>In the same text, one label is missing and another one was given wrongly: that often was "
            + "the second taken for the first.</p>\n"
        if pairs.isEmpty {
            body += "<p>No such text counts here.</p>"
        } else {
            let rows = pairs.prefix(ReportPage.pairLimit).map {
                [cell(name($0.missed)), cell(name($0.given)), cell($0.count)]
            }
            body += "<div class=\"columns\">"
            body += table([("Missing", false), ("Given in its place", false), ("Texts", true)], rows)
            body += heatMap(pairs) + "</div>"
        }
        body += remark(pairs.count)
        return Section(id: "confusions", title: "Which labels are taken for which", body: body)
    }

    /// Those that figure in most confusions, in a square.
    private func heatMap(_ pairs: [LabelPairs.Confusion]) -> String {
        var weight: [Int: Int] = [:]
        for pair in pairs {
            weight[pair.missed, default: 0] += pair.count
            weight[pair.given, default: 0] += pair.count
        }
        let labels = weight.keys.sorted { (-weight[$0]!, $0) < (-weight[$1]!, $1) }.prefix(ReportPage.mapLimit)
        guard labels.count > 2 else { return "" }
        var counts: [Int: [Int: Int]] = [:]
        for pair in pairs { counts[pair.missed, default: [:]][pair.given] = pair.count }
        let most = pairs[0].count
        let rows = labels.map { missed in
            ["<th scope=\"row\">\(name(missed))</th>"]
                + labels.map { given in
                    guard missed != given else { return "<td class=\"n\">·</td>" }
                    let count = counts[missed]?[given] ?? 0
                    let shade = (count * 6 + most - 1) / most
                    return "<td class=\"n h\(shade)\">\(count == 0 ? "" : withCommas(count))</td>"
                }
        }
        let heads = [("Missing ↓ given →", false)] + labels.map { ("<span>\(name($0))</span>", true) }
        return table(heads, rows, attributes: " class=\"heat\"")
    }

    var companions: Section? {
        let pairs = findings.pairs.companions
        guard !pairs.isEmpty else { return nil }
        let rows = pairs.prefix(ReportPage.pairLimit).map { pair in
            [
                cell(name(pair.first)), cell(name(pair.second)), cell(pair.trueCount), cell(pair.givenCount),
                share(pair.trueCount, pair.first), share(pair.trueCount, pair.second),
            ]
        }
        let heads =
            [("Label", false), ("and label", false)]
            + ["Texts with both", "Given both", "Share of the first", "Share of the second"].map { ($0, true) }
        return Section(
            id: "together", title: "Which labels go together",
            body:
                "<p>Pairs that many texts have, beside how often both were given: a large difference is a connection "
                + "that the model does not see, or sees too much of.</p>\n"
                + table(heads, rows, attributes: " class=\"sortable\"")
                + remark(pairs.count))
    }

    private func share(_ part: Int, _ label: Int) -> String {
        let share = Double(part) / Double(findings.perLabel[label].support)
        return "<td class=\"n\" data-v=\"\(share)\">\(percent(share))</td>"
    }

    private func remark(_ pairCount: Int) -> String {
        var sentences: [String] = []
        if pairCount > ReportPage.pairLimit {
            sentences.append("\(count(pairCount - ReportPage.pairLimit, "pair is", "pairs are")) not shown.")
        }
        let left = findings.pairs.leftOutCount
        if left > 0 { sentences.append("\(count(left, "text", "texts")) with very many labels do not count here.") }
        return sentences.isEmpty ? "" : "<p class=\"note\">\(sentences.joined(separator: " "))</p>"
    }
}
