import HornetSupport

/// An element of XML, or of HTML that is written as XML.
package struct MarkupElement {
    package var name: String
    package var attributes: [String: String] = [:]
    package var children: [MarkupElement] = []
    /// All text in it, also in elements within, in order.
    package var text = ""

    /// Elements within of that name, in order.
    package func all(_ name: String) -> [MarkupElement] {
        children.flatMap { ($0.name == name ? [$0] : []) + $0.all(name) }
    }

    /// The element within that has this `id`.
    package func named(_ id: String) -> MarkupElement? {
        for child in children {
            if child.attributes["id"] == id { return child }
            if let found = child.named(id) { return found }
        }
        return nil
    }

    /// The values of an attribute in it and within.
    package func values(of attribute: String) -> [String] {
        [attributes[attribute]].compactMap(\.self) + children.flatMap { $0.values(of: attribute) }
    }

    /// Its classes.
    package var classes: [Substring] { attributes["class"]?.split(separator: " ") ?? [] }
}

/// Reads text as strictly as XML wants it: each element closed in its turn, attributes quoted and named once, no bare
/// `&` or `<`, no `]]>`, no character that XML forbids; only the five references of XML, and numbers.
package func parseMarkup(_ text: String) throws -> MarkupElement {
    var parser = MarkupParser(scalars: Array(text.unicodeScalars))
    return try parser.document()
}

private struct MarkupParser {
    let scalars: [Unicode.Scalar]
    var position = 0

    mutating func document() throws -> MarkupElement {
        if let bad = scalars.first(where: { !isAllowed($0) }) {
            throw refuse("the character U+\(String(bad.value, radix: 16))")
        }
        skipSpace()
        if take("<?xml") { while !take("?>") { try advance() } }
        skipSpace()
        _ = take("<!DOCTYPE html>")
        skipSpace()
        let root = try element()
        skipSpace()
        guard position == scalars.count else { throw refuse("something behind the root") }
        return root
    }

    private mutating func element() throws -> MarkupElement {
        guard take("<") else { throw refuse("no element") }
        var element = MarkupElement(name: try name())
        while true {
            let before = position
            skipSpace()
            if take("/>") { return element }
            if take(">") { break }
            guard position > before else { throw refuse("no space before an attribute") }
            let attribute = try name()
            guard take("=\"") else { throw refuse("the attribute \(attribute) is not quoted") }
            guard element.attributes[attribute] == nil else { throw refuse("the attribute \(attribute) stands twice") }
            element.attributes[attribute] = try characters(until: "\"")
        }
        while true {
            element.text += try characters(until: "<")
            if take("</") {
                let closed = try name()
                guard closed == element.name, take(">") else { throw refuse("\(closed) closes \(element.name)") }
                return element
            }
            let child = try self.element()
            element.text += child.text
            element.children.append(child)
        }
    }

    /// Text with its references resolved, up to `end`, which a quote swallows and a tag does not.
    private mutating func characters(until end: Unicode.Scalar) throws -> String {
        var result = ""
        while position < scalars.count, scalars[position] != end {
            if scalars[position] == "<" { throw refuse("a bare <") }
            if scalars[position] == "&" {
                result.unicodeScalars.append(try reference())
                continue
            }
            if matches("]]>") { throw refuse("a bare ]]>") }
            result.unicodeScalars.append(scalars[position])
            position += 1
        }
        if end == "\"" { try advance() }
        guard position < scalars.count else { throw refuse("the end in the middle") }
        return result
    }

    private mutating func reference() throws -> Unicode.Scalar {
        for (name, scalar) in [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'")]
            as [(String, Unicode.Scalar)] where take(name)
        { return scalar }
        guard take("&#"), let end = scalars[position...].firstIndex(of: ";") else { throw refuse("a bare &") }
        let digits = String(String.UnicodeScalarView(scalars[position..<end]))
        guard let number = UInt32(digits), let scalar = Unicode.Scalar(number), isAllowed(scalar) else {
            throw refuse("the reference \(digits)")
        }
        position = end + 1
        return scalar
    }

    private mutating func name() throws -> String {
        let start = position
        while position < scalars.count,
            scalars[position].properties.isAlphabetic
                || "-:_0123456789".unicodeScalars.contains(scalars[position])
        { position += 1 }
        guard position > start else { throw refuse("no name") }
        return String(String.UnicodeScalarView(scalars[start..<position]))
    }

    private func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0x20..<0x7F, 0xA0..<0xFFFE, 0x10000...: scalar.value & 0xFFFE != 0xFFFE
        default: false
        }
    }

    private func matches(_ text: String) -> Bool { scalars[position...].starts(with: text.unicodeScalars) }

    private mutating func take(_ text: String) -> Bool {
        guard matches(text) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    private mutating func skipSpace() {
        while position < scalars.count, [" ", "\n", "\t", "\r"].contains(scalars[position]) { position += 1 }
    }

    private mutating func advance() throws {
        guard position < scalars.count else { throw refuse("the end in the middle") }
        position += 1
    }

    private func refuse(_ problem: String) -> HornetError {
        let before = String(String.UnicodeScalarView(scalars[max(0, position - 40)..<min(position, scalars.count)]))
        return HornetError(.data, at: "markup, behind \(before)", problem)
    }
}
