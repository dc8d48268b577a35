import HornetSupport
import HornetTensor
import HornetTestSupport
import HornetTextPrep
import Testing

/// Texts that are cut into pieces on the way, and corpora that several threads share.
@Suite("Tokenizer, long texts and many threads", .serialized)
struct TokenizerLongTests {
    private struct Case {
        let row: JSON.Cursor
        let texts: [String]

        init(_ row: JSON.Cursor) throws {
            self.row = row
            let pieces = try row.member("pieces").strings()
            let gaps = try row.member("gaps").strings()
            texts = try row.member("recipes").array().map { recipe in
                let parts = try recipe.array().map { try $0.ints() }
                return zip(parts[0], parts[1]).map { pieces[$0] + gaps[$1] }.joined()
            }
        }

        var tokenizer: Tokenizer { get throws { try TokenizerOracleTests.tokenizer(row.member("settings")) } }
    }

    private static func cases() throws -> [Case] { try Fixture.json("tokenizer_long.json").array().map(Case.init) }

    private func withThreads<R>(_ count: Int, _ body: () throws -> R) rethrows -> R {
        let before = Parallel.threadCount
        Parallel.threadCount = count
        defer { Parallel.threadCount = before }
        return try body()
    }

    @Test("Keras' vocabulary and ids, from one thread as from many", arguments: [1, 2, 3, 9])
    func oracle(threads: Int) throws {
        let cases = try Self.cases()
        #expect(cases.count == 12)
        for (number, golden) in cases.enumerated() {
            try withThreads(threads) {
                var tokenizer = try golden.tokenizer
                tokenizer.fit(onTexts: golden.texts.prefix(8))
                let words = tokenizer.wordIndex.map { word, id in
                    "\(word) \(id) \(tokenizer.wordCounts[word] ?? 0) \(tokenizer.wordDocs[word] ?? 0)"
                }
                #expect(try words.count == golden.row.member("words").int(), "case \(number)")
                let vocabulary = try golden.row.member("vocabulary").int()
                #expect(crc32(words.joined(separator: "\n")) == UInt32(vocabulary), "case \(number)")
                let expected = try golden.row.member("sequences").array().map { try $0.ints() }
                for sequences in [
                    tokenizer.textsToSequences(golden.texts),
                    try tokenizer.textsToSequences(utf8: ByteTexts(golden.texts)),
                    tokenizer.textsToSequences(golden.texts.lazy.map { $0 }),
                ] {
                    let sums = sequences.map { ids in
                        [ids.count, Int(crc32(ids.map { "\($0)" }.joined(separator: " ")))]
                    }
                    #expect(sums == expected, "case \(number)")
                }
            }
        }
    }

    @Test("one text straight into a row gives what the two calls give")
    func rows() throws {
        for golden in try Self.cases() {
            var tokenizer = try golden.tokenizer
            tokenizer.fit(onTexts: golden.texts)
            var memory = EncodingMemory()
            for text in golden.texts + [""] {
                for (length, padding) in [(0, SequenceEnd.pre), (1, .pre), (20, .post), (100, .pre), (4000, .post)] {
                    for truncating in [SequenceEnd.pre, .post] {
                        let expected = padSequences(
                            tokenizer.textsToSequences([text]), maxLength: length, padding: padding,
                            truncating: truncating, value: -7)
                        var row = [Int32](repeating: 99, count: length + 1)
                        row.withUnsafeMutableBufferPointer {
                            tokenizer.encode(
                                text, into: $0.extracting(..<length), padding: padding, truncating: truncating,
                                value: -7, using: &memory)
                        }
                        #expect(Array(row[..<length]) == expected.ids && row[length] == 99)
                    }
                }
            }
        }
    }

    @Test("one text after another asks the system for no memory")
    func steadyState() throws {
        let golden = try Self.cases()[0]
        var tokenizer = try golden.tokenizer
        tokenizer.fit(onTexts: golden.texts)
        var row = [Int32](repeating: 0, count: 100)
        var memory = EncodingMemory()
        func encodeAll() {
            for text in golden.texts {
                row.withUnsafeMutableBufferPointer { tokenizer.encode(text, into: $0, using: &memory) }
            }
        }
        encodeAll()
        // Other tests take memory meanwhile: one quiet round is enough.
        let isQuiet = (0..<200).contains { _ in
            let before = BufferPool.shared.systemAllocations
            encodeAll()
            return BufferPool.shared.systemAllocations == before
        }
        #expect(isQuiet)
    }

    @Test("texts joined to one have the ids of the texts, wherever words are cut", arguments: [1, 13, 15, 16, 17])
    func joined(step: Int) {
        let words = (0..<400).map { String(repeating: $0 % 3 == 0 ? "é" : "q", count: $0 % 40) + "\($0)" }
        var tokenizer = Tokenizer()
        tokenizer.fit(onTexts: words)
        for shift in stride(from: 0, to: 130, by: step) {
            let dots = String(repeating: ".", count: shift)
            let text = dots + words.joined(separator: ", ") + "\n" + words.joined(separator: " ")
            #expect(tokenizer.textToSequence(text) == tokenizer.textsToSequences(words + words).flatMap { $0 })
        }
    }

    @Test("many fits give what one gives", arguments: [1, 4])
    func refits(threads: Int) throws {
        for golden in try Self.cases() {
            try withThreads(threads) {
                var (whole, parts) = (try golden.tokenizer, try golden.tokenizer)
                whole.fit(onTexts: golden.texts)
                for text in golden.texts { parts.fit(onTexts: [text]) }
                #expect(Array(whole.wordIndex.words.map(ByteKey.init)) == parts.wordIndex.words.map(ByteKey.init))
                #expect(whole.wordCounts.map(\.number) == parts.wordCounts.map(\.number))
                #expect(whole.wordDocs.map(\.number) == parts.wordDocs.map(\.number))
            }
        }
    }
}
