import Hornet
import HornetSupport
import Testing

/// Every finding with data that have it, and with data that do not.
@Suite struct LintTests {
    /// Texts of words of their own, with labels in turn: nothing to be found.
    private func clean(_ count: Int = 40, labels: [String] = ["one", "two"]) -> (texts: [String], labels: [[String]]) {
        let texts = (0..<count).map { "text t\($0) with some words w\($0 % 7) and x\($0 % 5)" }
        return (texts, (0..<count).map { [labels[$0 % labels.count]] })
    }

    private func kinds(_ report: LintReport) -> Set<LintReport.Kind> { Set(report.findings.map(\.kind)) }

    private func only(_ kind: LintReport.Kind, _ severity: LintReport.Severity, _ report: LintReport, _ evidence: String...) {
        #expect(report[kind].count == 1 && report[kind].first?.severity == severity, "\(report)")
        for text in evidence { #expect("\(report)".contains(text), "\(report)") }
    }

    private func model(_ layers: [Layer], loss: Loss? = nil, metrics: [Metric] = []) -> Sequential {
        let model = Sequential(layers, seed: 1)
        if let loss { model.compile(optimizer: .adam(), loss: loss, metrics: metrics) }
        return model
    }

    private func tokenizer(_ texts: [String], numWords: Int? = nil, oovToken: String? = nil) -> Tokenizer {
        var tokenizer = Tokenizer(numWords: numWords, oovToken: oovToken)
        tokenizer.fit(onTexts: texts)
        return tokenizer
    }

    @Test func cleanDataHaveNoFindings() throws {
        let (texts, labels) = clean()
        var binarizer = MultiLabelBinarizer()
        let y = binarizer.fitTransform(labels)
        let tokenizer = tokenizer(texts)
        let report = try lint(
            texts: texts, labels: labels, classes: binarizer.classes, targets: y, validationSplit: 0.25,
            test: (texts: ["some words"], labels: [["one", "two"]]), sampleWeight: computeSampleWeight(.balanced, y).values,
            model: model(
                [
                    Embedding(inputDim: tokenizer.wordIndex.words.count + 1, outputDim: 4, maskZero: true), LSTM(3),
                    Dense(2, activation: .sigmoid),
                ], loss: .binaryCrossentropy, metrics: [.f1(), .accuracy]), tokenizer: tokenizer, maxLength: 12)
        #expect(report.findings == [] && report.isClean)
        #expect("\(report)" == "41 texts, 2 labels: nothing found")
    }

    // MARK: Labels

    @Test func labelsAbsentFromAPart() throws {
        let (texts, _) = clean()
        // In order of the labels: the last rows have another one.
        let sorted = (0..<40).map { [$0 < 30 ? "one" : "two"] }
        let report = try lint(texts: texts, labels: sorted, validationSplit: 0.25)
        #expect(report[.absentLabels].map(\.severity) == [.error, .warning])
        #expect("\(report)".contains("1 of 2: two (10 elsewhere)") && "\(report)".contains("takes the last 10 rows"))
        #expect(try lint(texts: texts, labels: clean().labels, validationSplit: 0.25)[.absentLabels] == [])
        // A rare one may be absent by chance.
        var rare = clean().labels
        rare[0].append("rare")
        let notice = try lint(texts: texts, labels: rare, test: (texts: ["x", "y"], labels: [["one"], ["two"]]))
        #expect(notice[.absentLabels].map(\.severity) == [.notice])
    }

    @Test func rareLabels() throws {
        var (texts, labels) = clean()
        for row in 0..<4 { labels[row].append("rare") }
        only(.rareLabels, .warning, try lint(texts: texts, labels: labels), "1 of 3: rare (4)")
        #expect(try lint(texts: texts, labels: labels, minPositives: 4)[.rareLabels] == [])
        texts.removeAll()
        #expect(throws: HornetError.self) { try lint(texts: texts, labels: []) }
    }

    @Test func constantLabels() throws {
        let (texts, labels) = clean()
        let all = try lint(texts: texts, labels: labels.map { $0 + ["all"] })
        only(.constantLabels, .warning, all, "all 40 rows have all")
        only(.constantLabels, .warning, try lint(texts: texts, labels: labels, classes: ["none", "one", "two"]), "no row has none")
        #expect(try lint(texts: texts, labels: labels)[.constantLabels] == [])
    }

    @Test func unknownLabels() throws {
        var (texts, labels) = clean()
        labels[3] = ["one "]
        only(.unknownLabels, .error, try lint(texts: texts, labels: labels, classes: ["one", "two"]), "\"one \" (1)")
        #expect(try lint(texts: texts, labels: labels)[.unknownLabels] == [])
        texts[0] += "!"
    }

    @Test func labelOrder() throws {
        let (texts, labels) = clean()
        var binarizer = MultiLabelBinarizer()
        let y = binarizer.fitTransform(labels)
        let swapped = try lint(texts: texts, labels: labels, classes: ["two", "one"], targets: y)
        only(.labelOrder, .error, swapped, "40 of 40 rows differ", "row 0 has one, its targets say two")
        only(.labelOrder, .error, try lint(texts: texts, labels: labels, targets: Tensor.zeros([40, 3])), "3 columns for 2 labels")
        let sparse = binarizer.fitTransformSparse(labels)
        #expect(try lint(texts: texts, labels: labels, classes: binarizer.classes, targets: sparse)[.labelOrder] == [])
    }

    @Test func explodedWeights() throws {
        let (texts, labels) = clean()
        var weights = [Double](repeating: 1, count: 40)
        weights[7] = 2000
        only(
            .explodedWeights, .error, try lint(texts: texts, labels: labels, sampleWeight: weights), "row 7 has the largest: two",
            "98.5 %")
        weights[7] = 900
        #expect(try lint(texts: texts, labels: labels, sampleWeight: weights)[.explodedWeights] == [])
    }

    @Test func imbalance() throws {
        let (texts, _) = clean(400)
        let labels = (0..<400).map { $0 % 40 == 0 ? ["one", "rare"] : ["one"] }
        only(.imbalance, .notice, try lint(texts: texts, labels: labels), "10 to 400", "positiveWeights")
        let aware = model([Dense(2, activation: .sigmoid)], loss: .asymmetric())
        #expect(try lint(texts: texts, labels: labels, model: aware)[.imbalance] == [])
        #expect(try lint(texts: texts, labels: clean(400).labels)[.imbalance] == [])
    }

    // MARK: Texts

    @Test func duplicates() throws {
        var (texts, labels) = clean()
        texts[38] = texts[0].uppercased() + " !"
        texts[36] = texts[0]
        only(
            .duplicates, .warning, try lint(texts: texts, labels: labels), "2 of 40 have the words of another one",
            "1 are the same to the byte", "training row 0: \"text t0 with")
        texts[38] += " more"
        texts[36] += " and more"
        #expect(try lint(texts: texts, labels: labels)[.duplicates] == [])
        labels.removeLast()
        #expect(throws: HornetError.self) { try lint(texts: texts, labels: labels) }
    }

    @Test func duplicatesAcrossParts() throws {
        var (texts, labels) = clean()
        texts[39] = texts[1].uppercased()
        labels[39] = labels[1]
        let test = LintPart(texts: [texts[2] + ".", "something else"], labels: [["one"], ["two"]])
        let report = try lint(texts: texts, labels: labels, validationSplit: 0.25, test: test)
        only(
            .duplicatesAcrossParts, .warning, report, "1 of 10 validation texts (10.0 %)", "1 of 2 test texts (50.0 %)",
            "and validation row 39")
        #expect(report[.duplicates] == [])
        #expect(try lint(texts: texts, labels: labels)[.duplicatesAcrossParts] == [])
    }

    @Test func nearDuplicates() throws {
        var random = RandomSource(seed: 3)
        func text(_ count: Int) -> [String] { (0..<count).map { _ in "w\(random.integer(below: 300))" } }
        var texts = (0..<300).map { _ in text(40) }
        let labels = (0..<300).map { [$0 % 2 == 0 ? "one" : "two"] }
        #expect(try lint(texts: texts.map { $0.joined(separator: " ") }, labels: labels)[.nearDuplicates] == [])
        // One word is another one, and one is new and one gone; half of the words are others.
        texts[7] = texts[3]
        texts[7][20] = "other"
        texts[290] = ["new"] + texts[5].dropLast()
        texts[9] = texts[8].prefix(20) + text(20)
        let joined = texts.map { $0.joined(separator: " ") }
        only(
            .nearDuplicates, .notice, try lint(texts: joined, labels: labels), "4 of 300 different texts have 70 %",
            "training row 3: \"w", "and training row 7: \"w")
        let parts = try lint(texts: joined, labels: labels, validationSplit: 0.1)
        only(.nearDuplicates, .warning, parts, "1 of 30 validation texts (3.3 %)", "training row 5: \"w", "and validation row 290: \"new")
        #expect(parts[.duplicates] == [] && parts[.duplicatesAcrossParts] == [])
        // In a short text one word is all the difference.
        let short = (0..<40).map { "a text of few words w\($0)" }
        #expect(try lint(texts: short, labels: Array(labels.prefix(40)))[.nearDuplicates] == [])
    }

    /// What the keys find is what a comparison of all pairs finds, and many of a kind are one group.
    @Test func nearDuplicatesAreThoseOfAllPairs() throws {
        var random = RandomSource(seed: 8)
        var texts = (0..<30).map { _ in (0..<30).map { _ in "w\(random.integer(below: 60))" } }
        for row in 0..<170 {
            var copy = texts[row % 30]
            for _ in 0..<random.integer(below: 7) { copy[random.integer(below: 30)] = "x\(random.integer(below: 40))" }
            texts.append(copy)
        }
        func pairs(_ words: [String]) -> Set<[String]> { Set(zip(words, words.dropFirst()).map { [$0, $1] }) }
        let sets = texts.map(pairs)
        let different = Set(texts.indices.filter { row in !texts[..<row].contains(texts[row]) })
        let alike = different.filter { row in
            different.contains { $0 != row && Double(sets[$0].intersection(sets[row]).count) >= 0.7 * Double(sets[$0].union(sets[row]).count) }
        }
        let labels = texts.indices.map { [$0 % 2 == 0 ? "one" : "two"] }
        let report = try lint(texts: texts.map { $0.joined(separator: " ") }, labels: labels)
        #expect(alike.count > 50 && alike.count < different.count)
        only(.nearDuplicates, .notice, report, "\(alike.count) of \(different.count) different texts")
    }

    @Test func conflictingLabels() throws {
        var (texts, labels) = clean()
        texts[2] = texts[0]
        labels[2] = ["two"]
        only(.conflictingLabels, .warning, try lint(texts: texts, labels: labels), "has one, training row 2 has two")
        labels[2] = labels[0]
        #expect(try lint(texts: texts, labels: labels)[.conflictingLabels] == [])
    }

    @Test func emptyTexts() throws {
        var (texts, labels) = clean()
        texts[5] = " \n?!"
        texts[6] = ""
        let report = try lint(texts: texts, labels: labels)
        only(.emptyTexts, .warning, report, "2 of 40: training row 5, training row 6")
        #expect(report[.duplicates] == [] && report[.conflictingLabels] == [])
        labels[5] = ["two"]
        texts[5] = "a"
        texts[6] = "b"
        #expect(try lint(texts: texts, labels: labels)[.emptyTexts] == [])
    }

    @Test func damagedTexts() throws {
        var (texts, labels) = clean()
        for (row, text) in ["caf\u{C3}\u{A9}", "it\u{E2}\u{20AC}\u{2122}s", "a\0b", "a\u{FFFD}b"].enumerated() { texts[row] += text }
        only(
            .damagedTexts, .warning, try lint(texts: texts, labels: labels), "1 with NUL", "1 with replacement", "2 with UTF-8 read as",
            "training row 0")
        for (row, text) in ["café", "it’s", "NÃO", "â la 中文 ÃÂ"].enumerated() { texts[row] = "other \(row) \(text)" }
        #expect(try lint(texts: texts, labels: labels)[.damagedTexts] == [])
        labels.removeAll()
    }

    @Test func labelNamesInTexts() throws {
        var (texts, labels) = clean(40, labels: ["foreign_policy", "two", "three"])
        for row in texts.indices where labels[row] == ["foreign_policy"] { texts[row] += " Policy, foreign" }
        only(
            .labelNamesInTexts, .warning, try lint(texts: texts, labels: labels), "1 of 3 labels: foreign_policy (named in 14 texts",
            "right in 100.0 %")
        // Named everywhere, the name says nothing.
        for row in texts.indices { texts[row] += " policy foreign" }
        #expect(try lint(texts: texts, labels: labels)[.labelNamesInTexts] == [])
        labels[0] = []
    }

    // MARK: Words

    @Test func vocabularySize() throws {
        let (texts, labels) = clean()
        func found(_ rows: Int, _ numWords: Int? = nil) throws -> LintReport {
            try lint(
                texts: texts, labels: labels,
                model: model([Embedding(inputDim: rows, outputDim: 4), GlobalMaxPool1D(), Dense(2, activation: .sigmoid)]),
                tokenizer: tokenizer(texts, numWords: numWords))
        }
        let words = tokenizer(texts).wordIndex.words.count
        // As many rows as words: the last word has none, as 0 is padding.
        only(.vocabularySize, .error, try found(words), "ids go up to \(words)", "inputDim: \(words + 1)")
        only(.vocabularySize, .error, try found(20, 30), "numWords 30")
        only(.vocabularySize, .notice, try found(31, 30))
        only(.vocabularySize, .notice, try found(1000))
        for (rows, numWords) in [(words + 1, nil), (30, 30), (1000, 1000)] {
            #expect(try found(rows, numWords)[.vocabularySize] == [])
        }
    }

    @Test func unmaskedPadding() throws {
        let (texts, labels) = clean()
        func found(masked: Bool, _ padding: SequenceEnd, length: Int = 40, _ layer: Layer = LSTM(3)) throws -> LintReport {
            try lint(
                texts: texts, labels: labels,
                model: model([
                    Embedding(inputDim: 100, outputDim: 4, maskZero: masked), layer, Dense(2, activation: .sigmoid),
                ]), tokenizer: tokenizer(texts, numWords: 100), maxLength: length, padding: padding)
        }
        only(.unmaskedPadding, .error, try found(masked: false, .post), "80.0 % of all steps", "in 100.0 % of the texts")
        only(.unmaskedPadding, .warning, try found(masked: false, .pre))
        only(.unmaskedPadding, .warning, try found(masked: false, .pre, Bidirectional(GRU(2))))
        for report in [
            try found(masked: true, .post), try found(masked: false, .pre, length: 9), try found(masked: false, .post, GlobalMaxPool1D()),
        ] { #expect(report[.unmaskedPadding] == []) }
    }

    @Test func unknownWords() throws {
        let (texts, labels) = clean()
        let others = ["nothing of these", "some words"]
        only(
            .unknownWords, .error, try lint(texts: texts, labels: labels, tokenizer: tokenizer(others)),
            "75.0 % of the 320 words of the training texts have no id")
        only(.unknownWords, .error, try lint(texts: texts, labels: labels, tokenizer: tokenizer(others, oovToken: "?")), "75.0 %")
        #expect(try lint(texts: texts, labels: labels, tokenizer: tokenizer(texts))[.unknownWords] == [])
        // The test texts alone are of another kind.
        let test = LintPart(texts: ["völlig unbekannt"], labels: [["one"]])
        let report = try lint(texts: texts, labels: labels, test: test, tokenizer: tokenizer(texts))
        only(.unknownWords, .error, report, "100.0 % of the 2 words of the test texts", "1 texts have none at all, as test row 0")
    }

    @Test func truncation() throws {
        let (texts, labels) = clean()
        func found(_ length: Int) throws -> LintReport {
            try lint(texts: texts, labels: labels, tokenizer: tokenizer(texts), maxLength: length)
        }
        only(.truncation, .warning, try found(6), "100.0 % of the texts", "25.0 % of all words are lost", "about 8")
        only(.truncation, .notice, try found(7), "12.5 %")
        #expect(try found(8)[.truncation] == [])
    }

    // MARK: Model

    @Test func outputCount() throws {
        let (texts, labels) = clean()
        let wrong = model([Dense(3, activation: .sigmoid)])
        only(.outputCount, .error, try lint(texts: texts, labels: labels, model: wrong), "the model has 3, there are 2 labels")
        try wrong.build(inputShape: [nil, 5])
        only(.outputCount, .error, try lint(texts: texts, labels: labels, model: wrong))
        #expect(try lint(texts: texts, labels: labels, model: model([Dense(2)]))[.outputCount] == [])
    }

    @Test func activationAndLoss() throws {
        var (texts, labels) = clean()
        labels[0] = ["one", "two"]
        func found(_ activation: ActivationFunction, _ loss: Loss) throws -> LintReport {
            try lint(texts: texts, labels: labels, model: model([Dense(2, activation: activation)], loss: loss))
        }
        only(.activationAndLoss, .error, try found(.softmax, .binaryCrossentropy), "compete", "2.5 % of the training rows")
        only(.activationAndLoss, .error, try found(.linear, .binaryCrossentropy), "no probabilities")
        only(.activationAndLoss, .error, try found(.relu, .asymmetric()), "no probabilities")
        only(.activationAndLoss, .error, try found(.sigmoid, .binaryCrossentropy(fromLogits: true)), "takes logits")
        only(.activationAndLoss, .error, try found(.softmax, .categoricalCrossentropy), "single label")
        for report in [
            try found(.sigmoid, .binaryCrossentropy), try found(.linear, .binaryCrossentropy(fromLogits: true)),
            try found(.sigmoid, .asymmetric()), try found(ActivationFunction("own") { $0.sigmoid() }, .binaryCrossentropy),
        ] { #expect(report[.activationAndLoss] == []) }
        labels[0] = ["one"]
        #expect(try found(.softmax, .categoricalCrossentropy)[.activationAndLoss] == [])
        texts.removeAll()
    }

    @Test func severalOutputs() throws {
        var (texts, labels) = clean()
        labels[0] = ["one", "two"]
        func found(
            _ units: [Int], _ activations: [ActivationFunction], _ losses: [Loss?]?, metrics: [[Metric]] = []
        ) throws -> LintReport {
            let input = Input(shape: [5])
            let outputs = zip(units, activations).enumerated().map { number, end in
                Dense(end.0, activation: end.1, name: "end\(number)")(input)
            }
            let model = try Model(inputs: [input], outputs: outputs, seed: 1)
            if let losses { try model.compile(losses: losses, metrics: metrics) }
            return try lint(texts: texts, labels: labels, model: model)
        }
        only(.outputCount, .error, try found([3, 1], [.sigmoid, .linear], nil), "the model has end0: 3, end1: 1, there are 2 labels")
        #expect(try found([3, 2], [.sigmoid, .sigmoid], nil)[.outputCount] == [])
        let right: [Loss] = [.binaryCrossentropy, .meanSquaredError]
        #expect(try found([2, 1], [.sigmoid, .linear], right).findings.allSatisfy { $0.kind != .activationAndLoss })
        only(
            .activationAndLoss, .error, try found([2, 1], [.softmax, .linear], right),
            "output end0: the labels compete for one sum of 1", "2.5 % of the training rows")
        let both = try found([2, 1], [.linear, .linear], [.binaryCrossentropy, .binaryCrossentropy])
        #expect(both[.activationAndLoss].map { $0.evidence.count } == [2, 1])
        #expect("\(both)".contains("output end1: the outputs are no probabilities"))
        // Classes of another thing may be exclusive.
        #expect(try found([2, 4], [.sigmoid, .softmax], [.binaryCrossentropy, .categoricalCrossentropy])[.activationAndLoss] == [])
        only(.activationAndLoss, .error, try found([2, 4], [.softmax, .softmax], [.categoricalCrossentropy, nil]), "output end0: the loss is one for a single label")
    }

    @Test func emptyMetrics() throws {
        let names = (0..<20).map { "l\($0)" }
        let (texts, labels) = clean(40, labels: names)
        func found(_ metrics: [Metric], _ labels: [[String]]) throws -> LintReport {
            let model = model([Dense(20, activation: .sigmoid)], loss: .binaryCrossentropy, metrics: metrics)
            return try lint(texts: texts, labels: labels, classes: names, model: model)
        }
        only(.emptyMetric, .warning, try found([.accuracy], labels), "always saying no scores 95.0 %")
        only(.emptyMetric, .warning, try found([.categoricalAccuracy], labels.map { $0 + ["l7"] }), "compares the largest output")
        #expect(try found([.f1()], labels)[.emptyMetric] == [])
        #expect(try found([.accuracy], labels.map { _ in Array(names.prefix(9)) })[.emptyMetric] == [])
    }

    @Test func theWorstComesFirst() throws {
        var (texts, labels) = clean()
        texts[1] = ""
        labels[0].append("rare")
        let report = try lint(texts: texts, labels: labels, model: model([Dense(2)]))
        #expect(report.findings.map(\.severity) == report.findings.map(\.severity).sorted(by: >))
        #expect("\(report)".hasPrefix("40 texts, 3 labels: 1 error, "))
        #expect("\(report)".contains("\nerror    Outputs that are not as many as labels\n         the model has 2"))
        #expect(!report.isClean)
    }
}
