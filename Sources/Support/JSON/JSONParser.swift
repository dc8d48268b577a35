extension JSON {
    /// Parses a whole document (RFC 8259), strictly: UTF-8 is checked, nothing may follow the value, nesting ends at
    /// 200. As Python's `json` does, `NaN` and `Infinity` are read, and the last of equal keys counts.
    ///
    /// Throws with `source`, line and column. Time and memory follow the size of the text.
    public init(parsing text: UnsafeBufferPointer<UInt8>, source: String) throws {
        var parser = JSONParser(text: text, source: source)
        self = try parser.document()
    }

    /// The same from an array of bytes.
    public init(parsing text: [UInt8], source: String) throws {
        self = try text.withUnsafeBufferPointer { try JSON(parsing: $0, source: source) }
    }

    /// The same from a string.
    public init(parsing text: String, source: String) throws {
        var text = text
        self = try text.withUTF8 { try JSON(parsing: $0, source: source) }
    }
}

private struct JSONParser {
    private static let deepest = 200

    let text: UnsafeBufferPointer<UInt8>
    let source: String
    private var at = 0
    private var depth = 0

    init(text: UnsafeBufferPointer<UInt8>, source: String) {
        self.text = text
        self.source = source
    }

    mutating func document() throws -> JSON {
        let value = try self.value()
        skipSpace()
        guard at == text.count else { throw refuse("something follows the end of the document") }
        return value
    }

    private func refuse(_ problem: String) -> HornetError {
        let before = text[..<min(at, text.count)]
        let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        let column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
        return HornetError(.file, at: source, "no valid JSON at line \(line), column \(column): \(problem)")
    }

    private var next: UInt8? { at < text.count ? text[at] : nil }

    private mutating func skipSpace() {
        while at < text.count, text[at] == 0x20 || text[at] == 0x0A || text[at] == 0x0D || text[at] == 0x09 { at += 1 }
    }

    private mutating func value() throws -> JSON {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try nested { try $0.object() }
        case UInt8(ascii: "["): return try nested { try $0.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "N"): return try word("NaN", .number(.nan))
        case UInt8(ascii: "I"): return try word("Infinity", .number(.infinity))
        case nil: throw refuse("the text ends where a value should be")
        default: return try number()
        }
    }

    private mutating func nested(_ body: (inout JSONParser) throws -> JSON) throws -> JSON {
        depth += 1
        guard depth <= JSONParser.deepest else { throw refuse("nesting is deeper than \(JSONParser.deepest)") }
        at += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws -> JSON {
        var object = JSON.Object()
        skipSpace()
        if consume("}") { return .object(object) }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw refuse("a key in quotes is missing") }
            let key = try string()
            skipSpace()
            guard consume(":") else { throw refuse("a colon is missing after the key") }
            object[key] = try value()
            skipSpace()
            if consume("}") { return .object(object) }
            guard consume(",") else { throw refuse("a comma or } is missing") }
        }
    }

    private mutating func array() throws -> JSON {
        var elements: [JSON] = []
        skipSpace()
        if consume("]") { return .array(elements) }
        while true {
            elements.append(try value())
            skipSpace()
            if consume("]") { return .array(elements) }
            guard consume(",") else { throw refuse("a comma or ] is missing") }
        }
    }

    private mutating func consume(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws -> JSON {
        let end = at + word.utf8CodeUnitCount
        guard end <= text.count,
            text[at..<end].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        else { throw refuse("no value begins like this") }
        at = end
        return value
    }

    // MARK: Numbers

    private mutating func number() throws -> JSON {
        let start = at
        if next == UInt8(ascii: "-") {
            at += 1
            if next == UInt8(ascii: "I") { return try word("Infinity", .number(-.infinity)) }
        }
        let integerStart = at
        guard skipDigits() else { throw refuse("no value begins like this") }
        guard text[integerStart] != UInt8(ascii: "0") || at == integerStart + 1 else {
            throw refuse("a number begins with a zero too many")
        }
        var isInteger = true
        if consume(".") {
            isInteger = false
            guard skipDigits() else { throw refuse("digits are missing after the point") }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isInteger = false
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            guard skipDigits() else { throw refuse("digits are missing in the exponent") }
        }
        let digits = String(decoding: text[start..<at], as: UTF8.self)
        if isInteger, let integer = Int(digits) { return .integer(integer) }
        guard let number = Double(digits) else { throw refuse("no value begins like this") }
        return .number(number)
    }

    private mutating func skipDigits() -> Bool {
        let start = at
        while at < text.count, text[at] >= 0x30, text[at] <= 0x39 { at += 1 }
        return at > start
    }

    // MARK: Strings

    private mutating func string() throws -> String {
        at += 1
        let start = at
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
        // Most strings have no escapes: one look, one copy.
        if next == UInt8(ascii: "\"") {
            at += 1
            return try validated(text[start..<(at - 1)])
        }
        var bytes = Array(text[start..<at])
        while let byte = next {
            if byte == UInt8(ascii: "\"") {
                at += 1
                return try bytes.withUnsafeBufferPointer { try validated($0[...]) }
            }
            guard byte >= 0x20 else { throw refuse("a control character stands in a string") }
            at += 1
            if byte == UInt8(ascii: "\\") { try escape(into: &bytes) } else { bytes.append(byte) }
        }
        throw refuse("a string does not end")
    }

    private func validated(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) throws -> String {
        guard let string = String(validating: bytes, as: UTF8.self) else { throw refuse("the text is not UTF-8") }
        return string
    }

    private mutating func escape(into bytes: inout [UInt8]) throws {
        guard let kind = next else { throw refuse("a string does not end") }
        at += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(kind)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hex()
            if (0xD800..<0xDC00).contains(code), next == UInt8(ascii: "\\") {
                at += 1
                guard consume("u") else { throw refuse("a surrogate stands alone") }
                let low = try hex()
                guard (0xDC00..<0xE000).contains(low) else { throw refuse("a surrogate stands alone") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw refuse("a surrogate stands alone") }
            bytes.append(contentsOf: UTF8.encode(scalar)!)
        default: throw refuse("there is no such escape")
        }
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
