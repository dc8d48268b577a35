import HornetSupport
import HornetTensor
import HornetTestSupport
import HornetTextPrep
import Testing

@Suite("Tokenizer")
struct TokenizerTests {
    private static func fitted(_ texts: [String], numWords: Int? = nil, oovToken: String? = nil) -> Tokenizer {
        var tokenizer = Tokenizer(numWords: numWords, oovToken: oovToken)
        tokenizer.fit(onTexts: texts)
        return tokenizer
    }

    @Test("the example of the documentation")
    func example() {
        let tokenizer = Self.fitted(["The economy is growing", "The match is over"])
        #expect(tokenizer.wordIndex.words == ["the", "is", "economy", "growing", "match", "over"])
        #expect(tokenizer.textsToSequences(["the match"]) == [[1, 5]])
        #expect(tokenizer.sequencesToTexts([[1, 5], [], [99]]) == ["the match", "", ""])
    }

    @Test("words that String takes for equal are two words")
    func canonicalEquivalence() {
        let tokenizer = Self.fitted(["é é e\u{301}"])
        #expect(tokenizer.wordIndex["é"] == 1)
        #expect(tokenizer.wordIndex["e\u{301}"] == 2)
        #expect(tokenizer.wordIndex.count == 2)
        #expect(tokenizer.textToSequence("e\u{301} é") == [2, 1])
    }

    @Test("ids stay below numWords, which may change after fitting")
    func limits() {
        var tokenizer = Self.fitted(["a a a b b c"], numWords: 3)
        #expect(tokenizer.textToSequence("a b c d") == [1, 2])
        tokenizer.numWords = 2
        #expect(tokenizer.textToSequence("a b c d") == [1])
        tokenizer.numWords = 0
        #expect(tokenizer.textToSequence("a b c d") == [1, 2, 3])
        #expect(Self.fitted(["a a b"], numWords: 3, oovToken: "?").textToSequence("a b x") == [2, 1, 1])
    }

    @Test("a copy is a value of its own")
    func copies() {
        let first = Self.fitted(["a b"])
        var second = first
        second.fit(onTexts: ["b b c"])
        #expect(first.wordIndex.words == ["a", "b"])
        #expect(first.documentCount == 1)
        #expect(second.wordIndex.words == ["b", "a", "c"])
        #expect(second.wordCounts["b"] == 3)
        #expect(second.wordDocs["b"] == 2)
    }

    @Test("a large vocabulary keeps every word apart")
    func largeVocabulary() {
        // Prefixes of all lengths, zero bytes and words that share their first eight bytes.
        var words: [String] = []
        for number in 0..<20_000 { words.append("commonprefix\(number)") }
        for length in 1..<600 { words.append(String(repeating: "x", count: length)) }
        for length in 1..<20 { words.append("y" + String(repeating: "\0", count: length)) }
        let tokenizer = Self.fitted([words.joined(separator: " ")])
        #expect(tokenizer.wordIndex.count == words.count)
        #expect(tokenizer.textsToSequences(words) == (1...Int32(words.count)).map { [$0] })
        #expect(tokenizer.textToSequence("commonprefix20000") == [])
    }

    @Test("bytes that are not UTF-8 are refused, and nothing is counted")
    func invalidUTF8() throws {
        var tokenizer = Self.fitted(["a b"])
        let before = tokenizer.toJSON()
        for bad: [UInt8] in [[0x61, 0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]] {
            let texts = ByteTexts(bytes: [Array("c d".utf8), bad])
            #expect(throws: HornetError.self) { try tokenizer.fit(onUTF8: texts) }
            #expect(throws: HornetError.self) { try tokenizer.textsToSequences(utf8: texts) }
        }
        #expect(tokenizer.toJSON() == before)
        try tokenizer.fit(onUTF8: ByteTexts(["c d é"]))
        #expect(tokenizer.wordIndex.count == 5)
    }

    @Test("a table's column is read in place")
    func columns() throws {
        let texts = ["The economy", "ΟΔΟΣ — the match", "", "the \"economy\""]
        let table = Table(columns: ["text": texts])
        var ofColumn = Tokenizer()
        ofColumn.fit(onTexts: table["text"])
        let ofStrings = Self.fitted(texts)
        #expect(ofColumn.toJSON() == ofStrings.toJSON())
        #expect(ofColumn.textsToSequences(table["text"]) == ofStrings.textsToSequences(texts))
        #expect(try ofColumn.textsToMatrix(table["text"]).scalars == ofStrings.textsToMatrix(texts).scalars)
    }

    @Test("a matrix needs a width, and tfidf needs documents")
    func matrices() throws {
        #expect(throws: HornetError.self) { try Tokenizer().sequencesToMatrix([[1]]) }
        #expect(throws: HornetError.self) { try Tokenizer(numWords: 3).sequencesToMatrix([[1]], mode: .tfidf) }
        #expect(try Tokenizer(numWords: 3).sequencesToMatrix([[1, 5], []]).scalars == [0, 1, 0, 0, 0, 0])
        #expect(try Tokenizer(numWords: 2).sequencesToMatrix([[1, 1, 9]], mode: .freq).scalars == [0, 2 / 3])
    }

    @Test("hostile documents are refused", arguments: [
        "", "[]", "{}", #"{"config": 1}"#, #"{"config": {}}"#,
        document(), document(["word_index": .string("{\"a\": 0}")]),
        document(["word_index": .string("{\"a\": 1, \"b\": 1}"), "oov_token": .null]),
        document(["word_index": .string("{\"a\": \"1\"}")]), document(["word_index": ["a": 1]]),
        document(["word_counts": .string("{\"a\": -1}")]), document(["word_counts": .string("{\"a\": 1e99}")]),
        document(["word_counts": .string("[")]), document(["index_word": .string("{\"x\": \"a\"}")]),
        document(["index_word": .string("{\"1\": 2}")]), document(["index_docs": .string("{\"99999999999\": 2}")]),
        document(["num_words": -1]), document(["num_words": "5"]), document(["split": ""]), document(["filters": 3]),
        document(["document_count": .integer(.max)]), document(["analyzer": "x"]), document(["oov_token": "?"]),
    ])
    func hostileDocuments(_ text: String) {
        // The first document is well-formed: the check can tell.
        if text == Self.document() {
            #expect(throws: Never.self) { try Tokenizer(json: text) }
        } else {
            #expect(throws: HornetError.self) { try Tokenizer(json: text) }
        }
    }

    /// A well-formed document with some of its settings exchanged.
    private static func document(_ changes: JSON.Object = [:]) -> String {
        var config: JSON.Object = [
            "num_words": nil, "filters": "", "lower": true, "split": " ", "char_level": false, "oov_token": nil,
            "document_count": 1, "word_counts": .string("{\"a\": 1}"), "word_docs": .string("{\"a\": 1}"),
            "index_docs": .string("{\"1\": 1}"), "index_word": .string("{\"1\": \"a\"}"),
            "word_index": .string("{\"a\": 1}"),
        ]
        for (key, value) in changes { config[key] = value }
        return (["class_name": "Tokenizer", "config": .object(config)] as JSON).text()
    }

    @Test("an edited index, as users have it to make room for the token, is kept")
    func editedIndex() throws {
        let text = Self.document([
            "oov_token": "?", "word_index": .string("{\"a\": 1, \"?\": 2}"), "num_words": 3,
            "index_word": .string("{\"1\": \"a\", \"2\": \"b\"}"),
        ])
        let tokenizer = try Tokenizer(json: text)
        #expect(tokenizer.textToSequence("a b") == [1, 2])
        #expect(tokenizer.sequencesToTexts([[1, 2]]) == ["a b"])
        #expect(try Tokenizer(json: tokenizer.toJSON()).toJSON() == tokenizer.toJSON())
    }

    @Test("of equal keys the last counts, in the place of the first")
    func equalKeys() throws {
        let text = Self.document([
            "word_counts": .string(#"{"a": 5, "b": 2, "a": 3}"#), "word_docs": .string(#"{"a": 5, "b": 1, "a": 2}"#),
            "index_docs": .string(#"{"1": 5, "2": 1, "1": 2}"#), "word_index": .string(#"{"b": 1, "a": 1, "b": 2}"#),
            "index_word": .string(#"{"1": "b", "2": "b", "1": "a"}"#),
        ])
        let tokenizer = try Tokenizer(json: text)
        #expect(tokenizer.wordCounts.words == ["a", "b"])
        #expect(tokenizer.wordCounts.dictionary == ["a": 3, "b": 2])
        #expect(tokenizer.wordDocs.dictionary == ["a": 2, "b": 1])
        #expect(tokenizer.indexDocs == [1: 2, 2: 1])
        #expect(tokenizer.wordIndex.words == ["b", "a"])
        #expect(tokenizer.wordIndex.dictionary == ["b": 2, "a": 1])
        #expect(tokenizer.indexWord == [1: "a", 2: "b"])
    }

    @Test("errors say where in the document", arguments: [
        ("word_counts", "{\"a\": 0}", "tokenizer: config.word_counts: a: 0 is not within 1..."),
        ("word_docs", "{\"a\": null}", "tokenizer: config.word_docs: a: expected an integer, got null"),
        ("index_docs", "{\"b\": 1}", "tokenizer: config.index_docs: the key \"b\" is no id"),
        ("word_index", "{\"a\": 7, \"b\": 7}", "config.word_index: the id 7 belongs to two words"),
        ("index_word", "{\"1\": 2}", "tokenizer: config.index_word: 1: expected a string, got 2"),
        ("index_word", "[]", "tokenizer: config.index_word: expected an object, got an array of 0"),
        ("word_index", "{\"a\": 1", "tokenizer: config.word_index: no valid JSON at line 1, column 8"),
    ])
    func places(_ key: String, _ vocabulary: String, _ problem: String) {
        let text = Self.document([key: .string(vocabulary)])
        #expect { try Tokenizer(json: text) } throws: { "\($0)".contains(problem) }
    }

    @Test("hashes", arguments: [("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72")])
    func hashes(_ word: String, _ digest: String) {
        let expected = UInt128(digest, radix: 16)!
        let bound = Int(Int32.max)
        let ids = hashingTrick(word, n: bound)
        #expect(ids == (word.isEmpty ? [] : [Int32(expected % UInt128(bound - 1)) + 1]))
        #expect(oneHot("a b a", n: 50).count == 3)
        #expect(hashingTrick("abc d", n: 10, hash: { UInt128($0.count) }) == [4, 2])
    }
}
