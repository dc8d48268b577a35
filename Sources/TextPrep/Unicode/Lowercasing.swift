import HornetSupport

/// Lower case exactly as Python 3.11's `str.lower()` has it, with Unicode 14.0 (newer Pythons know the letters of newer
/// versions; those map to themselves here). Swift's `lowercased()` differs: it knows no final sigma.
package enum Lowercasing {
    private static let capitalSigma: UInt32 = 0x3A3
    private static let capitalDottedI: UInt32 = 0x130

    /// The lower-case form of the scalar at `text[position]`: one scalar, or two for U+0130. No form has more than
    /// one and a half times the bytes.
    @inline(__always)
    static func lowercase(
        _ text: UnsafeBufferPointer<UInt8>, at position: Int, _ table: CaseTable
    ) -> (first: UInt32, second: UInt32?, length: Int) {
        let (scalar, length) = decodeScalar(text, at: position)
        switch scalar {
        case capitalSigma: return (isFinal(text, position, length, table) ? 0x3C2 : 0x3C3, nil, length)
        case capitalDottedI: return (0x69, 0x307, length)
        default: return (table.lowercase(scalar), nil, length)
        }
    }

    /// Unicode's Final_Sigma: a cased letter stands before, none behind; case-ignorable characters are looked through.
    /// The scan ends at the next sigma at the latest, so that a text takes linear time.
    @inline(never)
    private static func isFinal(
        _ text: UnsafeBufferPointer<UInt8>, _ position: Int, _ length: Int, _ table: CaseTable
    ) -> Bool {
        var before = CaseTable.Role.neither
        var start = position
        while start > 0 {
            start = startOfScalar(text, endingAt: start)
            before = table.role(decodeScalar(text, at: start).scalar)
            if before != .ignorable { break }
        }
        guard before == .cased else { return false }
        var next = position + length
        while next < text.count {
            let (scalar, length) = decodeScalar(text, at: next)
            let role = table.role(scalar)
            if role != .ignorable { return role != .cased }
            next += length
        }
        return true
    }

    /// The number of bytes that the lower-case form of `count` bytes can have.
    static func capacity(_ count: Int) -> Int { count + count / 2 }

    /// Writes the lower-case form of a whole text; returns its length. `target` has room for ``capacity(_:)``.
    static func lowercase(_ text: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let table = CaseTable.shared
        var position = 0
        var count = 0
        func write(_ scalar: UInt32) {
            var (bytes, length) = encodeScalar(scalar)
            while length > 0 {
                target[count] = UInt8(truncatingIfNeeded: bytes)
                bytes >>= 8
                count += 1
                length -= 1
            }
        }
        while position < text.count {
            let (first, second, length) = lowercase(text, at: position, table)
            write(first)
            if let second { write(second) }
            position += length
        }
        return count
    }

    /// `text` in lower case, as Python's `text.lower()`.
    package static func lowercase(_ text: String) -> String {
        var text = text
        return text.withUTF8 { source in
            String(unsafeUninitializedCapacity: capacity(source.count)) { lowercase(source, into: $0) }
        }
    }
}
