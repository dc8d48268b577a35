import HornetSupport

extension Table {
    /// What stands between the fields of a CSV file: a comma, a semicolon, a tab or a bar, whichever cuts the first rows into
    /// the most fields, as many each. A comma where none does.
    public static func separator(ofCSV path: String) throws -> Character {
        let file = try MappedFile(path: path)
        return file.withUnsafeBytes { separator(of: $0) }
    }

    static func separator(of bytes: UnsafeRawBufferPointer) -> Character {
        var best: (separator: Character, fields: Int) = (",", 1)
        for separator: Character in [",", ";", "\t", "|"] {
            var scanner = CSVScanner(bytes, separator: separator.asciiValue!, path: "")
            let isEven = (try? scanner.scan(from: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0, most: 50)) != nil
            if isEven, scanner.fieldCount > best.fields { best = (separator, scanner.fieldCount) }
        }
        return best.separator
    }
}
