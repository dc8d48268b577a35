import HornetSupport
import HornetTextPrep
import Testing

/// Tables that are larger than what the scanner looks at in one go.
@Suite("Large tables") struct TableWindowTests {
    private struct Numbers {
        var state: UInt64
        mutating func next(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }

    /// A field's text and how it is written.
    private func field(_ numbers: inout Numbers) -> (text: String, written: String) {
        let pieces = [
            "a", "bc", "é", "中文", "\"", ",", "\n", "\r\n", "\r", " ", ";", String(repeating: "x", count: 70),
        ]
        let text = (0..<numbers.next(below: 6)).map { _ in pieces[numbers.next(below: pieces.count)] }.joined()
        let needsQuotes = text.utf8.contains { [0x0A, 0x0D, 0x2C].contains($0) } || text.hasPrefix("\"")
        guard needsQuotes || numbers.next(below: 4) == 0 else { return (text, text) }
        let doubled = text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
        return (text, "\"\(doubled)\"")
    }

    @Test("Every field is found, wherever a window of the scanner ends", arguments: 0..<12)
    func fields(seed: Int) throws {
        var numbers = Numbers(state: UInt64(seed) &* 77 &+ 5)
        var (written, expected) = ("one,two,three\n", [[String]]())
        // Some rows are longer than a window.
        while written.utf8.count < 300_000 {
            var row = (0..<3).map { _ in field(&numbers) }
            if numbers.next(below: 300) == 0 {
                let long = String(repeating: seed % 2 == 0 ? "long, \"\"" : "\n", count: 20_000)
                row[1] = (long.replacing("\"\"", with: "\""), "\"\(long)\"")
            }
            expected.append(row.map(\.text))
            written += row.map(\.written).joined(separator: ",") + (numbers.next(below: 3) == 0 ? "\r\n" : "\n")
        }
        let table = try Table(csvBytes: Array(written.utf8))
        #expect(table.rowCount == expected.count)
        for (number, name) in ["one", "two", "three"].enumerated() {
            #expect(sameBytes(Array(table[name]), expected.map { $0[number] }))
        }
    }

    @Test("A wrong byte far into a file is refused with its line")
    func encoding() throws {
        let line = Array("größer, länger, 中文\n".utf8)
        let text = Array(repeatElement(line, count: 40_000).joined())
        #expect(try Table(csvBytes: text, header: false).rowCount == 40_000)
        for number in [0, 1, 10_922, 20_000, 39_999] {
            for offset in 0..<line.count - 1 {
                var wrong = text
                wrong[number * line.count + offset] = 0xFF
                let problem = message { _ = try Table(csvBytes: wrong, header: false) }
                #expect(problem.hasPrefix("csvBytes:\(number + 1): byte"), "\(problem)")
                #expect(problem.contains("is not UTF-8"))
            }
        }
        // The parts of a large text that threads share may end within a character, but not the text.
        let cut = Array(text.dropLast()) + [0xE4, 0xB8]
        #expect(message { _ = try Table(csvBytes: cut, header: false) }.contains("is not UTF-8"))
    }
}
