import HornetSupport
import HornetTensor
import HornetTestSupport
import HornetTextPrep
import Testing

@Suite struct VectorizerTests {
    private let texts = ["The cat sat on the mat.", "The dog ate the cat's food", "Dogs and cats"]

    @Test func countsWords() throws {
        var vectorizer = CountVectorizer()
        let x = try vectorizer.fitTransform(texts)
        #expect(vectorizer.featureNames == ["and", "ate", "cat", "cats", "dog", "dogs", "food", "mat", "on", "sat", "the"])
        #expect(x.dense[0..<1] == [[0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 2]])
        #expect(vectorizer.vocabulary["cat"] == 2 && vectorizer.featureCount == 11)
        #expect(try vectorizer.transform("A cat, and another CAT!").dense == [[1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]])
        #expect(try vectorizer.inverseTransform(x)[2] == ["and", "cats", "dogs"])
        // A copy goes its own way.
        var other = vectorizer
        try other.fit(["zebra"])
        #expect(vectorizer.featureCount == 11 && other.featureNames == ["zebra"])
    }

    @Test func takesColumnsAndSlices() throws {
        let table = try Table(csvBytes: Array(("text\n" + texts.joined(separator: "\n")).utf8))
        var (one, other) = (TFIDFVectorizer(ngramRange: 1...2), TFIDFVectorizer(ngramRange: 1...2))
        #expect(try one.fitTransform(table["text"]) == other.fitTransform(texts))
        #expect(try one.transform(texts[1..<3]) == other.transform(texts)[1..<3])
    }

    @Test func ofEqualCountsTheFirstStay() throws {
        var vectorizer = CountVectorizer(tokenPattern: .wordsAndLetters, maxFeatures: 3)
        try vectorizer.fit(["b c d e", "d a"])
        #expect(vectorizer.featureNames == ["a", "b", "d"])
    }

    // MARK: Many texts

    private func corpus(_ count: Int, seed: UInt64 = 1) -> [String] {
        var random = RandomSource(seed: seed)
        return (0..<count).map { _ in
            (0..<random.integer(below: 40)).map { _ in
                let word = random.integer(below: 30) * random.integer(below: 30)
                return word % 7 == 0 ? "Wört\(word)" : "word\(word)" + (word % 5 == 0 ? "," : "")
            }.joined(separator: " ")
        }
    }

    /// Each thread counts texts of its own; what comes together does not depend on where they are cut. In a process of its
    /// own, because all tests share the threads.
    @Test func threadsChangeNothing() async {
        await #expect(processExitsWith: .success) {
            let texts = VectorizerTests().corpus(3000)
            func results(threads: Int, _ texts: [String]) throws -> [SparseMatrix] {
                Parallel.threadCount = threads
                var words = TFIDFVectorizer(stopWords: ["word0"], ngramRange: 1...3, minDF: 2, maxFeatures: 5000)
                var characters = CountVectorizer(analyzer: .charWithinWords, ngramRange: 2...4)
                let x = [try words.fitTransform(texts), try characters.fitTransform(texts)]
                let y = [try words.transform(texts), try characters.transform(texts)]
                guard x == y else { fatalError("transform differs from fitTransform") }
                return x + [try HashingVectorizer(ngramRange: 1...2).transform(texts)]
            }
            let one = try results(threads: 1, texts)
            for threads in [2, 3, 8] where try results(threads: threads, texts) != one { fatalError("\(threads) threads differ") }
            if try results(threads: 2, Array(texts.dropLast())) == one { fatalError("the comparison can't fail") }
        }
    }

    @Test func manyThreadsMayAskAtOnce() async throws {
        let texts = corpus(200)
        var fitted = TFIDFVectorizer(ngramRange: 1...2)
        let x = try fitted.fitTransform(texts)
        let vectorizer = fitted
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for start in 0..<4 {
                group.addTask {
                    try stride(from: start, to: 200, by: 4).allSatisfy { try vectorizer.transform(texts[$0]) == x[$0..<$0 + 1] }
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    // MARK: What is refused

    @Test func whatCanNotBeFittedIsRefused() throws {
        var vectorizer = CountVectorizer(stopWords: ["and", "or"])
        #expect(message { try vectorizer.fit(["and", "or", "a"]) }.contains("no features"))
        #expect(message { try vectorizer.fit([String]()) }.contains("no features"))
        #expect(message { _ = try vectorizer.transform("and") }.contains("not fitted"))
        #expect(message { _ = try vectorizer.inverseTransform(SparseMatrix(ones: [[0]], columnCount: 1)) }.contains("1 columns"))
        vectorizer = CountVectorizer(minDF: 2)
        #expect(message { try vectorizer.fit(["one", "two"]) }.contains("no feature is left"))
        vectorizer = CountVectorizer(maxDF: 0.5, minDF: 2)
        #expect(message { try vectorizer.fit(["one", "two"]) }.contains("maxDF is 1.0 of 2 texts, minDF 2.0"))
        let weigher = TFIDFTransformer()
        #expect(message { _ = try weigher.transform(SparseMatrix(ones: [[0]], columnCount: 1)) }.contains("not fitted"))
    }

    @Test func trapsOnArgumentsThatMakeNoSense() async {
        await #expect(processExitsWith: .failure) { _ = CountVectorizer(ngramRange: 0...1) }
        await #expect(processExitsWith: .failure) { _ = CountVectorizer(maxDF: 1.5) }
        await #expect(processExitsWith: .failure) { _ = CountVectorizer(minDF: 0) }
        await #expect(processExitsWith: .failure) { _ = CountVectorizer(maxFeatures: 0) }
        await #expect(processExitsWith: .failure) { _ = CountVectorizer(vocabulary: ["a", "a"]) }
        await #expect(processExitsWith: .failure) { _ = CountVectorizer(vocabulary: []) }
        await #expect(processExitsWith: .failure) { _ = HashingVectorizer(featureCount: 0) }
    }

    // MARK: Documents

    @Test func documentsThatAreDamagedAreRefused() throws {
        var vectorizer = TFIDFVectorizer(stripAccents: .unicode, ngramRange: 1...2, maxDF: 0.9)
        try vectorizer.fit(texts)
        let json = try vectorizer.toJSON()
        #expect(try TFIDFVectorizer(json: json).toJSON() == json)
        for (old, new, part) in [
            ("TfidfVectorizer", "CountVectorizer", "not a TfidfVectorizer"), ("\"unicode\"", "\"none\"", "strip_accents"),
            ("[1, 2]", "[2, 1]", "ngram_range"), ("0.9", "1.9", "a share is within 0...1"), ("\"l2\"", "\"l3\"", "a norm is l1 or l2"),
            ("\"ate\"", "\"and\"", "twice"), ("\"idf\": [", "\"idf\": [1.0, ", "weights for"), ("\"word\"", "\"words\"", "analyzer"),
        ] {
            let broken = replacing(old, with: new, in: json)
            #expect(broken != json, "\(old)")
            #expect(message { _ = try TFIDFVectorizer(json: broken) }.contains(part), "\(old)")
        }
        let own = CountVectorizer(tokenPattern: .custom { [$0] })
        #expect(message { _ = try own.toJSON() }.contains("tokenPattern is a function"))
    }

    private func replacing(_ old: String, with new: String, in text: String) -> String {
        let (bytes, old) = (Array(text.utf8), Array(old.utf8))
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: old) }) else { return text }
        return String(decoding: bytes[..<start] + Array(new.utf8) + bytes[(start + old.count)...], as: UTF8.self)
    }
}
