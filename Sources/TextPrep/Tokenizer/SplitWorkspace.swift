import HornetTensor

/// Memory that one caller uses for text after text: a piece of text in lower case, where words begin and end in it, and
/// their keys. It stays within the first two caches.
struct SplitWorkspace: ~Copyable {
    /// The bytes of text that fit.
    private(set) var capacity: Int
    private var memory: UnsafeMutableRawPointer

    /// What the kernels write and the keys read beyond the end.
    private static let slack = 128
    private static let usualCapacity = 2048

    private static func textBytes(_ capacity: Int) -> Int { capacity + slack }
    private static func edgeBytes(_ capacity: Int) -> Int { 4 * (capacity + slack) }
    private static func keyBytes(_ capacity: Int) -> Int { 16 * (capacity / 2 + 4) }
    private static let masksBytes = 32
    private static func byteCount(_ capacity: Int) -> Int {
        textBytes(capacity) + edgeBytes(capacity) + keyBytes(capacity) + masksBytes
    }

    init() { self.init(capacity: Self.usualCapacity) }

    private init(capacity: Int) {
        self.capacity = capacity
        memory = BufferPool.shared.take(Self.byteCount(capacity))
        masks.initializeMemory(as: UInt8.self, repeating: 0xFF, count: 16)
        (masks + 16).initializeMemory(as: UInt8.self, repeating: 0, count: 16)
    }

    deinit { BufferPool.shared.give(memory, Self.byteCount(capacity)) }

    /// Doubles the room; the text of `kept` bytes stays.
    mutating func grow(keeping kept: Int) {
        let larger = SplitWorkspace(capacity: 2 * capacity)
        larger.memory.copyMemory(from: memory, byteCount: kept)
        self = larger
    }

    /// The most words that fit.
    var wordCapacity: Int { capacity / 2 + 1 }

    @inline(__always)
    var text: UnsafeMutablePointer<UInt8> { memory.assumingMemoryBound(to: UInt8.self) }

    /// The begin and the end of each word.
    @inline(__always)
    var edges: UnsafeMutablePointer<UInt32> {
        (memory + Self.textBytes(capacity)).assumingMemoryBound(to: UInt32.self)
    }

    @inline(__always)
    private var keys: UnsafeMutablePointer<WordKey> {
        (memory + Self.textBytes(capacity) + Self.edgeBytes(capacity)).assumingMemoryBound(to: WordKey.self)
    }

    /// 16 bytes 0xFF, then 16 bytes 0: read 16 bytes from n before the middle on for n bytes of ones.
    @inline(__always)
    private var masks: UnsafeMutableRawPointer {
        memory + Self.textBytes(capacity) + Self.edgeBytes(capacity) + Self.keyBytes(capacity)
    }

    /// The first `count` words by their `edges`.
    @inline(__always)
    func batch(of count: Int) -> WordBatch {
        let (text, edges, keys, zeros) = (text, edges, keys, masks + 16)
        for index in 0..<count {
            let start = Int(edges[2 &* index])
            let length = Int(edges[2 &* index &+ 1]) &- start
            if length <= WordKey.longestInline {
                let bytes = UnsafeRawPointer(text + start).loadUnaligned(as: SIMD2<UInt64>.self)
                let mask = (zeros - length).loadUnaligned(as: SIMD2<UInt64>.self)
                keys[index] = WordKey(bytes & mask, count: length)
            } else {
                keys[index] = WordKey.long(UnsafeBufferPointer(start: text + start, count: length))
            }
        }
        return WordBatch(text: text, edges: edges, keys: UnsafeBufferPointer(start: keys, count: count))
    }
}
