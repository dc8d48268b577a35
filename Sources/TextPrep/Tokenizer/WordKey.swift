/// A word in 16 bytes: its own up to 15 of them, and its length in the last one, so that equal keys prove equal words.
/// The key of a longer word holds a hash, and equal keys leave the bytes to be compared.
struct WordKey: Equatable, BitwiseCopyable, Sendable {
    /// The first eight bytes, the first one lowest, zeros behind a shorter word.
    var low: UInt64
    /// The next seven, and in the highest byte one more than the length, or a mark.
    var high: UInt64

    static let longestInline = 15
    private static let longMark: UInt64 = 0xFF << 56

    /// No word has this key.
    static let none = WordKey(low: 0, high: 0)

    @inline(__always)
    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The key of a word of up to 15 bytes, which `bytes` holds, zeros behind it.
    @inline(__always)
    init(_ bytes: SIMD2<UInt64>, count: Int) {
        low = bytes.x
        high = bytes.y | UInt64(truncatingIfNeeded: count &+ 1) &<< 56
    }

    /// The key of a word whose bytes lie in memory.
    init(_ word: UnsafeBufferPointer<UInt8>) {
        if word.count > Self.longestInline { self = Self.long(word) } else {
            self.init(SIMD2(block(word, at: 0), block(word, at: 8)), count: word.count)
        }
    }

    @inline(never)
    static func long(_ word: UnsafeBufferPointer<UInt8>) -> WordKey {
        var hash = WordHash.shared
        for start in stride(from: 0, to: word.count, by: 8) { hash.combine(block(word, at: start)) }
        return WordKey(low: hash.state, high: longMark | UInt64(truncatingIfNeeded: word.count) & ~longMark)
    }

    /// The key of the same word in a table: that of a long word differs from what is looked for, so that comparing
    /// keys is enough for short ones.
    @inline(__always)
    var stored: WordKey { isLong ? WordKey(low: low, high: high ^ 1 << 63) : self }

    /// The key that `stored` comes from.
    @inline(__always)
    var sought: WordKey { high >> 56 == 0x7F ? WordKey(low: low, high: high ^ 1 << 63) : self }

    @inline(__always)
    var isLong: Bool { high >= Self.longMark }
}

/// Up to eight bytes of `word` from `start` on, the first one lowest, zeros behind them.
private func block(_ word: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt64 {
    if start + 8 <= word.count {
        return UInt64(littleEndian: UnsafeRawPointer(word.baseAddress! + start).loadUnaligned(as: UInt64.self))
    }
    var block: UInt64 = 0
    for offset in 0..<max(0, word.count - start) {
        block |= UInt64(word[start + offset]) << UInt64(8 * offset)
    }
    return block
}

/// A multiply-and-fold hash. It begins with random numbers, so that nobody can write a text whose words all collide;
/// ids do not depend on them.
struct WordHash: Sendable {
    static let shared = WordHash()

    private(set) var state = UInt64.random(in: .min ... .max)
    private let factor = UInt64.random(in: .min ... .max) | 1

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let (high, low) = a.multipliedFullWidth(by: b)
        return high ^ low
    }

    /// Takes eight bytes more.
    mutating func combine(_ block: UInt64) { state = Self.fold(state ^ block, 0x9E37_79B9_7F4A_7C15) }

    @inline(__always)
    func callAsFunction(_ key: WordKey) -> UInt64 { Self.fold(key.low ^ state, key.high ^ factor) }
}
