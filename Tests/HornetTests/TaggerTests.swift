import Hornet
import HornetSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// From text to tags, through a file and from many threads.
@Suite struct TaggerTests {
    private static let texts = [
        "Stocks rise as banks lend more", "The team wins the final game", "Banks fear the new tax bill",
        "Coach praises team after game", "Senate passes the tax bill", "Striker scores in the final",
        "Stocks fall after the senate vote", "Fans cheer the coach and team",
    ]
    private static let tags = [
        ["economy"], ["sports"], ["economy", "politics"], ["sports"], ["politics"], ["sports"],
        ["economy", "politics"], ["sports"],
    ]

    private func trained() throws -> (Tagger, Sequential, Tokenizer) {
        var binarizer = MultiLabelBinarizer()
        let y = binarizer.fitTransform(Self.tags)
        var tokenizer = Tokenizer(numWords: 100)
        tokenizer.fit(onTexts: Self.texts)
        let x = padSequences(tokenizer.textsToSequences(Self.texts), maxLength: 8)
        let model = Sequential(
            [
                Embedding(inputDim: 100, outputDim: 12), GlobalMaxPool1D(), Dense(8, activation: .relu),
                Dense(binarizer.classes.count, activation: .sigmoid),
            ], seed: 3)
        model.compile(optimizer: .adam(learningRate: 0.05), loss: .binaryCrossentropy)
        try model.fit(x, y, epochs: 60, batchSize: 4, verbose: 0)
        return (Tagger(tokenizer: tokenizer, model: model, labels: binarizer, maxLength: 8), model, tokenizer)
    }

    @Test func tagsWhatItLearned() throws {
        let (tagger, model, tokenizer) = try trained()
        #expect(try tagger.tags(for: Self.texts) == Self.tags)
        #expect(try tagger.tags(for: "The coach and the team win the game") == ["sports"])
        #expect(try tagger.tags(for: [String]()) == [])
        let x = padSequences(tokenizer.textsToSequences(Self.texts), maxLength: 8)
        #expect(try tagger.scores(for: Self.texts) == model.predict(x))
    }

    @Test func comesBackFromItsFile() throws {
        let path = "/tmp/hornet-tagger-\(UInt64.random(in: 0 ... .max))"
        defer { unlink(path) }
        let (tagger, _, _) = try trained()
        try tagger.save(path)
        let loaded = try Tagger(contentsOf: path)
        #expect(loaded.labels == tagger.labels)
        #expect(try loaded.scores(for: Self.texts + ["", "unbekannt ÄÖÜ"]) == tagger.scores(for: Self.texts + ["", "unbekannt ÄÖÜ"]))
        #expect(try loaded.tags(for: Self.texts) == Self.tags)
        // A model's file is no tagger's file.
        try trained().1.save(path)
        #expect { _ = try Tagger(contentsOf: path) } throws: { "\($0)".contains("tagger is missing") }
    }

    @Test func trainingOnDoesNotReachIt() throws {
        let (tagger, model, tokenizer) = try trained()
        let before = try tagger.scores(for: Self.texts)
        let x = padSequences(tokenizer.textsToSequences(Self.texts), maxLength: 8)
        try model.fit(x, Tensor.zeros([8, 3]), epochs: 3, verbose: 0)
        #expect(try tagger.scores(for: Self.texts) == before)
    }

    @Test func answersManyThreadsAtOnce() async throws {
        let (tagger, _, _) = try trained()
        let expected = try tagger.tags(for: Self.texts)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<50 where try tagger.tags(for: Self.texts) != expected { return false }
                    return true
                }
            }
            for try await same in group { #expect(same) }
        }
    }

    @Test func partsThatDoNotFitAreRefused() throws {
        let (_, model, tokenizer) = try trained()
        let labels = try MultiLabelBinarizer(classes: ["a", "b"])
        let tagger = Tagger(tokenizer: tokenizer, model: model, labels: labels, maxLength: 8)
        #expect { try tagger.tags(for: "text") } throws: { "\($0)".contains("3 outputs for 2 labels") }
        let unbuilt = Sequential([Dense(2)])
        #expect(throws: HornetError.self) {
            try Tagger(tokenizer: tokenizer, model: unbuilt, labels: labels, maxLength: 8).save("/tmp/never")
        }
    }
}
