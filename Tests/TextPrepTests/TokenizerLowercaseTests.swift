import HornetSupport
import HornetTestSupport
import HornetTextPrep
import Testing

@Suite("Lower case")
struct TokenizerLowercaseTests {
    /// Every code point alone and wherever the sigma rule can look at it, as Python has it, by a checksum for each
    /// 4096.
    @Test("every code point as in Python")
    func everyCodePoint() throws {
        let expected = try Fixture.json("tokenizer.json").member("lowercase").ints()
        #expect(expected.count == 272)
        for (block, sum) in expected.enumerated() {
            var lowered: [String] = []
            for code in UInt32(block) * 4096..<UInt32(block + 1) * 4096 {
                guard let c = Unicode.Scalar(code).map(String.init) else { continue }
                lowered += [c, c + "Σ", "A" + c + "Σ", "AΣ" + c, "AΣ" + c + "B"].map(Lowercasing.lowercase)
            }
            #expect(crc32(lowered.joined(separator: "\n")) == UInt32(sum), "from U+\(String(block * 4096, radix: 16))")
        }
    }

    @Test("the checksum is the usual one")
    func checksum() { #expect(crc32("123456789") == 0xCBF4_3926) }

    @Test("sigma is final behind a letter and before none")
    func sigma() {
        #expect(Lowercasing.lowercase("ΟΔΟΣ ΣΑΣ. Σ ΑΣ'Α") == "οδος σας. σ ασ'α")
    }

    @Test("many sigmas among ignorable characters take linear time")
    func linear() {
        let text = String(repeating: "Α" + String(repeating: "'", count: 1000) + "Σ", count: 2000)
        #expect(Lowercasing.lowercase(text).utf8.count == text.utf8.count)
        let sigmas = String(repeating: String(repeating: ".", count: 1_000_000) + "Σ", count: 2)
        #expect(Lowercasing.lowercase(sigmas).utf8.count == sigmas.utf8.count)
    }
}
