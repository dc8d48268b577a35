/// Turns words into ids: the words with an id that is given out, the most frequent ones first in memory, and nothing
/// else. With `numWords` 10,000 that stays in the cache, however large the vocabulary is.
struct SequenceEncoder: Sendable {
    /// What one caller uses for text after text.
    struct Memory {
        fileprivate var workspace = SplitWorkspace()
        fileprivate var ids: [Int32] = []
    }

    private var words = WordTable()
    /// The id of each place in `words`.
    private var ids: [Int32] = []
    /// The id of all other words; 0 when they are left out.
    private var unknown: Int32 = 0

    init() {}

    init(_ tokenizer: Tokenizer) {
        unknown = tokenizer.oovID
        for place in tokenizer.indexOrder {
            let id = tokenizer.ids[Int(place)]
            guard id < tokenizer.idLimit else { continue }
            tokenizer.words.withUTF8(at: Int(place)) { _ = words.insert(Word($0)) }
            ids.append(id)
        }
    }

    func sequence(
        of text: UnsafeBufferPointer<UInt8>, _ splitter: WordSplitter, _ memory: inout Memory
    ) -> [Int32] {
        collect(&memory) { workspace, ids in
            splitter.forEachBatch(in: text, &workspace) { append($0, to: &ids) }
        }
    }

    func sequence(ofWords words: [String], _ splitter: WordSplitter, _ memory: inout Memory) -> [Int32] {
        collect(&memory) { workspace, ids in
            for var word in words {
                word.withUTF8 { splitter.asOneWord($0, &workspace) { append($0, to: &ids) } }
            }
        }
    }

    @inline(__always)
    private func collect(
        _ memory: inout Memory, _ body: (inout SplitWorkspace, inout [Int32]) -> Void
    ) -> [Int32] {
        memory.ids.removeAll(keepingCapacity: true)
        body(&memory.workspace, &memory.ids)
        // A copy of the exact size: the memory stays for the next text.
        return memory.ids.withUnsafeBufferPointer { Array($0) }
    }

    private func append(_ batch: UnsafeBufferPointer<Word>, to sequence: inout [Int32]) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: WordBatch.capacity) { places in
            words.find(batch, into: places)
            var count = 0
            for place in places[..<batch.count] {
                let id = place < 0 ? unknown : ids[Int(place)]
                places[count] = id
                count += id == 0 ? 0 : 1
            }
            sequence += places[..<count]
        }
    }
}
