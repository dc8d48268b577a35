import HornetSupport

/// Finds the rows and fields of CSV (RFC 4180) without copying them: from one marked byte to the next.
struct CSVScanner {
    let bytes: UnsafeRawBufferPointer
    let separator: UInt8
    /// Named in errors.
    let path: String

    private(set) var rowStarts: [Int] = []
    private(set) var fieldEnds: [UInt32] = []
    /// How many fields the first line has; 0 before it was scanned.
    private(set) var fieldCount = 0

    init(_ bytes: UnsafeRawBufferPointer, separator: UInt8, path: String) {
        self.bytes = bytes
        self.separator = separator
        self.path = path
    }

    /// Scans the rows from `start` on, `most` at most; returns where the next one begins. Each must have as many fields
    /// as the first (the header).
    mutating func scan(from start: Int, most: Int = .max) throws -> Int {
        guard let base = bytes.baseAddress else { return start }
        let end = bytes.count
        let separator = separator
        var marks = CSVMarks(bytes, separator: separator)
        var newRows = Batch<Int>()
        var newFields = Batch<UInt32>()
        var position = start
        // Behind the last end that was handed out.
        var afterEnd = -1
        var rows = 0
        while rows < most {
            position = afterBlankLines(position)
            if position == end { break }
            let rowStart = position
            var found = 0
            while true {
                if position < end, base.load(fromByteOffset: position, as: UInt8.self) == quote {
                    position = try closingQuote(position, &marks) + 1
                    guard isEnd(position) else { throw textAfterQuote(position) }
                } else {
                    position = marks.end(from: position, isNext: position == afterEnd)
                    afterEnd = position &+ 1
                }
                guard position &- rowStart <= Int(UInt32.max) else { throw rowTooLong(rowStart) }
                newFields.append(UInt32(truncatingIfNeeded: position &- rowStart), to: &fieldEnds)
                found &+= 1
                guard position < end, base.load(fromByteOffset: position, as: UInt8.self) == separator else { break }
                position &+= 1
            }
            if position < end { position = try nextLine(position) }
            if fieldCount == 0 { fieldCount = found }
            guard found == fieldCount else { throw wrongCount(found, fieldCount, rowStart) }
            newRows.append(rowStart, to: &rowStarts)
            rows += 1
            if rows == 256 { reserve(rowLength: (position - start) / 256) }
        }
        newRows.flush(to: &rowStarts)
        newFields.flush(to: &fieldEnds)
        return position
    }

    /// Forgets the rows scanned so far: the header.
    mutating func removeRows() { (rowStarts, fieldEnds) = ([], []) }

    /// Elements on their way to an array: appending many at once is faster.
    private struct Batch<Element: BitwiseCopyable>: ~Copyable {
        private static var capacity: Int { 1024 }
        private let elements = UnsafeMutablePointer<Element>.allocate(capacity: Self.capacity)
        private var count = 0

        @inline(__always)
        mutating func append(_ element: Element, to array: inout [Element]) {
            if count == Self.capacity { flush(to: &array) }
            elements[count] = element
            count &+= 1
        }

        @inline(never)
        mutating func flush(to array: inout [Element]) {
            array.append(contentsOf: UnsafeBufferPointer(start: elements, count: count))
            count = 0
        }

        deinit { elements.deallocate() }
    }

    private mutating func reserve(rowLength: Int) {
        let rows = bytes.count / max(rowLength, 1) * 9 / 8
        rowStarts.reserveCapacity(rows)
        fieldEnds.reserveCapacity(rows * fieldCount)
    }

    @inline(__always)
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

    /// Whether the file or a field may end at `position`.
    @inline(__always)
    private func isEnd(_ position: Int) -> Bool {
        guard position < bytes.count else { return true }
        let byte = bytes[position]
        return byte == separator || byte == lineFeed || byte == carriageReturn
    }

    /// The position of the quote that closes the field opened at `start`.
    @inline(__always)
    private func closingQuote(_ start: Int, _ marks: inout CSVMarks) throws -> Int {
        var found = marks.quote(after: start)
        while found < bytes.count {
            if found + 1 == bytes.count || bytes[found + 1] != quote { return found }
            found = marks.quote(after: found + 1)
        }
        throw error(
            start, "the quote that opens here is never closed",
            "Close it, or write a quote that belongs to the text as two, inside a quoted field")
    }

    /// The start of the line after the one that ends at `position`.
    @inline(__always)
    private func nextLine(_ position: Int) throws -> Int {
        if bytes[position] == lineFeed { return position + 1 }
        if position + 1 == bytes.count { return position + 1 }
        if bytes[position + 1] == lineFeed { return position + 2 }
        throw error(
            position, "a carriage return without a line feed",
            "Convert the line ends to LF or CRLF, or quote the field")
    }

    private func textAfterQuote(_ position: Int) -> HornetError {
        error(
            position, "text after a closing quote",
            "Write a quote that belongs to the text as two, and put the whole field in quotes")
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
