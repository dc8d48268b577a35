import HornetSupport
import HornetTensor
import HornetTestSupport
import HornetTextPrep
import Testing

/// The vectorizers against scikit-learn's over random texts of many scripts; see `Tests/Oracles/vectorizers.py`.
@Suite("Vectorizers and scikit-learn")
struct VectorizerOracleTests {
    static let fixture = Fixture.json("vectorizers.json")

    /// What all vectorizers have.
    private struct Analysis {
        let lowercase: Bool
        let stripAccents: AccentStripping?
        let analyzer: FeatureAnalyzer
        let tokenPattern: TokenPattern
        let stopWords: [String]
        let ngramRange: ClosedRange<Int>
        let binary: Bool
        let hasFunctions: Bool

        init(_ settings: JSON.Cursor) throws {
            let bySpaces: @Sendable (String) -> [String] = { text in
                text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map { String($0)! }
            }
            lowercase = try settings.member("lowercase").bool()
            stripAccents = try settings.optional("strip_accents").flatMap { AccentStripping(rawValue: try $0.string()) }
            let (kind, pattern) = (try settings.member("analyzer").string(), try settings.member("token_pattern").string())
            switch kind {
            case "word": analyzer = .word
            case "char": analyzer = .char
            case "char_wb": analyzer = .charWithinWords
            default: analyzer = .custom(bySpaces)
            }
            switch pattern {
            case "words": tokenPattern = .words
            case "wordsAndLetters": tokenPattern = .wordsAndLetters
            default: tokenPattern = .custom(bySpaces)
            }
            stopWords = try settings.member("stop_words").strings()
            let range = try settings.member("ngram_range").ints()
            ngramRange = range[0]...range[1]
            binary = try settings.member("binary").bool()
            hasFunctions = kind == "custom" || pattern == "custom"
        }
    }

    private func limit(_ cursor: JSON.Cursor) throws -> DocumentLimit {
        if case .integer(let count) = cursor.value { return .count(count) }
        return .share(try cursor.double())
    }

    private func tfidf(_ testCase: JSON.Cursor) throws -> (vectorizer: TFIDFVectorizer, hasFunctions: Bool) {
        let (settings, weights) = (try testCase.member("settings"), try testCase.member("weights"))
        let analysis = try Analysis(settings)
        let vectorizer = TFIDFVectorizer(
            lowercase: analysis.lowercase, stripAccents: analysis.stripAccents, analyzer: analysis.analyzer,
            tokenPattern: analysis.tokenPattern, stopWords: analysis.stopWords, ngramRange: analysis.ngramRange,
            maxDF: try limit(settings.member("max_df")), minDF: try limit(settings.member("min_df")),
            maxFeatures: try settings.optional("max_features")?.int(), vocabulary: try settings.optional("vocabulary")?.strings(),
            binary: analysis.binary, norm: try weights.optional("norm").flatMap { TFIDFTransformer.Norm(rawValue: try $0.string()) },
            useIDF: try weights.member("use_idf").bool(), smoothIDF: try weights.member("smooth_idf").bool(),
            sublinearTF: try weights.member("sublinear_tf").bool())
        return (vectorizer, analysis.hasFunctions)
    }

    private func rows(_ stored: JSON.Cursor, columnCount: Int) throws -> SparseMatrix {
        let starts = try stored.member("starts").ints()
        return try SparseMatrix(
            rowCount: starts.count - 1, columnCount: columnCount, rowStarts: starts,
            columns: stored.member("columns").ints().map(Int32.init), values: stored.member("values").floats())
    }

    /// Same places, and values that differ by what another order of the same float64 sum may change in the rounding.
    private func expectSame(_ found: SparseMatrix, _ expected: SparseMatrix, _ what: String) {
        guard found.shape == expected.shape, found.rowStarts == expected.rowStarts, found.columns == expected.columns else {
            Issue.record("\(what): other places")
            return
        }
        let pairs = zip(found.values, expected.values)
        #expect(pairs.allSatisfy { ($0 - $1).magnitude <= $1.ulp }, "\(what)")
        #expect(pairs.count { $0 != $1 } <= 1 + found.storedCount / 1000, "\(what)")
    }

    @Test func countsAndWeights() throws {
        for (number, testCase) in try Self.fixture.member("cases").array().enumerated() {
            var (vectorizer, hasFunctions) = try tfidf(testCase)
            let texts = try testCase.member("texts").strings()
            let what = "case \(number)"
            if let error = try testCase.optional("error") {
                #expect(throws: HornetError.self, "\(what): \(error.value)") { try vectorizer.fit(texts) }
                continue
            }
            var counter = vectorizer.counter
            let counts = try counter.fitTransform(texts)
            let weighted = try vectorizer.fitTransform(texts)
            let names = try testCase.member("names").strings()
            #expect(sameBytes(counter.featureNames, names) && sameBytes(vectorizer.featureNames, names), "\(what)")
            #expect(counts == (try rows(testCase.member("counts"), columnCount: names.count)), "\(what)")
            expectSame(weighted, try rows(testCase.member("tfidf"), columnCount: names.count), what)
            if let inverse = try testCase.optional("inverse")?.array().map({ try $0.strings() }) {
                #expect(sameBytes(try counter.inverseTransform(counts), inverse), "\(what)")
            }
            if let idf = try testCase.optional("idf")?.doubles() {
                #expect(zip(vectorizer.idf!, idf).allSatisfy { ($0 - $1).magnitude <= 2 * $1.ulp }, "\(what)")
            }
            #expect(try counter.transform(texts) == counts && vectorizer.transform(texts) == weighted, "\(what)")
            for (row, text) in texts.enumerated() {
                #expect(try vectorizer.transform(text) == weighted[row..<row + 1], "\(what), text \(row)")
            }
            let again = hasFunctions ? vectorizer : try TFIDFVectorizer(json: vectorizer.toJSON())
            if let others = try testCase.optional("otherCounts") {
                let texts = try testCase.member("others").strings()
                #expect(try counter.transform(texts) == rows(others, columnCount: names.count), "\(what)")
                expectSame(
                    try again.transform(texts), try rows(testCase.member("otherTfidf"), columnCount: names.count), what)
            }
        }
    }

    @Test func hashes() throws {
        for (number, testCase) in try Self.fixture.member("hashing").array().enumerated() {
            let (analysis, more) = (try Analysis(testCase.member("settings")), try testCase.member("hashing"))
            let vectorizer = HashingVectorizer(
                lowercase: analysis.lowercase, stripAccents: analysis.stripAccents, analyzer: analysis.analyzer,
                tokenPattern: analysis.tokenPattern, stopWords: analysis.stopWords, ngramRange: analysis.ngramRange,
                featureCount: try more.member("n_features").int(), binary: analysis.binary,
                norm: try more.optional("norm").flatMap { TFIDFTransformer.Norm(rawValue: try $0.string()) },
                alternateSign: try more.member("alternate_sign").bool())
            let texts = try testCase.member("texts").strings()
            let found = try vectorizer.transform(texts)
            expectSame(found, try rows(testCase.member("rows"), columnCount: vectorizer.featureCount), "hashing \(number)")
            for (row, text) in texts.enumerated() { #expect(vectorizer.transform(text) == found[row..<row + 1]) }
            if analysis.hasFunctions { continue }
            #expect(try HashingVectorizer(json: vectorizer.toJSON()).transform(texts) == found)
        }
    }
}
