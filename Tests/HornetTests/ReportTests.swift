import Hornet
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct ReportTests {
    static let names = ["Economy", "<script>alert(1)</script>", "\" onclick=\"x", "]]>&amp;", "\u{0}\u{202E}evil", ""]

    /// Scores that are right mostly.
    static func data(_ textCount: Int, _ labelCount: Int) -> (y: Tensor, scores: Tensor, texts: [String]) {
        var random = RandomSource(seed: 3)
        let shape = [textCount, labelCount]
        let (scores, noise) = (Tensor.uniform(shape, using: &random), Tensor.uniform(shape, using: &random))
        let y = zip(scores.scalars, noise.scalars).map { $0 * 0.6 + $1 * 0.4 > 0.65 ? Float(1) : 0 }
        return (Tensor(y, shape: shape), scores, (0..<textCount).map { "<b>Text</b> \($0) & \"words\"" })
    }

    static func report(
        _ labels: [String] = names, scoring: EvaluationReport.Scoring? = nil, history: History? = nil
    ) throws -> EvaluationReport {
        let (y, scores, texts) = data(120, labels.count)
        return try EvaluationReport(
            y, scores, labels: labels, thresholds: Thresholds(repeating: 0.6, count: labels.count), texts: texts,
            scoring: scoring, history: history, facts: [("<i>Vocabulary</i>", "10,000 & \u{7} more")])
    }

    @Test func figuresAreThoseOfTheMetrics() throws {
        let (y, scores, _) = ReportTests.data(120, 6)
        let decisions = scores.thresholded(above: 0.6)
        let page = try parseMarkup(ReportTests.report().html)
        let cards = page.named("figures")!.all("div").filter { $0.classes == ["card"] }
        func figure(_ name: String) -> String? {
            cards.first { $0.all("h3")[0].text == name }?.all("p").first { $0.classes == ["figure"] }?.text
        }
        func text(_ figure: Double) -> String { formatFixed(figure, decimals: 3) }
        let (micro, macro, samples) = (
            try precisionRecallFScore(y, decisions, average: .micro),
            try precisionRecallFScore(y, decisions, average: .macro),
            try precisionRecallFScore(y, decisions, average: .samples, zeroDivision: .zero)
        )
        #expect(figure("Micro F1") == text(micro.fScore))
        #expect(figure("Precision") == text(micro.precision))
        #expect(figure("Recall") == text(micro.recall))
        #expect(figure("Macro F1") == text(macro.fScore))
        #expect(figure("Samples F1") == text(samples.fScore))
        #expect(figure("All right") == text(try accuracyScore(y, decisions)))
        #expect(figure("Ranking precision") == text(try labelRankingAveragePrecision(y, scores)))
        let error = formatFixed(try expectedCalibrationError(y, scores), decimals: 4)
        #expect(page.named("reliability")!.text.contains(error))
        let curve = page.named("curves")!.all("text").map(\.text)
        #expect(curve.contains("\(text(try averagePrecisionScore(y, scores, average: .micro))) all labels together"))
    }

    @Test func eachLabelHasItsFigures() throws {
        let (y, scores, _) = ReportTests.data(120, 6)
        let figures = try precisionRecallFScoreSupport(y, scores.thresholded(above: 0.6))
        let averagePrecision = try averagePrecisionScores(y, scores)
        let page = try parseMarkup(ReportTests.report(["a", "b", "c", "d", "e", "f"]).html)
        let rows = page.named("labels")!.all("tbody")[0].all("tr")
        #expect(rows.count == 6)
        for row in rows {
            let label = ["a", "b", "c", "d", "e", "f"].firstIndex(of: row.all("th")[0].text)!
            let values = row.all("td").map { Double($0.attributes["data-v"]!)! }
            let given = Double(scores.thresholded(above: 0.6).scalars.enumerated().count { $0 % 6 == label && $1 == 1 })
            let expected = [
                figures.support[label], figures.fScore[label], figures.precision[label], figures.recall[label],
                averagePrecision[label], Double(Float(0.6)), given,
            ]
            // The sum of average precision has fewer terms here.
            #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-12 } && values.count == expected.count)
        }
        let support = rows.map { Double($0.all("td")[0].attributes["data-v"]!)! }
        #expect(support == support.sorted(by: >))
    }

    @Test func dataStaysText() throws {
        var report = try ReportTests.report()
        report.title = "</title><script>alert(1)</script>"
        report.explain { text, _ in
            [WordWeight(bytes: 0..<3, weight: 1), WordWeight(bytes: 3..<text.utf8.count, weight: -1)]
        }
        let page = try parseMarkup(report.html)
        #expect(page.all("title")[0].text == report.title)
        #expect(page.all("script").count == 1)
        #expect(page.all("b").allSatisfy { ["wrongly given", "missing", "right"].contains($0.text) })
        #expect(page.all("i").isEmpty && page.all("img").isEmpty && page.values(of: "src").isEmpty)
        #expect(page.values(of: "onclick").isEmpty)
        #expect(page.values(of: "href").allSatisfy { $0.hasPrefix("#") })
        let ids = page.values(of: "id")
        #expect(Set(ids).count == ids.count)
        #expect(page.values(of: "href").allSatisfy { ids.contains(String($0.dropFirst())) })
        let names = page.named("labels")!.all("tbody")[0].all("th").map(\.text)
        #expect(
            Set(names) == [
                "Economy", "<script>alert(1)</script>", "\" onclick=\"x", "]]>&amp;", "␀\u{FFFD}evil", "(no name)",
            ])
        #expect(page.named("facts")!.text.contains("10,000 & ␇ more"))
    }

    @Test func onlyItsOwnScriptMayRun() throws {
        let page = try parseMarkup(ReportTests.report().html)
        let policy = page.all("meta").first { $0.attributes["http-equiv"] == "Content-Security-Policy" }!.attributes[
            "content"]!
        #expect(policy.hasPrefix("default-src 'none'"))
        #expect(policy.contains("script-src 'sha256-\(sha256Base64(Array(page.all("script")[0].text.utf8)))'"))
    }

    @Test func saysWhereScoresComeFrom() throws {
        #expect(
            try ReportTests.report(scoring: .crossValidation(folds: 7)).html.contains("cross-validation in 7 folds"))
        #expect(try ReportTests.report(scoring: .trainingTexts).html.contains("was trained on these texts"))
        #expect(try !ReportTests.report(scoring: .heldOut).html.contains("cross-validation"))
        #expect(try ReportTests.report().html.contains("was not said"))
    }

    @Test func mistakesAreTheWidestMargins() throws {
        let y: Tensor = [[1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 0, 0]]
        let scores: Tensor = [[0.9, 0.1, 0.2], [0.95, 0.9, 0], [0.8, 0.3, 0], [0, 0, 0]]
        var report = try EvaluationReport(
            y, scores, labels: ["a", "b", "c"], thresholds: Thresholds([0.5, 0.5, 0.5]),
            texts: ["p", "q é s", "r", "s"])
        #expect(report.mistakes.map(\.text) == [1, 2])
        #expect(report.mistakes.map(\.wrong) == [[0], [1]])
        #expect(report.mistakes[0].given == [0, 1] && report.mistakes[0].wanted == [1])
        var asked: [String] = []
        report.explain { text, label in
            asked.append("\(text) \(label)")
            // é takes two bytes; what can't be marked is left out.
            return [
                WordWeight(bytes: 2..<4, weight: 2), WordWeight(bytes: 3..<6, weight: 3),
                WordWeight(bytes: 5..<90, weight: 1),
                WordWeight(bytes: 0..<1, weight: .nan), WordWeight(bytes: 5..<6, weight: -3),
            ]
        }
        #expect(asked == ["q é s 0", "r 1"])
        let mistakes = try parseMarkup(report.html).named("mistakes")!.all("ol")[0]
        #expect(mistakes.all("mark").map(\.text) == ["é", "s"])
        #expect(mistakes.all("mark").map(\.classes) == [["for", "w3"], ["against", "w5"]])
        #expect(mistakes.all("p").map(\.text).contains("q é s"))
    }

    @Test func pairsAreCounted() throws {
        // Twice the second label in place of the first, once the third.
        let y: Tensor = [[1, 0, 0], [1, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 0]]
        let scores: Tensor = [[0, 1, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 0]]
        let report = try EvaluationReport(y, scores, labels: ["a", "b", "c"], thresholds: Thresholds([0.5, 0.5, 0.5]))
        let page = try parseMarkup(report.html)
        func rows(_ id: String) -> [[String]] {
            page.named(id)!.all("tbody")[0].all("tr").map { row in row.children.map(\.text) }
        }
        #expect(rows("confusions") == [["a", "b", "2"], ["a", "c", "1"]])
        #expect(rows("together") == [["a", "b", "2", "1", "40.0 %", "100.0 %"]])
    }

    @Test func leavesOutWhatThereIsNot() throws {
        let (y, scores, _) = ReportTests.data(50, 3)
        let margins = scores * 4 - 2
        let thresholds = Thresholds([0, 0, 0])
        let page = try parseMarkup(
            try EvaluationReport(y, margins, labels: ["a", "b", "c"], thresholds: thresholds).html)
        for id in ["training", "mistakes", "reliability"] { #expect(page.named(id) == nil) }
        let with = try EvaluationReport(
            y, margins, labels: ["a", "b", "c"], thresholds: thresholds, probabilities: scores)
        #expect(try parseMarkup(with.html).named("reliability") != nil)
    }

    @Test func labelsWithoutTextsAndPerfectScores() throws {
        let y: Tensor = [[1, 0], [0, 0]]
        let report = try EvaluationReport(
            y, y, labels: ["a", "b"], thresholds: Thresholds([0.5, 0.5]), texts: ["p", "q"])
        let page = try parseMarkup(report.html)
        #expect(page.named("labels")!.all("tr")[2].all("td").map { $0.attributes["data-v"]! }[4] == "-1")
        #expect(page.named("mistakes")!.text.contains("0 texts have"))
        #expect(page.named("facts")!.text.contains("Labels that no text has"))
    }

    @Test func refusesWhatDoesNotFit() throws {
        let (y, scores, texts) = ReportTests.data(10, 3)
        let (labels, thresholds) = (["a", "b", "c"], Thresholds([0, 0, 0]))
        func refused(_ body: () throws -> EvaluationReport) { #expect(throws: HornetError.self) { try body() } }
        refused { try EvaluationReport(y, scores, labels: ["a"], thresholds: thresholds) }
        refused { try EvaluationReport(y, scores, labels: labels, thresholds: Thresholds([0])) }
        refused {
            try EvaluationReport(y, scores, labels: labels, thresholds: thresholds, texts: Array(texts.dropLast()))
        }
        refused { try EvaluationReport(y, scores * .nan, labels: labels, thresholds: thresholds) }
        refused { try EvaluationReport(y, scores, labels: labels, thresholds: thresholds, probabilities: scores * 2) }
        refused { try EvaluationReport(scores, scores, labels: labels, thresholds: thresholds) }
        refused { try EvaluationReport(Indices([1, 0]), scores, labels: labels, thresholds: thresholds) }
        refused {
            try EvaluationReport(Tensor.zeros([0, 3]), Tensor.zeros([0, 3]), labels: labels, thresholds: thresholds)
        }
    }

    @Test func staysSmall() throws {
        let long = (0..<3_000).map { "\($0)" + String(repeating: "ä", count: 3_000) }
        let (y, scores, _) = ReportTests.data(60, 3_000)
        let texts = (0..<60).map { _ in String(repeating: "word ", count: 50_000) }
        let report = try EvaluationReport(
            y, scores, labels: long, thresholds: Thresholds(repeating: 0.6, count: 3_000), texts: texts)
        let html = report.html
        #expect(html.utf8.count < 4_000_000)
        #expect(html.contains("1,000 labels with fewer texts are left out") && html.contains("249,200 characters more"))
        #expect(html.contains("with very many labels do not count here"))
        _ = try parseMarkup(html)
    }

    @Test func drawsTheHistory() throws {
        let model = Sequential([Dense(2, activation: .sigmoid)], seed: 1)
        model.compile(optimizer: .adam(), loss: .binaryCrossentropy, metrics: [.f1(average: .micro)])
        let (y, x, _) = ReportTests.data(40, 2)
        let history = try model.fit(x, y, epochs: 3, validationSplit: 0.25, verbose: .silent)
        let svg = try parseMarkup(history.svg)
        // Two curves, two entries of legends.
        #expect(svg.all("path").filter { $0.classes == ["line", "l0"] }.count == 4)
        #expect(svg.all("path").filter { $0.classes == ["line", "l1"] }.count == 4)
        #expect(svg.all("desc")[0].text.contains("loss after each of 3 epochs"))
        let folder = TemporaryFolder()
        try history.plot(to: folder.file("training.svg"))
        #expect(folder.names == ["training.svg"])

        let page = try parseMarkup(ReportTests.report(history: history).html)
        #expect(page.named("training")!.all("svg").count == 2)
    }
}
