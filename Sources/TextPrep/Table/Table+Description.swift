import HornetSupport

/// The layout is that of pandas' `print(frame)` for columns of text, without its wrapping to the terminal's
/// width: right-aligned columns after the rows' numbers, cells cut to 50 characters with `...`, tabs and line
/// ends shown as `\t`, `\r`, `\n`. Of more than 60 rows the first and the last five are shown.
extension Table: CustomStringConvertible {
    public var description: String {
        guard rowCount > 0, !columnNames.isEmpty else {
            return "Empty Table\nColumns: [\(columnNames.map(escaped).joined(separator: ", "))]\nRows: 0"
        }
        let isCut = rowCount > 60
        let rows = isCut ? Array(0..<5) + Array(rowCount - 5..<rowCount) : Array(0..<rowCount)
        var texts = [indexColumn(rows)] + columns.map { columnTexts($0, rows) }
        if isCut {
            for position in texts.indices {
                let width = texts[position][5].unicodeScalars.count
                let dots = width > 3 ? "..." : ".."
                texts[position].insert(position == 0 ? dots : dots.rightAligned(width), at: 6)
            }
        }
        let table = sideBySide(texts)
        return isCut ? table + "\n\n[\(rowCount) rows x \(columnNames.count) columns]" : table
    }

    private func indexColumn(_ rows: [Int]) -> [String] {
        let numbers = rows.map { "\(rowMap[$0])" }
        let width = numbers.map(\.utf8.count).max() ?? 0
        return [""] + numbers.map { $0.leftAligned(width) }
    }

    private func columnTexts(_ column: Column, _ rows: [Int]) -> [String] {
        let cells = rows.map { " " + escaped(column[$0]) }
        let name = escaped(column.name)
        let nameWidth = name.unicodeScalars.count
        let natural = max(nameWidth, cells.map(\.unicodeScalars.count).max() ?? 0)
        let width = min(natural, 50)
        return [name.rightAligned(max(width, nameWidth))] + cells.map { cut($0, to: width).rightAligned(width) }
    }

    private func cut(_ cell: String, to width: Int) -> String {
        let scalars = cell.unicodeScalars
        guard scalars.count > width else { return cell }
        let kept = max(width - 3, 0)
        return String(String.UnicodeScalarView(scalars.prefix(kept))) + String(repeating: ".", count: width - kept)
    }

    private func sideBySide(_ columns: [[String]]) -> String {
        let widths = columns.map { $0.map(\.unicodeScalars.count).max() ?? 0 }
        let lines = columns[0].indices.map { line in
            columns.indices.map { columns[$0][line].leftAligned(widths[$0]) }.joined(separator: " ")
        }
        return lines.joined(separator: "\n")
    }
}

private func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\t": result.append(contentsOf: "\\t".unicodeScalars)
        case "\r": result.append(contentsOf: "\\r".unicodeScalars)
        case "\n": result.append(contentsOf: "\\n".unicodeScalars)
        default: result.append(scalar)
        }
    }
    return String(result)
}
