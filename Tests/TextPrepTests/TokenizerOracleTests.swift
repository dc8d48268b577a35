import HornetSupport
import HornetTensor
import HornetTestSupport
import HornetTextPrep
import Testing

/// Hornet's tokenizer against Keras' over random texts of many scripts.
@Suite("Tokenizer and Keras")
struct TokenizerOracleTests {
    static let fixture = Fixture.json("tokenizer.json")

    /// Names compared as bytes: `String` takes "é" and "e\u{301}" for equal.
    private func bytes(_ words: [String]) -> [[UInt8]] { words.map { Array($0.utf8) } }

    private func pairs(_ map: WordMap) -> [JSON] { map.map { [.string($0.word), .integer($0.number)] } }

    static func tokenizer(_ settings: JSON.Cursor) throws -> Tokenizer {
        Tokenizer(
            numWords: try settings.optional("num_words")?.int(),
            filters: try settings.member("filters").string(),
            lower: try settings.member("lower").bool(),
            split: try settings.member("split").string(),
            charLevel: try settings.member("char_level").bool(),
            oovToken: try settings.optional("oov_token")?.string())
    }

    private func sequences(_ cursor: JSON.Cursor) throws -> [[Int32]] {
        try cursor.array().map { try $0.ints().map(Int32.init) }
    }

    private func fitted(_ row: JSON.Cursor) throws -> Tokenizer {
        var tokenizer = try Self.tokenizer(row.member("settings"))
        let lists = try row.member("lists").bool()
        for step in try row.member("fits").array() {
            if lists {
                tokenizer.fit(onWordLists: try step.array().map { try $0.strings() })
            } else {
                tokenizer.fit(onTexts: try step.strings())
            }
        }
        if let sequences = try row.optional("fit_sequences") {
            tokenizer.fit(onSequences: try self.sequences(sequences))
        }
        return tokenizer
    }

    @Test("counts, documents, ids")
    func fitting() throws {
        for (number, row) in try Self.fixture.member("cases").array().enumerated() {
            let tokenizer = try fitted(row)
            #expect(try pairs(tokenizer.wordCounts) == row.member("counts").array().map(\.value), "case \(number)")
            #expect(tokenizer.wordDocs.map(\.number) == (try row.member("docs").ints()), "case \(number)")
            #expect(try pairs(tokenizer.wordIndex) == row.member("index").array().map(\.value), "case \(number)")
            let indexDocs = tokenizer.indexDocs.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
            #expect(try indexDocs == row.member("index_docs").array().map { try $0.ints() }, "case \(number)")
            #expect(try tokenizer.documentCount == row.member("document_count").int())
            for (word, id) in tokenizer.wordIndex {
                #expect(tokenizer.wordIndex[word] == id)
                #expect(tokenizer.indexWord[id].map { Array($0.utf8) } == Array(word.utf8))
            }
        }
    }

    @Test("ids of texts, texts of ids, matrices")
    func encoding() throws {
        for (number, row) in try Self.fixture.member("cases").array().enumerated() {
            let tokenizer = try fitted(row)
            let texts = try row.member("texts")
            let expected = try sequences(row.member("sequences"))
            if try row.member("lists").bool() {
                let lists = try texts.array().map { try $0.strings() }
                #expect(tokenizer.textsToSequences(wordLists: lists) == expected, "case \(number)")
            } else {
                let texts = try texts.strings()
                #expect(tokenizer.textsToSequences(texts) == expected, "case \(number)")
                #expect(try tokenizer.textsToSequences(utf8: ByteTexts(texts)) == expected, "case \(number)")
                #expect(texts.map(tokenizer.textToSequence) == expected, "case \(number)")
            }
            let ids = try sequences(row.member("ids"))
            #expect(try bytes(tokenizer.sequencesToTexts(ids)) == bytes(row.member("back").strings()), "case \(number)")
            guard let matrices = try row.optional("matrices") else { continue }
            for mode in Tokenizer.MatrixMode.allCases {
                let expected = try matrices.member(mode.rawValue).array().map { try $0.floats() }
                let matrix = try tokenizer.sequencesToMatrix(ids, mode: mode)
                #expect(matrix.shape[0] == expected.count)
                if let width = expected.first?.count { #expect(matrix.shape[1] == width) }
                // Both round one float64 to float32; the two logarithms may differ in the last bit.
                #expect(matrix.scalars.count == expected.joined().count)
                for (a, b) in zip(matrix.scalars, expected.joined()) {
                    #expect(abs(a - b) <= b.ulp, "case \(number) \(mode)")
                }
            }
        }
    }

    @Test("words, and their hashes")
    func words() throws {
        for row in try Self.fixture.member("splits").array() {
            let text = try row.member("text").string()
            let filters = try row.member("filters").string()
            let split = try row.member("split").string()
            let lower = try row.member("lower").bool()
            let words = textToWordSequence(text, filters: filters, lower: lower, split: split)
            #expect(try bytes(words) == bytes(row.member("words").strings()), "\(row.value)")
            let hashed = hashingTrick(text, n: 1000, filters: filters, lower: lower, split: split)
            #expect(try hashed.map(Int.init) == row.member("hashed").ints())
        }
    }

    @Test("Keras' documents are read, and written again with the same content")
    func readingDocuments() throws {
        var count = 0
        for row in try Self.fixture.member("cases").array() {
            guard let document = try row.optional("json")?.string() else { continue }
            let tokenizer = try Tokenizer(json: document)
            let again = try JSON(parsing: tokenizer.toJSON(), source: "ours").cursor(source: "ours").member("config")
            let expected = try JSON(parsing: document, source: "Keras").cursor(source: "Keras").member("config")
            #expect(try again.object().keys == expected.object().keys)
            for (key, value) in try expected.object() {
                guard key == "word_docs" || key == "index_docs" else {
                    #expect(try again.member(or: .null, key) == value)
                    continue
                }
                let ours = try JSON(parsing: again.member(key).string(), source: key).cursor(source: key).object()
                let theirs = try JSON(parsing: expected.member(key).string(), source: key).cursor(source: key).object()
                #expect(ours.count == theirs.count)
                for (key, value) in theirs { #expect(ours[key] == value) }
            }
            if try !row.member("lists").bool() {
                let texts = try row.member("texts").strings()
                #expect(try tokenizer.textsToSequences(texts) == sequences(row.member("sequences")))
            }
            count += 1
        }
        #expect(count > 50)
    }

    /// `Tests/Oracles/tokenizer.py --check` reads the same documents with Keras.
    @Test("documents are written byte for byte as Keras reads them, and survive a round trip")
    func writingDocuments() throws {
        for row in try Fixture.json("tokenizer_documents.json").array() {
            var tokenizer = try Self.tokenizer(row.member("settings"))
            for step in try row.member("fits").array() { tokenizer.fit(onTexts: try step.strings()) }
            let document = try row.member("json").string()
            #expect(Array(tokenizer.toJSON().utf8) == Array(document.utf8))
            var loaded = try Tokenizer(json: document)
            #expect(Array(loaded.toJSON().utf8) == Array(document.utf8))
            let texts = try row.member("texts").strings()
            #expect(try loaded.textsToSequences(texts) == sequences(row.member("sequences")))
            // Fitting goes on after loading as if nothing had happened.
            loaded.fit(onTexts: texts)
            tokenizer.fit(onTexts: texts)
            #expect(loaded.toJSON() == tokenizer.toJSON())
        }
    }
}

/// Texts as bytes.
struct ByteTexts: UTF8Texts {
    let texts: [[UInt8]]

    init(_ texts: [String]) { self.texts = texts.map { Array($0.utf8) } }
    init(bytes: [[UInt8]]) { texts = bytes }

    var count: Int { texts.count }

    func withUTF8<R, E: Error>(
        at position: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        try texts[position].withUnsafeBufferPointer(body)
    }
}

extension JSON.Cursor {
    /// The value of `key`, null included.
    fileprivate func member(or missing: JSON, _ key: String) throws -> JSON { try object()[key] ?? missing }
}
