import Hornet
import HornetSupport

/// Writes reports into the folder that is named, for `Tests/Browser`: on the news that are named, on names and texts
/// that try to be markup, and on many labels and texts.
@main
struct SampleReports {
    static func main() throws {
        guard CommandLine.arguments.count == 3 else {
            throw HornetError(.configuration, at: "SampleReports", "name a table of news and a folder")
        }
        let folder = CommandLine.arguments[2]
        try news(CommandLine.arguments[1], folder)
        try hostile().write(to: folder + "/hostile.html")
        try large().write(to: folder + "/large.html")
        try recipe(CommandLine.arguments[1]).write(to: folder + "/recipe.html")
    }

    /// A small network on news that it had not seen, explained by leaving out each word.
    private static func news(_ path: String, _ folder: String) throws {
        let news = try Table(csv: path)
        var binarizer = MultiLabelBinarizer()
        let y = binarizer.fitTransform(news["tags"].splitting(on: "|"))
        let (texts, tags) = try trainTestSplit(Array(news["text"]), y, testSize: 0.25, stratify: y, seed: 1)
        var tokenizer = Tokenizer(numWords: 5_000)
        tokenizer.fit(onTexts: texts.train)
        let model = Sequential([
            Embedding(inputDim: 5_000, outputDim: 48), GlobalMaxPool1D(), Dropout(0.2),
            Dense(binarizer.classes.count, activation: .sigmoid),
        ])
        model.compile(optimizer: .adam(learningRate: 0.005), loss: .binaryCrossentropy, metrics: [.f1(average: .micro)])
        let x = padSequences(tokenizer.textsToSequences(texts.train), maxLength: 80)
        let history = try model.fit(x, tags.train, epochs: 12, validationSplit: 0.2, verbose: .silent)
        try history.plot(to: folder + "/training.svg")

        let untuned = Tagger(tokenizer: tokenizer, model: model, labels: binarizer, maxLength: 80)
        let scores = try untuned.scores(for: texts.test)
        let thresholds = try Thresholds.crossValidated(
            tags.test, scores, candidates: [.perLabel(shrinkage: 3)]
        ).thresholds
        try precisionRecallCurve(tags.test, scores, label: 0).plot(
            to: folder + "/curve.svg", title: binarizer.classes[0])
        try rocCurve(tags.test, scores, label: 0).plot(to: folder + "/roc.svg", title: binarizer.classes[0])
        try reliabilityCurve(tags.test, scores, bins: 10).plot(to: folder + "/reliability.svg")

        var report = try EvaluationReport(
            tags.test, scores, labels: binarizer.classes, thresholds: thresholds, texts: texts.test, scoring: .heldOut,
            history: history,
            facts: [
                ("Model", "Embedding of 48, largest value of each, dense layer"), ("Vocabulary", "5,000 words"),
                ("Trained on", "3,000 texts, 12 epochs"), ("Thresholds", "tuned on these texts, by cross-validation"),
            ])
        report.title = "Tags of made-up news"
        try report.explain { text, label in try weights(text, label, untuned) }
        try report.write(to: folder + "/news.html")
    }

    /// What the recipe says of the same news, a few of them twice.
    private static func recipe(_ path: String) throws -> EvaluationReport {
        let news = try Table(csv: path)
        let table = news.select(rows: Array(0..<800) + Array(0..<5))
        let (texts, tags) = try TaggedColumns(in: table).read(table)
        return try TextTagger(timeLimit: .seconds(20), verbose: .silent).fit(texts, tags: tags).evaluation()
    }

    /// What leaving out a word costs the label.
    private static func weights(_ text: String, _ label: Int, _ tagger: Tagger) throws -> [WordWeight] {
        let bytes = Array(text.utf8)
        let space = UInt8(ascii: " ")
        let words = bytes.indices.filter { bytes[$0] != space && ($0 == 0 || bytes[$0 - 1] == space) }.map { start in
            start..<(bytes[start...].firstIndex(of: space) ?? bytes.count)
        }
        let without = words.map { String(decoding: bytes[..<$0.lowerBound] + bytes[$0.upperBound...], as: UTF8.self) }
        let scores = try tagger.scores(for: [text] + without).scalars
        let width = tagger.labels.count
        return words.enumerated().map { position, range in
            WordWeight(bytes: range, weight: Double(scores[label] - scores[(position + 1) * width + label]))
        }
    }

    /// Nothing here may be run, loaded, or turn the page around.
    private static func hostile() throws -> EvaluationReport {
        let attacks = [
            "<script>document.title='run'</script>",
            "\"><img src=\"https://example.invalid/x\" onerror=\"document.title='run'\">",
            "' onmouseover='alert(1)", "]]>&amp;&#60;", "\u{0}\u{7}\u{1B}[31m\u{7F}\u{85}",
            "\u{202E}gnitirw desrever\u{2066}",
            "</title></style><style>body{display:none}</style>", String(repeating: "Donaudampfschifffahrt", count: 40),
            "${document.title='run'}", "العربية", "標籤 的 名字", "",
            "javascript:alert(1)", "a\u{301}\u{302}\u{303} 👩‍👩‍👧 é",
        ]
        var random = RandomSource(seed: 1)
        let shape = [300, attacks.count]
        let scores = Tensor.uniform(shape, using: &random)
        let noise = Tensor.uniform(shape, using: &random)
        let y = Tensor(zip(scores.scalars, noise.scalars).map { $0 * 0.7 + $1 * 0.3 > 0.72 ? 1 : 0 }, shape: shape)
        let texts = (0..<300).map { "\($0) \(attacks[$0 % attacks.count]) and \(attacks[($0 + 1) % attacks.count])" }
        var report = try EvaluationReport(
            y, scores, labels: attacks, thresholds: Thresholds(repeating: 0.7, count: attacks.count), texts: texts,
            scoring: .crossValidation(folds: 4), facts: attacks.map { ($0, $0) })
        report.title = attacks[0]
        report.explain { text, label in
            [WordWeight(bytes: 0..<5, weight: 1), WordWeight(bytes: 5..<text.utf8.count, weight: -0.5)]
        }
        return report
    }

    /// 25,000 texts of 600 labels, most of them rare.
    private static func large() throws -> EvaluationReport {
        let (textCount, labelCount) = (25_000, 600)
        var random = RandomSource(seed: 1)
        let draws = Tensor.uniform([textCount, labelCount], using: &random).scalars
        let noise = Tensor.uniform([textCount, labelCount], using: &random).scalars
        var (truth, scores) = ([Float](repeating: 0, count: draws.count), noise)
        for place in draws.indices {
            let label = place % labelCount
            if draws[place] < 0.3 / Float(label + 1) + 0.001 { truth[place] = 1 }
            // A positive scores high mostly.
            let odds = truth[place] == 1 ? noise[place] * 0.8 + 0.2 : noise[place] * noise[place] * noise[place] * 0.9
            scores[place] = odds
        }
        let texts = (0..<textCount).map { number in
            "Text \(number): " + String(repeating: "words that say little, ", count: number % 200)
        }
        return try EvaluationReport(
            Tensor(truth, shape: [textCount, labelCount]), Tensor(scores, shape: [textCount, labelCount]),
            labels: (0..<labelCount).map { "Label \($0)" },
            thresholds: Thresholds(repeating: 0.8, count: labelCount), texts: texts, scoring: .crossValidation(folds: 5)
        )
    }
}
