import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Finds the rows and fields of CSV (RFC 4180) without copying them.
///
/// Unquoted text is searched eight bytes at a time for a separator or the end of the line; quoted text with
/// `memchr` for the closing quote.
struct CSVScanner {
    let bytes: UnsafeRawBufferPointer
    let separator: UInt8
    /// Named in errors.
    let path: String

    private(set) var rowStarts: [Int] = []
    private(set) var fieldEnds: [UInt32] = []

    init(_ bytes: UnsafeRawBufferPointer, separator: UInt8, path: String) {
        self.bytes = bytes
        self.separator = separator
        self.path = path
    }

    /// Scans all rows from `start`. Each must have as many fields as the first (the header).
    mutating func scan(from start: Int) throws {
        guard let base = bytes.baseAddress else { return }
        let end = bytes.count
        var position = start
        var fieldCount = 0
        while true {
            position = afterBlankLines(position)
            if position == end { break }
            let rowStart = position
            let firstField = fieldEnds.count
            var rowIsOpen = true
            while rowIsOpen {
                let isQuoted = position < end && base.load(fromByteOffset: position, as: UInt8.self) == quote
                position = isQuoted ? try closingQuote(position) + 1 : unquotedEnd(base, position)
                guard let length = UInt32(exactly: position - rowStart) else { throw rowTooLong(rowStart) }
                fieldEnds.append(length)
                rowIsOpen = position < end && base.load(fromByteOffset: position, as: UInt8.self) == separator
                position = rowIsOpen ? position + 1 : try nextLine(position, afterQuoted: isQuoted)
            }
            let found = fieldEnds.count - firstField
            if rowStarts.isEmpty {
                fieldCount = found
            } else if found != fieldCount {
                throw wrongCount(found, fieldCount, rowStart)
            }
            rowStarts.append(rowStart)
            if rowStarts.count == 256 { reserve(rowLength: (position - start) / 256, fieldCount) }
        }
    }

    /// Takes the header out of the rows.
    mutating func removeFirstRow(fieldCount: Int) -> (start: Int, fieldEnds: [UInt32]) {
        let ends = Array(fieldEnds[..<fieldCount])
        fieldEnds.removeFirst(fieldCount)
        return (rowStarts.removeFirst(), ends)
    }

    private mutating func reserve(rowLength: Int, _ fieldCount: Int) {
        let rows = bytes.count / max(rowLength, 1) * 9 / 8
        rowStarts.reserveCapacity(rows)
        fieldEnds.reserveCapacity(rows * fieldCount)
    }

    private func afterBlankLines(_ start: Int) -> Int {
        var position = start
        while position < bytes.count {
            if bytes[position] == lineFeed {
                position += 1
            } else if bytes[position] == carriageReturn, position + 1 < bytes.count, bytes[position + 1] == lineFeed {
                position += 2
            } else {
                break
            }
        }
        return position
    }

    /// The position of the first separator, line feed or carriage return from `start`, or the end.
    @inline(__always)
    private func unquotedEnd(_ base: UnsafeRawPointer, _ start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let separators = ones &* UInt64(separator)
        let lineFeeds = ones &* UInt64(lineFeed)
        let carriageReturns = ones &* UInt64(carriageReturn)
        var position = start
        while position + 8 <= bytes.count {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let hits = zeroBytes(word ^ separators) | zeroBytes(word ^ lineFeeds) | zeroBytes(word ^ carriageReturns)
            if hits != 0 { return position + hits.trailingZeroBitCount / 8 }
            position += 8
        }
        while position < bytes.count {
            let byte = base.load(fromByteOffset: position, as: UInt8.self)
            if byte == separator || byte == lineFeed || byte == carriageReturn { break }
            position += 1
        }
        return position
    }

    /// The high bit of each byte that is zero. Bytes above the first zero may be marked wrongly.
    @inline(__always)
    private func zeroBytes(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    /// The position of the quote that closes the field opened at `start`.
    private func closingQuote(_ start: Int) throws -> Int {
        let base = bytes.baseAddress!
        var position = start + 1
        while let found = memchr(base + position, Int32(quote), bytes.count - position) {
            let at = UnsafeRawPointer(found) - base
            if at + 1 == bytes.count || bytes[at + 1] != quote { return at }
            position = at + 2
        }
        throw error(
            start, "the quote that opens here is never closed",
            "Close it, or write a quote that belongs to the text as two, inside a quoted field")
    }

    /// The start of the line after the one that ends at `position`.
    private func nextLine(_ position: Int, afterQuoted: Bool) throws -> Int {
        if position == bytes.count { return position }
        switch bytes[position] {
        case lineFeed: return position + 1
        case carriageReturn:
            if position + 1 == bytes.count { return position + 1 }
            if bytes[position + 1] == lineFeed { return position + 2 }
            throw error(
                position, "a carriage return without a line feed",
                "Convert the line ends to LF or CRLF, or quote the field")
        default:
            throw error(
                position, "text after a closing quote",
                "Write a quote that belongs to the text as two, and put the whole field in quotes")
        }
    }

    private func rowTooLong(_ start: Int) -> HornetError {
        error(start, "a row of more than 4 GB begins here", "Look for a quote that is not closed")
    }

    private func wrongCount(_ found: Int, _ expected: Int, _ start: Int) -> HornetError {
        error(
            start, "\(counted(found)) where the first line has \(expected)",
            "Put fields that hold the separator or a line end in quotes, and check that the separator is "
                + "\"\(Unicode.Scalar(separator))\"")
    }

    private func counted(_ fields: Int) -> String { fields == 1 ? "1 field" : "\(fields) fields" }

    private func error(_ position: Int, _ problem: String, _ remedy: String) -> HornetError {
        HornetError(.data, at: "\(path):\(lineNumber(of: position, in: bytes))", problem, remedy: remedy)
    }
}
