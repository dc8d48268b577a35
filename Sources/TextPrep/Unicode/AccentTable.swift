/// How accents are taken off letters.
public enum AccentStripping: String, Sendable, CaseIterable {
    /// What has a form in ASCII keeps that, all else goes.
    case ascii
    /// The combining characters of the compatibility decomposition go: `é` becomes `e`, `ﬁ` becomes `fi`.
    case unicode
}

/// What is left of a character without its accents: its compatibility decomposition (NFKD of Unicode 14.0) without
/// combining characters. That of a text is that of its characters, one after the other.
struct AccentTable: Sendable {
    /// Unfolded from ``UnicodeTables`` at the first use.
    static let shared = AccentTable()

    /// For each code point divided by 256: its page's first entry.
    private var pageStarts = [UInt16](repeating: 0, count: 0x1100)
    /// Which of the replacements; the first one stands for the code point itself.
    private var entries = [UInt16](repeating: 0, count: 256)
    private var starts = [0, 0]
    private var scalars: [UInt32] = []

    private init() {
        for range in UnicodeTables.ranges(UnicodeTables.strippedToNothing) {
            for code in range.first...range.last { set(code, []) }
        }
        for range in UnicodeTables.ranges(UnicodeTables.strippedToOne) {
            for code in range.first...range.last { set(code, [UInt32(code + Int(range.delta))]) }
        }
        for (code, scalars) in UnicodeTables.expansions(UnicodeTables.strippedToSeveral) { set(code, scalars) }
    }

    private mutating func set(_ code: Int, _ replacement: [UInt32]) {
        if pageStarts[code >> 8] == 0 {
            pageStarts[code >> 8] = UInt16(entries.count)
            entries += [UInt16](repeating: 0, count: 256)
        }
        entries[Int(pageStarts[code >> 8]) | code & 0xFF] = UInt16(starts.count - 1)
        scalars += replacement
        starts.append(scalars.count)
    }

    /// Hands what is left of `scalar` to `body`, one scalar after the other.
    @inline(__always)
    func strip(_ scalar: UInt32, _ form: AccentStripping, _ body: (UInt32) -> Void) {
        func hand(_ scalar: UInt32) { if form == .unicode || scalar < 0x80 { body(scalar) } }
        if (0xAC00...0xD7A3).contains(scalar) {
            let syllable = scalar - 0xAC00
            hand(0x1100 + syllable / 588)
            hand(0x1161 + syllable % 588 / 28)
            if syllable % 28 > 0 { hand(0x11A7 + syllable % 28) }
            return
        }
        let entry = Int(entries[Int(pageStarts[Int(scalar >> 8)]) | Int(scalar & 0xFF)])
        guard entry > 0 else { return hand(scalar) }
        for scalar in scalars[starts[entry]..<starts[entry + 1]] { hand(scalar) }
    }
}
