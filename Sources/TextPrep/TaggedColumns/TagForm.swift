import HornetSupport

/// How a table's rows say which tags they have.
public enum TagForm: Sendable, Equatable {
    /// One column with the tags in a row, `Finance|Economy`; without a separator the whole field is one tag.
    case separated(column: String, by: String?)
    /// One column with a list, as JSON or Python write it: `["Finance", "Economy"]`.
    case list(column: String)
    /// A column for each tag, 1 where a row has it.
    case flags([String])

    /// The tags of each row. Throws on a column that is not there, and on a flag that says neither yes nor no.
    func tags(of table: Table) throws -> [[String]] {
        switch self {
        case .separated(let name, let separator?): return try table.column(name).splitting(on: separator)
        case .separated(let name, nil): return try table.column(name).map { field in
            let tag = trimmedSpaces(field)
            return tag.isEmpty ? [] : [tag]
        }
        case .list(let name): return try table.column(name).map(listItems)
        case .flags(let names):
            var tags = [[String]](repeating: [], count: table.rowCount)
            for name in names {
                let column = try table.column(name)
                for row in column.indices {
                    guard let isSet = column.withUTF8(at: row, { flag($0) }) else {
                        throw HornetError(
                            .data, at: "column \"\(name)\", row \(row)", "\"\(shortened(column[row], to: 40))\" says neither yes nor no",
                            remedy: "A tag's own column holds 0 and 1, or name one column of tags")
                    }
                    if isSet { tags[row].append(name) }
                }
            }
            return tags
        }
    }
}

/// Whether a field says yes or no; one that is empty says no. `nil` for anything else.
func flag(_ field: UnsafeBufferPointer<UInt8>) -> Bool? {
    if field.isEmpty { return false }
    guard field.count <= 5 else { return nil }
    switch String(decoding: field, as: UTF8.self).lowercased() {
    case "1", "1.0", "true", "yes": return true
    case "0", "0.0", "false", "no": return false
    default: return nil
    }
}

/// The items of a list in brackets, `["a", "b"]`, `['a', 'b']` or `[a, b]`; a field without brackets is one item.
func listItems(_ field: String) -> [String] {
    let list = trimmedSpaces(field)
    guard let open = list.utf8.first, let close = list.utf8.last, isBracket(open, close), list.utf8.count > 1 else {
        return list.isEmpty ? [] : [list]
    }
    if open == UInt8(ascii: "["), case .array(let items)? = try? JSON(parsing: list, source: "") {
        let texts = items.compactMap { if case .string(let text) = $0 { trimmedSpaces(text) } else { nil } }
        if texts.count == items.count { return texts.filter { !$0.isEmpty } }
    }
    return looseItems(Array(list.utf8.dropFirst().dropLast()))
}

func isBracket(_ open: UInt8, _ close: UInt8) -> Bool {
    switch (open, close) {
    case (UInt8(ascii: "["), UInt8(ascii: "]")), (UInt8(ascii: "{"), UInt8(ascii: "}")), (UInt8(ascii: "("), UInt8(ascii: ")")): true
    default: false
    }
}

/// What stands between commas, those in quotes of either kind apart; a backslash takes what follows as it is.
private func looseItems(_ bytes: [UInt8]) -> [String] {
    var (items, item): ([String], [UInt8]) = ([], [])
    var quoted: UInt8?
    var wasQuoted = false
    func add() {
        let text = String(decoding: item, as: UTF8.self)
        let kept = wasQuoted ? text : trimmedSpaces(text)
        if !kept.isEmpty { items.append(kept) }
        (item, wasQuoted) = ([], false)
    }
    var position = 0
    while position < bytes.count {
        let byte = bytes[position]
        if byte == UInt8(ascii: "\\"), position + 1 < bytes.count {
            position += 1
            item.append(bytes[position])
        } else if let quote = quoted {
            if byte == quote { quoted = nil } else { item.append(byte) }
        } else if byte == UInt8(ascii: ",") {
            add()
        } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\""), item.allSatisfy({ $0 == 0x20 }), !wasQuoted {
            (item, quoted, wasQuoted) = ([], byte, true)
        } else if !(wasQuoted && byte == 0x20) {
            item.append(byte)
        }
        position += 1
    }
    add()
    return items
}

func trimmedSpaces(_ text: String) -> String {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }), let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[first...last])
}
