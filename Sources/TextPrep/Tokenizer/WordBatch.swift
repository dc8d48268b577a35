/// Words that are looked up together, which hides how long each of them waits for memory.
struct WordBatch {
    private let text: UnsafePointer<UInt8>
    /// Where each word begins in `text`, and where it ends.
    private let edges: UnsafePointer<UInt32>
    let keys: UnsafeBufferPointer<WordKey>

    init(text: UnsafePointer<UInt8>, edges: UnsafePointer<UInt32>, keys: UnsafeBufferPointer<WordKey>) {
        self.text = text
        self.edges = edges
        self.keys = keys
    }

    @inline(__always)
    var count: Int { keys.count }

    /// The bytes of a word.
    @inline(__always)
    subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
        let start = Int(edges[2 &* index])
        return UnsafeBufferPointer(start: text + start, count: Int(edges[2 &* index &+ 1]) &- start)
    }
}
