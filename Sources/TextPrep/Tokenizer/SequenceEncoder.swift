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

    /// The id of one word, 0 when it is left out.
    func id(of word: UnsafeBufferPointer<UInt8>) -> Int32 { ids.value(of: word) }
}
