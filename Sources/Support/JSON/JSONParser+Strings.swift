/// Most of a document stands in strings, whole documents among them. What is plain is looked at eight bytes at a time;
/// what is escaped is written where the string will stand.
extension JSONParser {
    /// Reads a string from its opening quote on.
    mutating func string() throws -> String {
        at += 1
        let start = at
        var isEscaped = false
        skipPlain()
        while next != UInt8(ascii: "\"") {
            guard let byte = next else { throw refuse("a string does not end") }
            guard byte == UInt8(ascii: "\\") else { throw refuse("a control character stands in a string") }
            isEscaped = true
            at += 2
            skipPlain()
        }
        let raw = UnsafeBufferPointer(rebasing: text[start..<at])
        at += 1
        // An escape does not end what is no UTF-8.
        guard firstInvalidUTF8(in: UnsafeRawBufferPointer(raw)) == nil else { throw refuse("the text is not UTF-8") }
        guard isEscaped else { return String(decoding: raw, as: UTF8.self) }
        at = start
        let string = try String(unsafeUninitializedCapacity: raw.count) {
            try unescape(to: start + raw.count, into: $0.baseAddress!)
        }
        at += 1
        return string
    }

    /// Moves to the next quote, backslash or control character.
    private mutating func skipPlain() {
        while at + 8 <= text.count {
            let plain = Self.plainCount(in: word())
            at += plain
            if plain < 8 { return }
        }
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
    }

    /// The next eight bytes, the first one lowest.
    private func word() -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(text.baseAddress! + at).loadUnaligned(as: UInt64.self))
    }

    /// How many bytes stand before the first quote, backslash or control character of `word`.
    private static func plainCount(in word: UInt64) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let (quotes, backslashes) = (word ^ (ones * 0x22), word ^ (ones * 0x5C))
        // The lowest bit that is set is right; a borrow may set others above it.
        var marks = (quotes &- ones) & ~quotes
        marks |= (backslashes &- ones) & ~backslashes
        marks |= (word &- ones * 0x20) & ~word
        return (marks & (ones * 0x80)).trailingZeroBitCount / 8
    }

    /// Writes the text from `at` to `end`, which is not longer than it was; returns how long.
    private mutating func unescape(to end: Int, into target: UnsafeMutablePointer<UInt8>) throws -> Int {
        var count = 0
        while at < end {
            if at + 8 <= end {
                let word = word()
                let plain = Self.plainCount(in: word)
                // All eight: what is too much is written over.
                UnsafeMutableRawPointer(target + count).storeBytes(of: word.littleEndian, as: UInt64.self)
                at += plain
                count += plain
                if plain == 8 { continue }
            }
            let byte = text[at]
            at += 1
            if byte == UInt8(ascii: "\\") {
                count += try escape(to: target + count)
            } else {
                target[count] = byte
                count += 1
            }
        }
        return count
    }

    /// Writes what an escape stands for; returns how many bytes that are, no more than the escape has.
    private mutating func escape(to target: UnsafeMutablePointer<UInt8>) throws -> Int {
        let kind = text[at]
        at += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): target.pointee = kind
        case UInt8(ascii: "b"): target.pointee = 0x08
        case UInt8(ascii: "f"): target.pointee = 0x0C
        case UInt8(ascii: "n"): target.pointee = 0x0A
        case UInt8(ascii: "r"): target.pointee = 0x0D
        case UInt8(ascii: "t"): target.pointee = 0x09
        case UInt8(ascii: "u"):
            let bytes = UTF8.encode(try scalar())!
            for (offset, byte) in bytes.enumerated() { target[offset] = byte }
            return bytes.count
        default: throw refuse("there is no such escape")
        }
        return 1
    }

    /// The scalar whose number stands behind `\u`, or whose two surrogates do.
    private mutating func scalar() throws -> Unicode.Scalar {
        var code = try hex()
        if (0xD800..<0xDC00).contains(code), consume("\\") {
            guard consume("u") else { throw refuse("a surrogate stands alone") }
            let low = try hex()
            guard (0xDC00..<0xE000).contains(low) else { throw refuse("a surrogate stands alone") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw refuse("a surrogate stands alone") }
        return scalar
    }

    private mutating func hex() throws -> UInt32 {
        guard at + 4 <= text.count else { throw refuse("a \\u needs four digits") }
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(text[at])).hexDigitValue else {
                throw refuse("a \\u needs four digits")
            }
            code = code << 4 + UInt32(digit)
            at += 1
        }
        return code
    }
}
