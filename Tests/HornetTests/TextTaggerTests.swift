import Hornet
import HornetSupport
import HornetTestSupport
import Testing

/// The recipe on made-up texts, whose tags are told by some of their words.
@Suite struct TextTaggerTests {
    private let texts: [String]
    private let tags: [[String]]
    private static let topics = ["money", "sport", "weather", "music"]

    init() {
        var random = RandomSource(seed: 1)
        let fillers = (0..<60).map { "filler\($0)" }
        var (texts, tags) = ([String](), [[String]]())
        for _ in 0..<240 {
            let own = TextTaggerTests.topics.filter { _ in random.uniform() < 0.35 }
            var words = (0..<12).map { _ in fillers[random.integer(below: fillers.count)] }
            for topic in own {
                for _ in 0..<2 { words.insert("\(topic)\(random.integer(below: 4))", at: random.integer(below: words.count)) }
            }
            texts.append(words.joined(separator: " "))
            tags.append(own)
        }
        (self.texts, self.tags) = (texts, tags)
    }

    @Test func learnsWhatTheWordsSay() throws {
        let trained = try TextTagger(verbose: .silent).fit(texts, tags: tags)
        #expect(trained.microF1 > 0.9)
        #expect(trained.tagger.labels == TextTaggerTests.topics.sorted())
        #expect(try trained.tagger.tags(for: "filler1 sport2 filler3 sport1 music0 music3") == ["music", "sport"])
        #expect(trained.scores.shape == [240, 4] && trained.target.shape == [240, 4])
        #expect(trained.report.description.contains("weather") && trained.description.contains("Micro F1"))
        #expect(trained.attempts.first?.readings == ["words"])
        // Networks were tried, too, and nothing but linear ways was needed.
        #expect(trained.attempts.contains { $0.readings == ["pooled vectors"] })
        #expect(trained.chosen.contains { name in TextReading.standard.contains { $0.name == name } })
        let page = try trained.evaluation().html
        #expect(page.contains("weather") && page.contains("What was tried") && page.contains("pooled vectors"))
        #expect(page.contains("Before calibration") && page.contains("nothing doubtful"))
    }

    /// Figures are of texts that were not seen: tags without a reason can't be found.
    @Test func doesNotFlatter() throws {
        var random = RandomSource(seed: 2)
        let shuffled = random.permutation(tags.count).map { tags[$0] }
        let trained = try TextTagger(verbose: .silent, networks: []).fit(texts, tags: shuffled)
        #expect(trained.microF1 < 0.65)
    }

    @Test func sameSeedSameTagger() throws {
        let reading = [TextReading("words", TFIDFVectorizer())]
        let scores = try [1, 1, 2].map { seed in
            try TextTagger(seed: seed, verbose: .silent, readings: reading, networks: []).fit(texts, tags: tags).scores
        }
        #expect(scores[0] == scores[1] && scores[0] != scores[2])
    }

    @Test func comesBackFromItsFile() throws {
        let folder = TemporaryFolder()
        let path = folder.file("made.tagger")
        let tagger = try TextTagger(verbose: .silent, networks: []).fit(texts, tags: tags).tagger
        try tagger.save(path)
        let read = try Tagger(contentsOf: path)
        #expect(try read.scores(for: texts) == tagger.scores(for: texts))
        #expect(read.thresholds == tagger.thresholds && read.labels == tagger.labels && read.tokenizer == nil)
        #expect(read.vectorizers.map(\.featureCount) == tagger.vectorizers.map(\.featureCount))
        for text in texts.prefix(20) { #expect(try read.scores(for: [text]) == tagger.scores(for: [text])) }
    }

    @Test func refusesWhatTeachesNothing() throws {
        func expectError(_ text: String, _ texts: [String], _ tags: [[String]]) {
            let error = #expect(throws: HornetError.self) { try TextTagger(verbose: .silent).fit(texts, tags: tags) }
            #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
        }
        expectError("240 texts and tags for 1", texts, [["a"]])
        expectError("3 texts in 4 folds", ["a", "b", "c"], [["x"], [], ["x"]])
        expectError("no text has a tag", texts, tags.map { _ in [] })
    }

    /// Which of two words comes first, a few others between them: bags of words and of pairs can't tell.
    private func ordered(_ count: Int) -> (texts: [String], tags: [[String]]) {
        var random = RandomSource(seed: 7)
        func filler() -> String { "filler\(random.integer(below: 30))" }
        var (texts, tags) = ([String](), [[String]]())
        for row in 0..<count {
            let isGood = row % 2 == 0
            let (own, other) = isGood ? ("bad", "good") : ("good", "bad")
            var clauses = [["not", filler(), filler(), own], ["so", filler(), filler(), other]]
            if random.uniform() < 0.5 { clauses.reverse() }
            let words = [filler()] + clauses[0] + (0..<4).map { _ in filler() } + clauses[1] + [filler(), filler()]
            texts.append(words.joined(separator: " "))
            tags.append([isGood ? "praise" : "blame"])
        }
        return (texts, tags)
    }

    @Test func networksWinWhereTheOrderOfWordsDecides() throws {
        let (texts, tags) = ordered(1200)
        let linear = try TextTagger(verbose: .silent, networks: []).fit(texts, tags: tags)
        #expect(linear.microF1 < 0.75)
        let trained = try TextTagger(verbose: .silent, networks: TextNetwork.standard.filter { $0.name == "convolution" }).fit(texts, tags: tags)
        #expect(trained.chosen == ["convolution"] && trained.microF1 > 0.9, "\(trained)")
        #expect(try trained.tagger.tags(for: "filler1 so filler2 filler3 good filler4 filler5 filler7 filler8 not filler2 filler4 bad filler9") == ["praise"])
        // It is a tagger as any other: with its calibration, in a file, and explained.
        let folder = TemporaryFolder()
        try trained.tagger.save(folder.file("made.tagger"))
        let read = try Tagger(contentsOf: folder.file("made.tagger"))
        #expect(try read.scores(for: Array(texts.prefix(9))) == trained.tagger.scores(for: Array(texts.prefix(9))))
        #expect(read.calibration == trained.tagger.calibration && read.thresholds == trained.tagger.thresholds)
        #expect(try trained.evaluation().html.contains("<b>taken</b>"))
    }

    /// What is short of time is not begun.
    @Test func networksKeepToTheTime() throws {
        let (texts, tags) = ordered(400)
        let slow = TextNetwork("slow", .words) { words, labels in
            [Embedding(inputDim: words, outputDim: 2048), LSTM(1024), Dense(labels)]
        }
        let trained = try TextTagger(timeLimit: .seconds(1), verbose: .silent, networks: [slow]).fit(texts, tags: tags)
        #expect(!trained.attempts.contains { $0.readings == ["slow"] })
    }

    /// Copies of a text in other folds would give away the tags that nothing else tells.
    @Test func copiesDoNotFlatter() throws {
        var random = RandomSource(seed: 9)
        let shuffled = random.permutation(tags.count).map { tags[$0] }
        let copies = texts + texts.map { $0.uppercased() + "!" }
        let trained = try TextTagger(verbose: .silent, networks: []).fit(copies, tags: shuffled + shuffled)
        #expect(trained.microF1 < 0.65)
        #expect(trained.lint[.duplicates].count == 1)
        #expect(try trained.evaluation().html.contains("Texts that repeat others"))
        #expect(throws: HornetError.self) {
            try TextTagger(verbose: .silent, networks: []).fit(["a b", "A b.", "a b", "a b", "a, b", "A B", "a b!", "a b"], tags: Array(repeating: ["x"], count: 8))
        }
    }

    @Test func takesATableAsItIs() throws {
        let folder = TemporaryFolder()
        let rows = zip(texts, tags).map { text, tags in "\(text);\"\(tags.joined(separator: ", "))\"" }
        try writeAtomically("message;topics\n" + rows.joined(separator: "\n"), to: folder.file("made.csv"))
        let recipe = TextTagger(verbose: .silent, readings: [TextReading.standard[0]], networks: [])
        let trained = try recipe.fit(csv: folder.file("made.csv"))
        #expect(trained.tagger.labels == TextTaggerTests.topics.sorted() && trained.texts == texts)
        #expect(try trained.scores == recipe.fit(texts, tags: tags).scores)
        #expect(throws: HornetError.self) { try recipe.fit(csv: folder.file("made.csv"), text: ["text"]) }
    }
}
