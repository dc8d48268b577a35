import HornetSupport
import Testing

private func firstInvalid(_ bytes: [UInt8]) -> Int? { bytes.withUnsafeBytes(firstInvalidUTF8) }

@Suite("UTF-8") struct UTF8Tests {
    @Test("Every beginning of a sequence is judged as the standard library judges it, wherever it stands")
    func everySequence() {
        let edges: [UInt8] = [0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xF4, 0xFF]
        var wrong: [[UInt8]] = []
        for lead in [0x00, 0x41] + (UInt8(0x7F) ... .max) {
            for second in UInt8.min ... .max {
                for third in edges {
                    for fourth: UInt8 in [0x41, 0x7F, 0x80, 0xBF, 0xC2] {
                        let bytes = [lead, second, third, fourth]
                        let isValid = String(validating: bytes, as: UTF8.self) != nil
                        if (firstInvalid(bytes) == nil) != isValid { wrong.append(bytes) }
                    }
                }
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test("The first invalid byte is found in long text, at every place and with every tail")
    func places() {
        let letters: [[UInt8]] = ["a", "é", "中", "😀"].map { Array($0.utf8) }
        for letter in letters {
            for count in 0..<50 {
                let text = Array(repeatElement(letter, count: count).joined())
                #expect(firstInvalid(text) == nil)
                for wrong: [UInt8] in [[0xFF], [0x80], [0xC3], [0xE4, 0xB8], [0xF0, 0x9F, 0x98]] {
                    #expect(firstInvalid(text + wrong) == text.count)
                    #expect(firstInvalid(text + wrong + Array("abcdefgh".utf8)) == text.count)
                }
            }
        }
        #expect(firstInvalid([]) == nil)
        #expect(firstInvalid([0]) == nil)
    }

    @Test("Keys compare, order and hash by bytes")
    func keys() {
        let texts = ["", "a", "aa", "b", "é", "e\u{301}", "Å", "\u{212B}", "\u{FFFF}", "😀", "\0", "a\0"]
        for a in texts {
            for b in texts {
                let (x, y) = (Array(a.utf8), Array(b.utf8))
                #expect((ByteKey(a) == ByteKey(b)) == (x == y))
                #expect((ByteKey(a) < ByteKey(b)) == x.lexicographicallyPrecedes(y))
            }
        }
        #expect(Set(texts.map(ByteKey.init)).count == texts.count)
        let joined = ("x" + "é").dropFirst()
        #expect(ByteKey(String(joined)).hashValue == ByteKey("é").hashValue)
    }
}
