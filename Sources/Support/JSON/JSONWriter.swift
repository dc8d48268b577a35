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
        case .number(let value): bytes += JSON.digits(of: value).utf8
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

    /// Python's `repr`: the shortest digits that read back the same, an exponent below 1e-4 and from 1e16 on.
    private static func digits(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        // Swift turns to exponents at 2^53 already; up to 1e16 all such doubles are even integers.
        if (0x1p53..<1e16).contains(value.magnitude) { return "\(Int(value)).0" }
        return "\(value)"
    }

    private static func write(_ string: String, _ style: Style, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        if style == .python {
            for unit in string.utf16 { write(unit, isPlain: unit >= 0x20 && unit < 0x7F, into: &bytes) }
        } else {
            // Bytes beyond ASCII stand for themselves.
            for byte in string.utf8 { write(UInt16(byte), isPlain: byte >= 0x20, into: &bytes) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// One code unit: as it is, or as an escape.
    private static func write(_ unit: UInt16, isPlain: Bool, into bytes: inout [UInt8]) {
        switch unit {
        case 0x22: bytes += "\\\"".utf8
        case 0x5C: bytes += "\\\\".utf8
        case _ where isPlain: bytes.append(UInt8(unit))
        case 0x0A: bytes += "\\n".utf8
        case 0x0D: bytes += "\\r".utf8
        case 0x09: bytes += "\\t".utf8
        case 0x08: bytes += "\\b".utf8
        case 0x0C: bytes += "\\f".utf8
        default:
            bytes += "\\u".utf8
            for shift in [12, 8, 4, 0] as [UInt16] {
                let digit = UInt8((unit >> shift) & 0xF)
                bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
    }
}
