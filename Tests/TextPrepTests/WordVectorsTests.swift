import HornetSupport
import HornetTensor
import HornetTextPrep
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Files of word vectors: every layout gives the same vectors, and what is wrong is said with its line.
@Suite struct WordVectorsTests {
    private let path = "/tmp/hornet-vectors-\(UInt64.random(in: 0 ... .max))"

    private func read(_ bytes: [UInt8], _ format: WordVectors.Format = .text, for tokenizer: Tokenizer? = nil) throws -> WordVectors {
        defer { unlink(path) }
        try writeAtomically(to: path) { try $0.write(bytes) }
        return try WordVectors(contentsOf: path, format: format, for: tokenizer)
    }

    private func read(_ text: String, for tokenizer: Tokenizer? = nil) throws -> WordVectors {
        try read(Array(text.utf8), for: tokenizer)
    }

    private static func binary(_ count: Int, endsLines: Bool) -> [UInt8] {
        var bytes = Array("\(count) 2\n".utf8)
        for (word, vector) in [("the", [1, -2.5]), ("économie", [0.125, 3e-5])] as [(String, [Float])] {
            bytes += Array((word + " ").utf8) + vector.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
            if endsLines { bytes.append(UInt8(ascii: "\n")) }
        }
        return bytes
    }

    @Test func allLayoutsAreRead() throws {
        let files = [
            try read("the 1 -2.5\néconomie 0.125 3e-5\n"), try read("the 1 -2.5\r\néconomie 0.125 3e-5"),
            try read("2 2\nthe 1 -2.5 \néconomie 0.125 3e-5 \n"),
            try read(Self.binary(2, endsLines: true), .word2vecBinary), try read(Self.binary(2, endsLines: false), .word2vecBinary),
        ]
        for file in files {
            #expect(file.words == ["the", "économie"])
            #expect(file.vectors == [[1, -2.5], [0.125, 3e-5]])
            #expect(file["économie"] == [0.125, 3e-5])
            #expect(file["e\u{301}conomie"] == nil)
        }
    }

    @Test func wordsWithBlanksAndRepeatedWordsAreRead() throws {
        let (file, warnings) = try Warning.collected { try read("a 1 2\n. . . 3 4\na 5 6\n") }
        #expect(file.words == ["a", ". . ."])
        #expect(file.vectors == [[1, 2], [3, 4]])
        #expect(warnings.map(\.problem) == ["1 words stand there more than once; the first vector counts"])
    }

    @Test func aTokenizerGetsItsRows() throws {
        var tokenizer = Tokenizer(numWords: 4, oovToken: "?")
        tokenizer.fit(onTexts: ["the the the cat cat dog"])
        let text = "dog 7 8\ncat 3 4\nbird 9 9\nthe 1 2\n"
        let all = try read(text)
        #expect(all.matrix(for: tokenizer, inputDim: 4) == [[0, 0], [0, 0], [1, 2], [3, 4]])
        #expect(all.coverage(of: tokenizer, inputDim: 4) == 2.0 / 3)
        #expect(all.matrix(for: tokenizer, inputDim: 6) == [[0, 0], [0, 0], [1, 2], [3, 4], [7, 8], [0, 0]])
        // Of a tokenizer's words, those that it uses.
        #expect(try read(text, for: tokenizer).words == ["cat", "the"])
    }

    @Test(arguments: [
        ("a 1 2\nb 3\n", ":2: it has 1 numbers behind the word, expected 2"),
        ("a 1 2\nb 3 x\n", ":2: \"x\" is no number"),
        ("a 1 2\nb 3 4 5\n", ":2: it has more than 2 numbers"),
        ("a 1 2\nb 3 nan\n", ":2: \"nan\" is no number"),
        ("a 1 2\nb 3 1e39\n", ":2: \"1e39\" is no number"),
        ("3 2\na 1 2\n", "there are 1 vectors, its first line says 3"),
        ("1 99999999999999\na 1 2\n", ":2: it has 2 numbers"),
        ("", "there are no vectors"),
        ("word\na 1\n", ":1: there are no numbers behind the word"),
    ])
    func brokenTextsAreRefused(_ text: String, _ reason: String) {
        #expect { try read(text) } throws: { "\($0)".contains(reason) }
    }

    @Test func brokenBinariesAreRefused() {
        let whole = Self.binary(2, endsLines: false)
        func message(_ bytes: [UInt8]) -> String {
            do {
                _ = try read(bytes, .word2vecBinary)
                return ""
            } catch { return "\(error)" }
        }
        for count in 0..<whole.count { #expect(message(Array(whole[..<count])) != "") }
        #expect(message(whole + [1]).contains("1 bytes follow the 2 vectors"))
        #expect(message(Self.binary(9_000_000_000_000, endsLines: true)).contains("there are 2 vectors, its first line says 9000"))
        #expect(message(Array("1 4611686018427387904\na ".utf8)).contains("there are 0 vectors"))
        #expect(message(Array("1 1\na ".utf8) + [0, 0, 0x80, 0x7F]).contains("is not finite"))
    }
}
