import CHornetKernels

/// Where the bytes stand that may mean something in CSV: a bit for each byte of a window of the file, which moves on
/// with who looks. Nobody looks back.
struct CSVMarks: ~Copyable {
    private let bytes: UnsafeRawBufferPointer
    private let separator: UInt8
    /// The bits of a window, those of the quotes before those of separators and line ends.
    private let quotes: UnsafeMutablePointer<UInt64>
    private let ends: UnsafeMutablePointer<UInt64>
    private var window = -1
    private var endCursor = Cursor()
    private var quoteCursor = Cursor()

    /// 64 bytes and those of their marks that were not handed out.
    private struct Cursor {
        var block = 0
        var rest: UInt64 = 0

        @inline(__always)
        var position: Int { block &<< 6 &+ rest.trailingZeroBitCount }
    }

    /// Bits of 64 KB of text stay in the first cache.
    private static let windowBlocks = 1024

    init(_ bytes: UnsafeRawBufferPointer, separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
        quotes = .allocate(capacity: 2 * Self.windowBlocks)
        ends = quotes + Self.windowBlocks
    }

    deinit { quotes.deallocate() }

    /// The first separator, line feed or carriage return at `position` or behind it, or the end. `isNext` says that
    /// `position` follows the one handed out before, which is quicker.
    @inline(__always)
    mutating func end(from position: Int, isNext: Bool) -> Int {
        if !isNext { endCursor = cursor(at: position, ends) }
        let found: Int
        (endCursor, found) = next(endCursor, ends)
        return found
    }

    /// The first quote behind the one at `position`, or the end.
    @inline(__always)
    mutating func quote(after position: Int) -> Int {
        if quoteCursor.rest == 0 || quoteCursor.position != position { quoteCursor = cursor(at: position, quotes) }
        quoteCursor.rest &= quoteCursor.rest &- 1
        let found: Int
        (quoteCursor, found) = next(quoteCursor, quotes)
        return found
    }

    @inline(__always)
    private mutating func cursor(at position: Int, _ bits: UnsafeMutablePointer<UInt64>) -> Cursor {
        let block = position &>> 6
        guard position < bytes.count else { return Cursor(block: block) }
        if block / Self.windowBlocks != window { window = read(windowOf: block) }
        return Cursor(
            block: block,
            rest: bits[block & (Self.windowBlocks &- 1)] & (~0 &<< UInt64(truncatingIfNeeded: position)))
    }

    @inline(__always)
    private mutating func next(_ cursor: Cursor, _ bits: UnsafeMutablePointer<UInt64>) -> (cursor: Cursor, found: Int) {
        var cursor = cursor
        while cursor.rest == 0 {
            guard (cursor.block &+ 1) &<< 6 < bytes.count else { return (cursor, bytes.count) }
            cursor.block &+= 1
            if cursor.block / Self.windowBlocks != window { window = read(windowOf: cursor.block) }
            cursor.rest = bits[cursor.block & (Self.windowBlocks &- 1)]
        }
        let position = cursor.position
        cursor.rest &= cursor.rest &- 1
        return (cursor, position)
    }

    /// Returns the number of the window.
    @inline(never)
    private func read(windowOf block: Int) -> Int {
        let window = block / Self.windowBlocks
        let start = (window * Self.windowBlocks) << 6
        hornet_csv_marks(
            bytes.baseAddress!.assumingMemoryBound(to: UInt8.self) + start,
            min(bytes.count - start, Self.windowBlocks << 6), separator, quotes, ends)
        return window
    }
}
