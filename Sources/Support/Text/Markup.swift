/// `text` as content of an element or of a quoted attribute in HTML, SVG and XML: shown as it is, never read as markup.
///
/// The characters `&<>"'` become references. What would be invisible, or not allowed in XML, is replaced by something
/// to see: control characters other than tab and line feed by their pictures (`␀`), and characters that turn the
/// direction of the text around them, C1 controls and noncharacters by `�`.
package func escapedMarkup(_ text: some StringProtocol) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "'": result += "&#39;"
        case "\t", "\n": result.unicodeScalars.append(scalar)
        default: result.unicodeScalars.append(visible(scalar))
        }
    }
    return result
}

private func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value)!
    case 0x7F: "\u{2421}"
    // C1 controls; embeddings, overrides and isolates of direction.
    case 0x80..<0xA0, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
    case let value where value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value): "\u{FFFD}"
    default: scalar
    }
}

/// At most `count` scalars of `text`, the last one an ellipsis where something was left out.
package func shortened(_ text: String, to count: Int) -> String {
    let scalars = text.unicodeScalars
    guard scalars.index(scalars.startIndex, offsetBy: count + 1, limitedBy: scalars.endIndex) != nil else {
        return text
    }
    return String(String.UnicodeScalarView(scalars.prefix(count - 1))) + "…"
}
