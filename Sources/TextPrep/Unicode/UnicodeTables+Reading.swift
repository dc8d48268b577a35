extension UnicodeTables {
    typealias Range = (first: Int, last: Int, step: Int, delta: Int32)

    /// Reads `first..last/step+delta`; last, step and delta may be missing.
    static func ranges(_ text: StaticString) -> [Range] {
        entries(text) { entry in
            let first = entry.hexadecimal()
            let last = entry.consume("..") ? entry.hexadecimal() : first
            let step = entry.consume("/") ? entry.hexadecimal() : 1
            let delta = entry.consume("+") ? entry.hexadecimal() : entry.consume("-") ? -entry.hexadecimal() : 0
            return (first, last, step, Int32(delta))
        }
    }

    /// Reads `code:a.b.c`.
    static func expansions(_ text: StaticString) -> [(code: Int, scalars: [UInt32])] {
        entries(text) { entry in
            let code = entry.hexadecimal()
            var scalars: [UInt32] = []
            while entry.consume(scalars.isEmpty ? ":" : ".") { scalars.append(UInt32(entry.hexadecimal())) }
            return (code, scalars)
        }
    }

    private static func entries<Result>(_ text: StaticString, _ read: (inout Entry) -> Result) -> [Result] {
        let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map { word in
            var entry = Entry(rest: word)
            return read(&entry)
        }
    }

    private struct Entry {
        var rest: Slice<UnsafeBufferPointer<UInt8>>

        mutating func hexadecimal() -> Int {
            var number = 0
            while let byte = rest.first {
                let digit: UInt8
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
                case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
                default: return number
                }
                number = number << 4 + Int(digit)
                rest.removeFirst()
            }
            return number
        }

        mutating func consume(_ mark: StaticString) -> Bool {
            guard rest.first == mark.utf8Start[0] else { return false }
            rest.removeFirst(mark.utf8CodeUnitCount)
            return true
        }
    }
}
