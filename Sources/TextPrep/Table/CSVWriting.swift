import HornetSupport

extension TableStorage {
    /// Arrays, kept as the CSV that they would be in a file: one way of reading serves both.
    convenience init(columns: [(name: String, values: [String])]) {
        let rowCount = columns.first?.values.count ?? 0
        for (name, values) in columns {
            require(
                values.count == rowCount, "Table",
                "the column \"\(name)\" has \(values.count) rows, \"\(columns[0].name)\" has \(rowCount)")
        }
        if let repeated = firstDuplicate(columns.map(\.name)) {
            trap("Table", "the column name \"\(repeated)\" occurs twice")
        }
        var bytes: [UInt8] = []
        var rowStarts: [Int] = []
        var fieldEnds: [UInt32] = []
        rowStarts.reserveCapacity(rowCount)
        fieldEnds.reserveCapacity(rowCount * columns.count)
        for row in 0..<rowCount {
            let start = bytes.count
            rowStarts.append(start)
            for (_, values) in columns {
                appendField(values[row].utf8, to: &bytes, separator: UInt8(ascii: ","))
                require(bytes.count - start <= UInt32.max, "Table", "row \(row) has more than 4 GB")
                fieldEnds.append(UInt32(bytes.count - start))
                bytes.append(UInt8(ascii: ","))
            }
        }
        self.init(
            source: .memory(OwnedBytes(bytes)), columnNames: columns.map(\.name), rowStarts: rowStarts,
            fieldEnds: fieldEnds)
    }
}

extension Table {
    /// Writes the table with its header as CSV (RFC 4180, LF line ends), which ``init(csv:separator:header:)``
    /// reads back. Fields are quoted where they need it. The file is replaced as a whole or not at all.
    public func write(csv path: String, separator: Character = ",") throws {
        let separatorByte = try checkedSeparator(separator)
        let columns = columns
        try writeAtomically(to: path) { writer in
            var line: [UInt8] = []
            func endField(_ index: Int) {
                // A line of nothing would be skipped by readers.
                if columns.count == 1 && line.isEmpty { line += [quote, quote] }
                line.append(index == columns.count - 1 ? lineFeed : separatorByte)
            }
            for (index, name) in columnNames.enumerated() {
                appendField(name.utf8, to: &line, separator: separatorByte)
                endField(index)
            }
            try writer.write(line)
            for row in 0..<rowCount {
                line.removeAll(keepingCapacity: true)
                for (index, column) in columns.enumerated() {
                    column.withUTF8(at: row) { appendField($0, to: &line, separator: separatorByte) }
                    endField(index)
                }
                try writer.write(line)
            }
        }
    }
}

private func appendField(_ text: some Collection<UInt8>, to bytes: inout [UInt8], separator: UInt8) {
    let needsQuotes = text.contains { byte in
        byte == separator || byte == quote || byte == lineFeed || byte == carriageReturn
    }
    guard needsQuotes else {
        bytes.append(contentsOf: text)
        return
    }
    bytes.append(quote)
    for byte in text {
        bytes.append(byte)
        if byte == quote { bytes.append(quote) }
    }
    bytes.append(quote)
}
