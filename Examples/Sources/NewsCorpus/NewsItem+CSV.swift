extension NewsItem {
    /// The first line of a CSV file of items, with its line break.
    public static let csvHeader: [UInt8] = Array("text,tags\n".utf8)

    /// Appends the item as one CSV record: text, then the tags joined by `|`.
    ///
    /// Fields are quoted as RFC 4180 says: only where they hold a comma, a quote or a line break, quotes doubled.
    /// Records end in a line feed, not in RFC 4180's CR LF, so that the file is the same text in every tool.
    public func appendCSV(to output: inout [UInt8]) {
        NewsItem.appendField(text.utf8, to: &output)
        output.append(UInt8(ascii: ","))
        NewsItem.appendField(tags.joined(separator: "|").utf8, to: &output)
        output.append(UInt8(ascii: "\n"))
    }

    private static func appendField(_ field: String.UTF8View, to output: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let mustQuote = field.contains { byte in
            byte == quote || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        }
        guard mustQuote else {
            output.append(contentsOf: field)
            return
        }
        output.append(quote)
        for byte in field {
            if byte == quote { output.append(quote) }
            output.append(byte)
        }
        output.append(quote)
    }
}
