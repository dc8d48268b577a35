import CHornetKernels
import Testing

@Suite struct TextTests {
    /// Lengths around every vector and block length, then some.
    private static let counts = lengths.filter { $0 < 300 } + [191, 192, 193, 1023]

    /// Bytes of which about one in `rarity` is drawn from all values, the others from `usual`.
    private func bytes(_ count: Int, usual: [UInt8], rarity: UInt32, _ samples: inout Samples) -> [UInt8] {
        (0..<count).map { _ in
            samples.next() % rarity == 0
                ? UInt8(truncatingIfNeeded: samples.next() >> 8) : usual[Int(samples.next() >> 4) % usual.count]
        }
    }

    /// Hands `body` a copy of `bytes` at a distance from a boundary, between bytes that nobody may write to.
    private func atOffset<R>(_ offset: Int, _ bytes: [UInt8], _ body: (UnsafePointer<UInt8>) -> R) -> R {
        var padded = [UInt8](repeating: 0xA5, count: offset) + bytes + [UInt8](repeating: 0xA5, count: 128)
        return padded.withUnsafeMutableBufferPointer { body($0.baseAddress! + offset) }
    }

    private let letters = Array("abc XYZ@[`{'./:é".utf8)
    private let ascii = Array("abc XYZ@[`{'./:09\0\n\u{7F}".utf8)

    @Test(arguments: InstructionSet.available)
    func lowerText(_ set: InstructionSet) {
        var samples = Samples(seed: 1)
        for count in Self.counts {
            for round in 0..<6 {
                let text = bytes(count, usual: round < 4 ? ascii : letters, rarity: round < 2 ? .max : 40, &samples)
                let separators = (0..<16).map { _ in UInt8(truncatingIfNeeded: samples.next() >> 7) }
                for lower: Int32 in [0, 1] {
                    func result(_ set: InstructionSet, _ offset: Int) -> [UInt8] {
                        var y = [UInt8](repeating: 0xA5, count: count + 64)
                        let done = atOffset(offset, text) { set.kernels.lower_text($0, count, separators, lower, &y) }
                        #expect(done <= count && y.last == 0xA5)
                        return Array(y[..<done])
                    }
                    let wanted = result(.naive, 0)
                    for offset in [0, 1, 31] { #expect(result(set, offset) == wanted, "\(set) \(count)") }
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func wordEdges(_ set: InstructionSet) {
        var samples = Samples(seed: 2)
        for count in Self.counts {
            for usual: [UInt8] in [[0x61, 0xFF], [0x61, 0x61, 0x61, 0x61, 0x61, 0xC3, 0xA9, 0xFF], [0xFF], [0x61]] {
                let text = bytes(count, usual: usual, rarity: .max, &samples)
                func result(_ set: InstructionSet, _ offset: Int) -> [UInt32] {
                    var edges = [UInt32](repeating: 0xA5A5, count: count + 17)
                    let found = atOffset(offset, text) { set.kernels.word_edges($0, count, &edges) }
                    #expect(found <= count && edges.last == 0xA5A5)
                    return Array(edges[..<found])
                }
                let wanted = result(.naive, 0)
                for offset in [0, 1, 31] { #expect(result(set, offset) == wanted, "\(set) \(count)") }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func csvMarks(_ set: InstructionSet) {
        var samples = Samples(seed: 3)
        for count in Self.counts {
            for separator in Array(",\t".utf8) {
                let text = bytes(count, usual: Array("ab,\"\n\r\t;".utf8), rarity: 5, &samples)
                func result(_ set: InstructionSet, _ offset: Int) -> [[UInt64]] {
                    let words = (count + 63) / 64
                    var quotes = [UInt64](repeating: 9, count: words + 1)
                    var ends = quotes
                    atOffset(offset, text) { set.kernels.csv_marks($0, count, separator, &quotes, &ends) }
                    #expect(quotes.last == 9 && ends.last == 9)
                    return [quotes, ends]
                }
                let wanted = result(.naive, 0)
                for offset in [0, 1, 31] { #expect(result(set, offset) == wanted, "\(set) \(count)") }
            }
        }
    }

    /// The bytes at which the standard's table of well-formed sequences changes.
    private let utf8Borders: [UInt8] = [
        0x00, 0x61, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]

    /// The twin and the standard library agree, and the kernels with them, wherever a vector ends.
    @Test(arguments: InstructionSet.available)
    func isUTF8OfEverySequence(_ set: InstructionSet) {
        var text = [UInt8](repeating: 0x61, count: 70)
        for first in utf8Borders {
            for second in utf8Borders {
                for third in utf8Borders {
                    for fourth: UInt8 in [0x61, 0x80, 0xC2] {
                        let sequence = [first, second, third, fourth]
                        let wanted = String(validating: sequence, as: UTF8.self) != nil ? Int32(1) : 0
                        #expect(InstructionSet.naive.kernels.is_utf8(sequence, 4) == wanted)
                        for place in [0, 13, 29, 30, 61, 62, 63, 66] {
                            text.replaceSubrange(place..<place + 4, with: sequence)
                            #expect(set.kernels.is_utf8(text, 70) == wanted, "\(set) \(sequence) at \(place)")
                            #expect(set.kernels.is_utf8(text, place + 4) == wanted, "\(set) \(sequence) at the end")
                            for k in place..<place + 4 { text[k] = 0x61 }
                        }
                    }
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func isUTF8(_ set: InstructionSet) {
        var samples = Samples(seed: 4)
        let pieces = ["a", "é", "中", "😀", "plain text of some length, "].map { Array($0.utf8) }
        var counts = (right: 0, wrong: 0)
        for round in 0..<3000 {
            var text: [UInt8] = []
            while text.count < round % 400 { text += pieces[Int(samples.next() >> 9) % pieces.count] }
            for _ in 0..<Int(samples.next() >> 9) % 3 where !text.isEmpty {
                text[Int(samples.next() >> 3) % text.count] = utf8Borders[Int(samples.next() >> 9) % utf8Borders.count]
            }
            let wanted = InstructionSet.naive.kernels.is_utf8(text, text.count)
            if wanted == 1 { counts.right += 1 } else { counts.wrong += 1 }
            for offset in [0, 1, 31] {
                let got = atOffset(offset, text) { set.kernels.is_utf8($0, text.count) }
                #expect(got == wanted, "\(set) \(text)")
            }
        }
        #expect(counts.right > 500 && counts.wrong > 500)
    }
}
