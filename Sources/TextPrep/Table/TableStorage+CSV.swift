import HornetSupport

extension TableStorage {
    /// Scans CSV. `path` stands in the errors.
    convenience init(csv source: Source, path: String, separator: Character, header: Bool) throws {
        let separatorByte = try checkedSeparator(separator)
        let found = try withExtendedLifetime(source) { try scanned(source.bytes, path, separatorByte, header) }
        self.init(
            source: source, columnNames: found.names, rowStarts: found.rowStarts, fieldEnds: found.fieldEnds)
    }
}

func checkedSeparator(_ separator: Character) throws -> UInt8 {
    if let byte = separator.asciiValue, byte != quote, byte != lineFeed, byte != carriageReturn, separator != "\r\n" {
        return byte
    }
    throw HornetError(
        .configuration, at: "Table", "the separator \(String(reflecting: separator)) can't be used",
        remedy: "It must be one ASCII character, no quote and no line end")
}

private func scanned(
    _ bytes: UnsafeRawBufferPointer, _ path: String, _ separator: UInt8, _ header: Bool
) throws -> (rowStarts: [Int], fieldEnds: [UInt32], names: [String]) {
    if !isUTF8(bytes), let wrong = firstInvalidUTF8(in: bytes) {
        let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        throw HornetError(
            .data, at: "\(path):\(lineNumber(of: wrong, in: bytes))",
            isUTF16 ? "the file is UTF-16" : "byte \(hexadecimal(bytes[wrong])) is not UTF-8",
            remedy: "Convert the file: iconv -f \(isUTF16 ? "UTF-16" : "WINDOWS-1252") -t UTF-8")
    }
    var scanner = CSVScanner(bytes, separator: separator, path: path)
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let second = try scanner.scan(from: start, most: 1)
    guard let first = scanner.rowStarts.first else {
        throw HornetError(
            .data, at: "\(path):1", "the file is empty",
            remedy: header ? "The first line names the columns" : "")
    }
    let fieldCount = scanner.fieldCount
    let ends = scanner.fieldEnds
    if header { scanner.removeRows() }
    _ = try scanner.scan(from: second)
    guard header else { return (scanner.rowStarts, scanner.fieldEnds, (0..<fieldCount).map { "\($0)" }) }

    let headerRow = TableStorage(
        source: .memory(OwnedBytes(bytes[first..<first + Int(ends.last!)])),
        columnNames: Array(repeating: "", count: fieldCount), rowStarts: [0], fieldEnds: ends)
    let names = (0..<fieldCount).map { column in
        let name = headerRow.withUTF8(0, column) { String(decoding: $0, as: UTF8.self) }
        return name.isEmpty ? "Unnamed: \(column)" : name
    }
    if let repeated = firstDuplicate(names) {
        throw HornetError(
            .data, at: "\(path):\(lineNumber(of: first, in: bytes))", "the column name \"\(repeated)\" occurs twice",
            remedy: "Give the columns different names, or read the file with header: false")
    }
    return (scanner.rowStarts, scanner.fieldEnds, names)
}

private func hexadecimal(_ byte: UInt8) -> String {
    "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
}

/// The first text that has occurred before, byte for byte.
func firstDuplicate(_ texts: [String]) -> String? {
    var seen: Set<ByteKey> = []
    return texts.first { !seen.insert(ByteKey($0)).inserted }
}
