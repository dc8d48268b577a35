import Hornet
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
        let page = try trained.evaluation(of: texts).html
        #expect(page.contains("weather") && page.contains("Tried: words"))
        #expect(throws: HornetError.self) { try trained.evaluation(of: texts.dropLast()) }
    }

    /// Figures are of texts that were not seen: tags without a reason can't be found.
    @Test func doesNotFlatter() throws {
        var random = RandomSource(seed: 2)
        let shuffled = random.permutation(tags.count).map { tags[$0] }
        let trained = try TextTagger(verbose: .silent).fit(texts, tags: shuffled)
        #expect(trained.microF1 < 0.65)
    }

    @Test func sameSeedSameTagger() throws {
        let reading = [TextReading("words", TFIDFVectorizer())]
        let scores = try [1, 1, 2].map { seed in
            try TextTagger(seed: seed, verbose: .silent, readings: reading).fit(texts, tags: tags).scores
        }
        #expect(scores[0] == scores[1] && scores[0] != scores[2])
    }

    @Test func comesBackFromItsFile() throws {
        let folder = TemporaryFolder()
        let path = folder.file("made.tagger")
        let tagger = try TextTagger(verbose: .silent).fit(texts, tags: tags).tagger
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
}
