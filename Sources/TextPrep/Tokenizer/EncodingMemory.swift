import HornetTensor

/// Memory that one caller uses to encode text after text: once it is large enough, nothing is allocated.
package struct EncodingMemory: ~Copyable {
    var workspace = SplitWorkspace()
    private var base: UnsafeMutablePointer<Int32>
    private var capacity: Int
    private var count = 0

    package init() {
        capacity = 1024
        base = Self.take(capacity)
    }

    private static func take(_ capacity: Int) -> UnsafeMutablePointer<Int32> {
        BufferPool.shared.take(4 * capacity).bindMemory(to: Int32.self, capacity: capacity)
    }

    deinit { BufferPool.shared.give(base, 4 * capacity) }

    /// The ids of the text at hand.
    var ids: UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: base, count: count) }

    /// Forgets the ids.
    mutating func removeAll() { count = 0 }

    /// Appends the ids of `text`.
    mutating func append(
        _ text: UnsafeBufferPointer<UInt8>, _ splitter: WordSplitter, _ encoder: SequenceEncoder
    ) {
        splitter.forEachBatch(in: text, &workspace) { batch in
            Self.append(batch, encoder, &base, &capacity, &count)
        }
    }

    /// Appends the id of one word.
    mutating func append(word: UnsafeBufferPointer<UInt8>, _ splitter: WordSplitter, _ encoder: SequenceEncoder) {
        splitter.asOneWord(word) { batch in Self.append(batch, encoder, &base, &capacity, &count) }
    }

    @inline(__always)
    private static func append(
        _ batch: WordBatch, _ encoder: SequenceEncoder, _ base: inout UnsafeMutablePointer<Int32>,
        _ capacity: inout Int, _ count: inout Int
    ) {
        if count + batch.count > capacity { grow(&base, &capacity, keeping: count, for: batch.count) }
        let target = base
        var end = count
        // What is found first lies where the ids belong that follow from it.
        encoder.forEachID(of: batch, target + end) { id in
            target[end] = id
            end &+= id == 0 ? 0 : 1
        }
        count = end
    }

    @inline(never)
    private static func grow(
        _ base: inout UnsafeMutablePointer<Int32>, _ capacity: inout Int, keeping count: Int, for more: Int
    ) {
        let larger = max(2 * capacity, count + more)
        let copy = take(larger)
        copy.update(from: base, count: count)
        BufferPool.shared.give(base, 4 * capacity)
        (base, capacity) = (copy, larger)
    }
}
