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

    /// Parses a document that is an object, and hands its members to `body` one after another instead of
    /// keeping them. A key that stands there twice comes twice.
    ///
    /// Throws on what ``init(parsing:source:)`` refuses, and when the document is no object. By then `body` may have
    /// had some members.
    package static func forEachMember(
        of text: String, source: String, _ body: (_ key: String, _ value: Cursor) throws -> Void
    ) throws {
        var text = text
        try text.withUTF8 { text in
            var parser = JSONParser(text: text, source: source)
            try parser.rootObject { try body($0, Cursor(value: $1, source: source, path: $0)) }
        }
    }
}

struct JSONParser {
    private static let deepest = 200

    let text: UnsafeBufferPointer<UInt8>
    let source: String
    var at = 0
    private var depth = 0

    init(text: UnsafeBufferPointer<UInt8>, source: String) {
        self.text = text
        self.source = source
    }

    mutating func document() throws -> JSON {
        let value = try self.value()
        try end()
        return value
    }

    mutating func rootObject(_ body: (String, JSON) throws -> Void) throws {
        skipSpace()
        guard next == UInt8(ascii: "{") else {
            _ = try document().cursor(source: source).object()
            return
        }
        try nested { try $0.members(body) }
        try end()
    }

    private mutating func end() throws {
        skipSpace()
        guard at == text.count else { throw refuse("something follows the end of the document") }
    }

    func refuse(_ problem: String) -> HornetError {
        let before = text[..<min(at, text.count)]
        let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        let column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
        return HornetError(.file, at: source, "no valid JSON at line \(line), column \(column): \(problem)")
    }

    var next: UInt8? { at < text.count ? text[at] : nil }

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

    private mutating func nested<R>(_ body: (inout JSONParser) throws -> R) throws -> R {
        depth += 1
        guard depth <= JSONParser.deepest else { throw refuse("nesting is deeper than \(JSONParser.deepest)") }
        at += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws -> JSON {
        var object = JSON.Object()
        try members { object[$0] = $1 }
        return .object(object)
    }

    private mutating func members(_ body: (String, JSON) throws -> Void) throws {
        skipSpace()
        if consume("}") { return }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw refuse("a key in quotes is missing") }
            let key = try string()
            skipSpace()
            guard consume(":") else { throw refuse("a colon is missing after the key") }
            try body(key, try value())
            skipSpace()
            if consume("}") { return }
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

    mutating func consume(_ character: Unicode.Scalar) -> Bool {
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
        // No sum of so many digits overflows.
        if isInteger, at - integerStart <= 18 {
            let magnitude = text[integerStart..<at].reduce(0) { 10 * $0 + Int($1 & 0xF) }
            return .integer(start == integerStart ? magnitude : -magnitude)
        }
        let digits = UnsafeBufferPointer(rebasing: text[start..<at])
        if isInteger, let integer = Int(String(decoding: digits, as: UTF8.self)) { return .integer(integer) }
        guard let number = decimal(digits) else { throw refuse("no value begins like this") }
        return .number(number)
    }

    private mutating func skipDigits() -> Bool {
        let start = at
        while at < text.count, text[at] >= 0x30, text[at] <= 0x39 { at += 1 }
        return at > start
    }
}
