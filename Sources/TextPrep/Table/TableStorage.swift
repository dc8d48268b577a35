import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The fields of a table where they stand: in the bytes of a CSV file (or of an array written as one).
///
/// Nothing is copied. A row knows where it starts, and a field where it ends, relative to its row: it begins
/// one byte after the field before it. That is 8 bytes a row and 4 bytes a field.
final class TableStorage: Sendable {
    enum Source: Sendable {
        case file(MappedFile)
        case memory([UInt8])
    }

    let source: Source
    let columnNames: [String]
    private let rowStarts: [Int]
    private let fieldEnds: [UInt32]

    init(source: Source, columnNames: [String], rowStarts: [Int], fieldEnds: [UInt32]) {
        self.source = source
        self.columnNames = columnNames
        self.rowStarts = rowStarts
        self.fieldEnds = fieldEnds
    }

    var rowCount: Int { rowStarts.count }

    /// What stands for the table in messages.
    var place: String {
        switch source {
        case .file(let file): file.path
        case .memory: "Table"
        }
    }

    func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        switch source {
        case .file(let file): return try file.withUnsafeBytes(body)
        case .memory(let bytes):
            return try bytes.withUnsafeBufferPointer { (buffer) throws(E) -> R in
                try body(UnsafeRawBufferPointer(buffer))
            }
        }
    }

    /// The bytes of a field as they are written, quotes included.
    private func extent(_ row: Int, _ column: Int) -> Range<Int> {
        let field = row * columnNames.count + column
        let start = column == 0 ? 0 : Int(fieldEnds[field - 1]) + 1
        return rowStarts[row] + start..<rowStarts[row] + Int(fieldEnds[field])
    }

    func isEmpty(_ row: Int, _ column: Int) -> Bool {
        let extent = extent(row, column)
        return extent.isEmpty || extent.count == 2 && withBytes { $0[extent.lowerBound] == quote }
    }

    /// The UTF-8 bytes of a field without its quotes. They are read in place, unless the field holds quotes.
    func withUTF8<R, E: Error>(
        _ row: Int, _ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        let extent = extent(row, column)
        return try withBytes { (bytes) throws(E) -> R in
            let written = UnsafeRawBufferPointer(rebasing: bytes[extent])
            guard written.first == quote else { return try body(written.assumingMemoryBound(to: UInt8.self)) }
            let inner = UnsafeRawBufferPointer(rebasing: written[1..<written.count - 1])
            guard let start = inner.baseAddress, memchr(start, Int32(quote), inner.count) != nil else {
                return try body(inner.assumingMemoryBound(to: UInt8.self))
            }
            let unquoted = withoutDoubledQuotes(inner)
            return try unquoted.withUnsafeBufferPointer(body)
        }
    }

    /// The line of the file on which a row begins.
    func line(ofRow row: Int) -> Int {
        withBytes { lineNumber(of: rowStarts[row], in: $0) }
    }
}

let quote = UInt8(ascii: "\"")
let lineFeed = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")

/// Every quote inside a quoted field is written twice; this drops the second of each pair.
private func withoutDoubledQuotes(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var afterQuote = false
    for byte in bytes {
        if byte == quote && afterQuote {
            afterQuote = false
        } else {
            result.append(byte)
            afterQuote = byte == quote
        }
    }
    return result
}

/// The line, counted from 1, that holds the byte at `offset`.
func lineNumber(of offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    1 + bytes[..<offset].count { $0 == lineFeed }
}
