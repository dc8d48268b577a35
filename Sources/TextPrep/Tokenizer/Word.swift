/// The bytes of one word while it is looked up: nothing is copied, and its first eight bytes and hash are at hand.
struct Word {
    /// The first eight bytes, the first one lowest, zeros behind a shorter word.
    let head: UInt64
    let hash: UInt64
    /// Valid until the next batch of words.
    let bytes: UnsafeBufferPointer<UInt8>

    var count: Int { bytes.count }

    /// High bits of the hash, and in the low eight the length, up to 255. With an equal head, it proves words of up to
    /// eight bytes equal.
    @inline(__always)
    var tag: UInt32 { UInt32(truncatingIfNeeded: hash >> 32) & ~0xFF | UInt32(truncatingIfNeeded: min(count, 0xFF)) }
}

/// A multiply-and-fold hash over blocks of eight bytes. It begins with a random number, so that nobody can write a text
/// whose words all collide; ids do not depend on it.
struct WordHash {
    private static let seed = UInt64.random(in: .min ... .max)
    private var state = seed

    @inline(__always)
    private static func fold(_ block: UInt64) -> UInt64 {
        let (high, low) = block.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return high ^ low
    }

    /// Takes eight bytes.
    @inline(__always)
    mutating func combine(_ block: UInt64) { state = Self.fold(state ^ block) }

    /// The hash of the blocks so far, then a `tail` of fewer than eight bytes, `count` bytes in all.
    @inline(__always)
    func finish(tail: UInt64, count: Int) -> UInt64 {
        Self.fold(state ^ tail ^ UInt64(truncatingIfNeeded: count) &* 0xD6E8_FEB8_6659_FD93)
    }
}

extension Word {
    /// A word whose bytes lie in memory already.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        func block(_ start: Int) -> UInt64 {
            var block: UInt64 = 0
            for offset in 0..<min(8, bytes.count - start) {
                block |= UInt64(bytes[start + offset]) << UInt64(8 * offset)
            }
            return block
        }
        var hash = WordHash()
        var start = 0
        while start + 8 <= bytes.count {
            hash.combine(block(start))
            start += 8
        }
        self.init(head: block(0), hash: hash.finish(tail: block(start), count: bytes.count), bytes: bytes)
    }
}
