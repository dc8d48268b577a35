/// The code points that Python's regular expressions call `\w`, and those it calls `\s`; Unicode 14.0.
struct WordScalars: Sendable {
    static let shared = WordScalars()

    /// A bit for each code point below U+40000, the first one lowest; beyond are no letters.
    private var bits = [UInt64](repeating: 0, count: limit / 64)
    private static let limit = 0x40000

    private init() {
        for range in UnicodeTables.ranges(UnicodeTables.words) {
            for code in range.first...range.last { bits[code >> 6] |= 1 << UInt64(code & 63) }
        }
    }

    @inline(__always)
    func contains(_ scalar: UInt32) -> Bool {
        scalar < UInt32(Self.limit) && bits[Int(scalar >> 6)] >> UInt64(scalar & 63) & 1 == 1
    }

    /// What `str.isspace` says.
    @inline(__always)
    static func isSpace(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x9...0xD, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }
}
