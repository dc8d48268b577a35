/// Puts words together byte by byte, eight of them in a register, and collects up to ``capacity`` words: looking many
/// up at once hides how long each of them waits for memory.
struct WordBatch {
    static let capacity = 32

    /// The memory that a batch of words from a text of `count` bytes takes: each word's last block may be padded, and
    /// one more stored.
    static func byteCapacity(forTextOf count: Int) -> Int { Lowercasing.capacity(count) + 16 * capacity + 16 }

    private let bytes: UnsafeMutableRawPointer
    private let words: UnsafeMutablePointer<Word>
    private var wordCount = 0
    /// Where the word being built begins in `bytes`, and how many of its bytes are stored there.
    private var start = 0
    private var stored = 0
    /// Its bytes that are not stored yet, and eight times their number.
    private var block: UInt64 = 0
    private var bits = 0
    private var hash = WordHash()
    private let freshHash = WordHash()

    /// `bytes` has room for ``byteCapacity(forTextOf:)``, `words` for ``capacity``.
    init(bytes: UnsafeMutableRawPointer, words: UnsafeMutablePointer<Word>) {
        self.bytes = bytes
        self.words = words
    }

    /// The finished words.
    @inline(__always)
    var finished: UnsafeBufferPointer<Word> { UnsafeBufferPointer(start: words, count: wordCount) }

    @inline(__always)
    var isFull: Bool { wordCount == Self.capacity }

    /// Forgets the finished words. No word is being built.
    @inline(__always)
    mutating func clear() {
        wordCount = 0
        start = 0
    }

    /// Appends the `count` low bytes of `bytes`, zeros above them, to the word; up to eight.
    @inline(__always)
    mutating func append(_ bytes: UInt64, count: Int) {
        block |= bytes &<< UInt64(truncatingIfNeeded: bits)
        let room = 64 &- bits
        bits &+= 8 &* count
        guard bits >= 64 else { return }
        storeBlock()
        hash.combine(block)
        stored &+= 8
        bits &-= 64
        block = bytes >> UInt64(truncatingIfNeeded: room)
    }

    /// Appends what `classes` makes of the bytes of `text` from `position` on, up to the first that is a mark there
    /// (128 or more); returns where that is.
    @inline(__always)
    mutating func append(
        _ text: UnsafeBufferPointer<UInt8>, from position: Int, classes: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var position = position
        while position < text.count {
            let byteClass = classes[Int(text[position])]
            if byteClass >= 0x80 { break }
            block |= UInt64(byteClass) &<< UInt64(truncatingIfNeeded: bits)
            bits &+= 8
            position &+= 1
            if bits == 64 {
                storeBlock()
                hash.combine(block)
                stored &+= 8
                bits = 0
                block = 0
            }
        }
        return position
    }

    @inline(__always)
    private func storeBlock() {
        bytes.storeBytes(of: block.littleEndian, toByteOffset: start &+ stored, as: UInt64.self)
    }

    /// Ends the word, unless it is empty. The batch is not full.
    @inline(__always)
    mutating func endWord() {
        let count = stored &+ bits >> 3
        guard count > 0 else { return }
        storeBlock()
        let first = bytes + start
        words[wordCount] = Word(
            head: stored == 0 ? block : UInt64(littleEndian: first.load(as: UInt64.self)),
            hash: hash.finish(tail: block, count: count),
            bytes: UnsafeBufferPointer(start: first.assumingMemoryBound(to: UInt8.self), count: count))
        wordCount &+= 1
        start &+= stored &+ 8
        stored = 0
        block = 0
        bits = 0
        hash = freshHash
    }
}

/// Memory that one caller uses for document after document.
struct SplitWorkspace {
    private var bytes: [UInt8] = []

    /// Hands out `count` bytes or more.
    @inline(__always)
    mutating func withBytes(_ count: Int, _ body: (UnsafeMutableRawBufferPointer) -> Void) {
        if bytes.count < count { bytes = [UInt8](repeating: 0, count: max(count, 2 * bytes.count)) }
        bytes.withUnsafeMutableBytes(body)
    }

    /// Hands out the memory of a ``WordBatch`` for a text of `count` bytes.
    @inline(__always)
    mutating func withBatchMemory(
        forTextOf count: Int, _ body: (UnsafeMutableRawPointer, UnsafeMutablePointer<Word>) -> Void
    ) {
        withBytes(WordBatch.byteCapacity(forTextOf: count)) { bytes in
            withUnsafeTemporaryAllocation(of: Word.self, capacity: WordBatch.capacity) { words in
                body(bytes.baseAddress!, words.baseAddress!)
            }
        }
    }
}
