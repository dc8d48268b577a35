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
        case memory(OwnedBytes)

        var bytes: UnsafeRawBufferPointer {
            switch self {
            case .file(let file): file.bytes
            case .memory(let memory): memory.bytes
            }
        }
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

    /// The bytes of a field as they are written, quotes included. Valid while the storage lives.
    private func written(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer {
        let field = row * columnNames.count + column
        let start = column == 0 ? 0 : Int(fieldEnds[field - 1]) + 1
        let rowStart = rowStarts[row]
        return UnsafeRawBufferPointer(rebasing: source.bytes[rowStart + start..<rowStart + Int(fieldEnds[field])])
    }

    func isEmpty(_ row: Int, _ column: Int) -> Bool {
        let written = written(row, column)
        return written.isEmpty || written.count == 2 && written[0] == quote
    }

    /// The UTF-8 bytes of a field without its quotes. They are read in place, unless the field holds quotes.
    func withUTF8<R, E: Error>(
        _ row: Int, _ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        defer { withExtendedLifetime(self) {} }
        let written = written(row, column)
        guard written.first == quote else { return try body(written.assumingMemoryBound(to: UInt8.self)) }
        let inner = UnsafeRawBufferPointer(rebasing: written[1..<written.count - 1])
        guard let start = inner.baseAddress, memchr(start, Int32(quote), inner.count) != nil else {
            return try body(inner.assumingMemoryBound(to: UInt8.self))
        }
        return try withoutDoubledQuotes(inner).withUnsafeBufferPointer(body)
    }

    /// The line of the file on which a row begins.
    func line(ofRow row: Int) -> Int {
        defer { withExtendedLifetime(self) {} }
        return lineNumber(of: rowStarts[row], in: source.bytes)
    }
}

/// A copy of bytes at an address that stays, unlike an array's.
final class OwnedBytes: Sendable {
    /// A number because a pointer is not `Sendable`.
    private let address: UInt
    private let count: Int

    init(_ bytes: some Collection<UInt8>) {
        count = bytes.count
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        copy.copyBytes(from: bytes)
        address = UInt(bitPattern: copy.baseAddress)
    }

    deinit { UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }

    /// Valid while the object lives.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count)
    }
}

let quote = UInt8(ascii: "\"")
let lineFeed = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")

/// Every quote inside a quoted field is written twice; this drops the second of each pair.
private func withoutDoubledQuotes(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: bytes.count) { result, count in
        var rest = bytes
        while let start = rest.baseAddress, !rest.isEmpty {
            let found = memchr(start, Int32(quote), rest.count)
            let length = found.map { UnsafeRawPointer($0) - start + 1 } ?? rest.count
            memcpy(result.baseAddress! + count, start, length)
            count += length
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(found == nil ? length : length + 1))
        }
    }
}

/// The line, counted from 1, that holds the byte at `offset`.
func lineNumber(of offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    1 + bytes[..<offset].count { $0 == lineFeed }
}
