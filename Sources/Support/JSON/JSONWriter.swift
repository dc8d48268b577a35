extension JSON: CustomStringConvertible {
    /// How a document is written.
    public enum Style: Sendable {
        /// As Python's `json.dumps`: `{"a": [1, 2]}`, ASCII only.
        case python
        /// Without spaces, UTF-8.
        case compact
        /// Indented by two spaces, UTF-8.
        case indented
    }

    public var description: String { text() }

    /// The document as text. Doubles have the shortest form that reads back the same, as in Python.
    public func text(_ style: Style = .python) -> String {
        var bytes: [UInt8] = []
        write(style, indent: 0, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(_ style: Style, indent: Int, into bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .number(let value):
            bytes += (value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : "\(value)").utf8
        case .string(let value): JSON.write(value, style, into: &bytes)
        case .array(let elements):
            JSON.writeList(elements, "[", "]", style, indent, &bytes) { element, bytes in
                element.write(style, indent: indent + 1, into: &bytes)
            }
        case .object(let object):
            JSON.writeList(Array(object), "{", "}", style, indent, &bytes) { entry, bytes in
                JSON.write(entry.key, style, into: &bytes)
                bytes += (style == .compact ? ":" : ": ").utf8
                entry.value.write(style, indent: indent + 1, into: &bytes)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element], _ open: String, _ close: String, _ style: Style, _ indent: Int,
        _ bytes: inout [UInt8], _ write: (Element, inout [UInt8]) -> Void
    ) {
        func newLine(_ indent: Int) { bytes += ("\n" + String(repeating: "  ", count: indent)).utf8 }
        bytes += open.utf8
        for (i, element) in elements.enumerated() {
            if i > 0 { bytes += (style == .python ? ", " : ",").utf8 }
            if style == .indented { newLine(indent + 1) }
            write(element, &bytes)
        }
        if style == .indented, !elements.isEmpty { newLine(indent) }
        bytes += close.utf8
    }

    private static func write(_ string: String, _ style: Style, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": bytes += "\\\"".utf8
            case "\\": bytes += "\\\\".utf8
            case "\n": bytes += "\\n".utf8
            case "\r": bytes += "\\r".utf8
            case "\t": bytes += "\\t".utf8
            case "\u{08}": bytes += "\\b".utf8
            case "\u{0C}": bytes += "\\f".utf8
            default:
                if scalar.value < 0x20 || (style == .python && scalar.value > 0x7E) {
                    for unit in String(scalar).utf16 { bytes += escaped(unit).utf8 }
                } else {
                    bytes.append(contentsOf: UTF8.encode(scalar)!)
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escaped(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
}
