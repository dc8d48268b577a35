import HornetTensor

/// Turns words into ids: the words with an id that is given out, the most frequent ones first in memory, and nothing
/// else. With `numWords` 10,000 that stays in the cache, however large the vocabulary is.
struct SequenceEncoder: Sendable {
    /// Each word's id; that of all other words is 0 when they are left out.
    private var ids: WordTable<Int32>

    init() { ids = WordTable(fresh: 0) }

    init(_ tokenizer: Tokenizer) {
        let limit = tokenizer.idLimit
        let places = tokenizer.indexOrder.lazy.map(Int.init).filter { tokenizer.ids[$0] < limit }
        ids = WordTable(fresh: tokenizer.oovID, expecting: limit == .max ? tokenizer.indexOrder.count : places.count)
        ids.insert(Array(places), of: tokenizer.words) { place, slot in slot.value = tokenizer.ids[place] }
    }

    /// Hands the ids of the words of `batch` to `body`, 0 for words that are left out.
    @inline(__always)
    func forEachID(of batch: WordBatch, _ scratch: UnsafeMutablePointer<Int32>, _ body: (Int32) -> Void) {
        ids.forEachValue(of: batch, scratch, body)
    }
}

/// Ids that grow, in memory that is used for text after text.
struct IDBuffer: ~Copyable {
    private var memory: UnsafeMutablePointer<Int32>
    private var capacity: Int
    private(set) var count = 0

    init() {
        capacity = 1024
        memory = Self.take(capacity)
    }

    private static func take(_ capacity: Int) -> UnsafeMutablePointer<Int32> {
        BufferPool.shared.take(4 * capacity).bindMemory(to: Int32.self, capacity: capacity)
    }

    deinit { BufferPool.shared.give(memory, 4 * capacity) }

    var ids: UnsafeBufferPointer<Int32> { UnsafeBufferPointer(start: memory, count: count) }

    mutating func removeAll() { count = 0 }

    @inline(__always)
    mutating func append(_ batch: WordBatch, _ encoder: SequenceEncoder) {
        if count + batch.count > capacity { grow(for: batch.count) }
        let target = memory
        var end = count
        // What is found first lies where the ids belong that follow from it.
        encoder.forEachID(of: batch, target + end) { id in
            target[end] = id
            end &+= id == 0 ? 0 : 1
        }
        count = end
    }

    private mutating func grow(for more: Int) {
        let larger = max(2 * capacity, count + more)
        let copy = Self.take(larger)
        copy.update(from: memory, count: count)
        BufferPool.shared.give(memory, 4 * capacity)
        (memory, capacity) = (copy, larger)
    }
}
