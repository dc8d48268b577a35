import HornetTensor

/// The words or characters of a text, one behind the other, and all runs of so many of them.
struct TermRuns: ~Copyable {
    private var bytes = PooledArray<UInt8>()
    /// Where each word begins, and after the last one where another would: a space lies between.
    private var starts = PooledArray<UInt32>()
    /// What lies between two of them: a space, or nothing between characters.
    private var gap = 0

    init() { starts.append(0) }

    mutating func removeAll() {
        bytes.removeAll()
        starts.removeAll()
        starts.append(0)
    }

    private var count: Int { starts.count - 1 }

    /// Appends a word and a space.
    mutating func append(word: UnsafeBufferPointer<UInt8>) {
        gap = 1
        bytes.append(contentsOf: word)
        bytes.append(UInt8(ascii: " "))
        starts.append(UInt32(bytes.count))
    }

    /// Appends a character.
    @inline(__always)
    mutating func append(scalar: UInt32) {
        gap = 0
        var (rest, length) = encodeScalar(scalar)
        while length > 0 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
            length -= 1
        }
        starts.append(UInt32(bytes.count))
    }

    /// Hands the runs of as many words as `sizes` says to `body`.
    func forEachRun(_ sizes: ClosedRange<Int>, _ body: (WordBatch) -> Void) {
        RunBatch.make(in: bytes.elements) { batch in
            for size in sizes where size <= count {
                for first in 0...count - size { batch.append(starts[first], starts[first + size] - UInt32(gap), body) }
            }
            batch.flush(body)
        }
    }

    /// The runs of characters within words: the words are cut at white space and have a space at either end; of a word that
    /// is shorter than the run the whole is taken, once.
    func forEachRunWithinWords(_ sizes: ClosedRange<Int>, _ body: (WordBatch) -> Void) {
        var padded = TermRuns()
        var position = 0
        while position < count {
            while position < count, isSpace(position) { position += 1 }
            guard position < count else { break }
            padded.removeAll()
            padded.append(scalar: 0x20)
            while position < count, !isSpace(position) {
                padded.append(scalar: scalar(position))
                position += 1
            }
            padded.append(scalar: 0x20)
            let length = padded.count
            RunBatch.make(in: padded.bytes.elements) { batch in
                for size in sizes {
                    batch.append(padded.starts[0], padded.starts[min(size, length)], body)
                    if size >= length { break }
                    for first in 1...length - size { batch.append(padded.starts[first], padded.starts[first + size], body) }
                }
                batch.flush(body)
            }
        }
    }

    private func scalar(_ position: Int) -> UInt32 {
        decodeScalar(bytes.elements, at: Int(starts[position])).scalar
    }

    private func isSpace(_ position: Int) -> Bool { WordScalars.isSpace(scalar(position)) }
}

/// Runs by their begin and end, handed on some at a time.
private struct RunBatch {
    private let text: UnsafeBufferPointer<UInt8>
    private let edges: UnsafeMutableBufferPointer<UInt32>
    private let keys: UnsafeMutableBufferPointer<WordKey>
    private var count = 0

    /// Hands a batch of runs of `text` to `body`, which fills and flushes it.
    static func make(in text: UnsafeBufferPointer<UInt8>, _ body: (inout RunBatch) -> Void) {
        let most = 64
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * most) { edges in
            withUnsafeTemporaryAllocation(of: WordKey.self, capacity: most) { keys in
                var batch = RunBatch(text: text, edges: edges, keys: keys)
                body(&batch)
            }
        }
    }

    private init(
        text: UnsafeBufferPointer<UInt8>, edges: UnsafeMutableBufferPointer<UInt32>,
        keys: UnsafeMutableBufferPointer<WordKey>
    ) {
        (self.text, self.edges, self.keys) = (text, edges, keys)
    }

    @inline(__always)
    mutating func append(_ begin: UInt32, _ end: UInt32, _ body: (WordBatch) -> Void) {
        (edges[2 * count], edges[2 * count + 1]) = (begin, end)
        keys[count] = WordKey(text.extracting(Int(begin)..<Int(end)))
        count += 1
        if count == keys.count { flush(body) }
    }

    mutating func flush(_ body: (WordBatch) -> Void) {
        if count > 0 {
            body(
                WordBatch(
                    text: text.baseAddress!, edges: edges.baseAddress!,
                    keys: UnsafeBufferPointer(start: keys.baseAddress, count: count)))
        }
        count = 0
    }
}
