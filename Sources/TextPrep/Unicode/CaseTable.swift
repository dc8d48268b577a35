import HornetSupport

/// The case of every code point, looked up in two steps: a page for each 256 code points, an entry on the page.
/// Most code points share one empty page, so that the table has 50 KB.
struct CaseTable: Sendable {
    /// How the final sigma rule sees a code point.
    enum Role: UInt16 { case neither, cased, ignorable }

    /// Unfolded from ``UnicodeTables`` at the first use.
    static let shared = CaseTable()

    /// For each code point divided by 256: its page's first entry.
    private var pageStarts = [UInt16](repeating: 0, count: 0x1100)
    /// An entry holds a role in its two low bits, and above them a place in `deltas`.
    private var entries = [UInt16](repeating: 0, count: 256)
    /// Lower-case minus the code point itself.
    private var deltas: [Int32] = [0]

    private init() {
        for range in UnicodeTables.ranges(UnicodeTables.lowercase) {
            let place = deltas.firstIndex(of: range.delta) ?? deltas.count
            if place == deltas.count { deltas.append(range.delta) }
            for code in stride(from: range.first, through: range.last, by: range.step) {
                set(code) { $0 | UInt16(place) << 2 }
            }
        }
        for (text, role) in [(UnicodeTables.cased, Role.cased), (UnicodeTables.ignorable, .ignorable)] {
            for range in UnicodeTables.ranges(text) {
                for code in range.first...range.last { set(code) { $0 | role.rawValue } }
            }
        }
    }

    private mutating func set(_ code: Int, _ change: (UInt16) -> UInt16) {
        if pageStarts[code >> 8] == 0 {
            pageStarts[code >> 8] = UInt16(entries.count)
            entries += [UInt16](repeating: 0, count: 256)
        }
        let place = Int(pageStarts[code >> 8]) | code & 0xFF
        entries[place] = change(entries[place])
    }

    @inline(__always)
    private func entry(_ scalar: UInt32) -> UInt16 {
        entries[Int(pageStarts[Int(scalar >> 8)]) | Int(scalar & 0xFF)]
    }

    /// The lower-case form, for all scalars but two: U+03A3 depends on its neighbours, U+0130 becomes two.
    @inline(__always)
    func lowercase(_ scalar: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: Int32(truncatingIfNeeded: scalar) + deltas[Int(entry(scalar) >> 2)])
    }

    @inline(__always)
    func role(_ scalar: UInt32) -> Role { Role(rawValue: entry(scalar) & 3)! }
}
