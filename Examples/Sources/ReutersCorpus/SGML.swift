/// The markup of the collection's files, read tag by tag: Latin-1, every literal `<` written as `&lt;`.
struct SGMLReader {
    /// A tag and the text between it and the next one, both still escaped.
    struct Piece {
        /// What stands between `<` and `>`: `TITLE`, `/BODY`, `REUTERS TOPICS="YES" …`.
        let tag: Bytes
        let text: Bytes
    }

    typealias Bytes = Slice<UnsafeRawBufferPointer>

    private var rest: Bytes

    init(_ bytes: UnsafeRawBufferPointer) { rest = bytes[...] }

    /// The next tag; `nil` at the end of the bytes.
    mutating func next() -> Piece? {
        guard let open = rest.firstIndex(of: UInt8(ascii: "<")),
            let close = rest[open...].firstIndex(of: UInt8(ascii: ">"))
        else { return nil }
        let end = rest[close...].firstIndex(of: UInt8(ascii: "<")) ?? rest.endIndex
        defer { rest = rest[end...] }
        return Piece(tag: rest[(open + 1)..<close], text: rest[(close + 1)..<end])
    }
}

extension Collection<UInt8> {
    /// The text that these escaped Latin-1 bytes stand for.
    ///
    /// `&lt;`, `&gt;`, `&amp;`, `&quot;` and numbers below 256 are unescaped; what else follows a `&` stays as it is.
    /// Control characters are marks of the wire, not of the text, and become spaces.
    package func unescapedLatin1() -> String {
        var text: [UInt8] = []
        text.reserveCapacity(count)
        var rest = self[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "&"), let end = rest.prefix(6).firstIndex(of: UInt8(ascii: ";")),
                let scalar = scalar(named: String(decoding: rest[..<end], as: UTF8.self))
            {
                text += UTF8.encode(scalar)!
                rest = rest[rest.index(after: end)...]
            } else if byte < 0x80 {
                text.append(byte)
            } else {
                text += UTF8.encode(Unicode.Scalar(byte))!
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// What `&name;` stands for; `nil` when it stands for nothing.
private func scalar(named name: String) -> Unicode.Scalar? {
    switch name {
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "quot": return "\""
    default:
        guard name.hasPrefix("#"), let code = UInt8(name.dropFirst()) else { return nil }
        let scalar = Unicode.Scalar(code)
        let isControl = scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
        return isControl ? " " : scalar
    }
}
