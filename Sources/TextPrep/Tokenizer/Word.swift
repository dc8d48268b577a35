/// The bytes of one word while it is looked up: nothing is copied, and its first eight bytes and hash are at hand.
struct Word {
    /// The first eight bytes, the first one lowest, zeros behind a shorter word.
    let head: UInt64
    let hash: UInt64
    /// Valid until the next word is built.
    let bytes: UnsafeBufferPointer<UInt8>

    var count: Int { bytes.count }
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

/// Puts a word together byte by byte, eight of them in a register.
struct WordBuilder {
    private let target: UnsafeMutableRawPointer
    private let fresh = WordHash()
    private var hash = WordHash()
    /// The bytes that are not in `target` yet, and eight times their number.
    private var block: UInt64 = 0
    private var bits = 0
    /// The number of bytes in `target`.
    private var stored = 0

    /// `target` has room for the longest word and eight bytes more.
    init(target: UnsafeMutableRawPointer) { self.target = target }

    @inline(__always)
    var isEmpty: Bool { bits + stored == 0 }

    /// Appends the `count` low bytes of `bytes`, zeros above them; up to eight.
    @inline(__always)
    mutating func append(_ bytes: UInt64, count: Int) {
        block |= bytes << UInt64(truncatingIfNeeded: bits)
        let room = 64 - bits
        bits += 8 * count
        guard bits >= 64 else { return }
        target.storeBytes(of: block.littleEndian, toByteOffset: stored, as: UInt64.self)
        hash.combine(block)
        stored += 8
        bits -= 64
        block = bytes >> UInt64(truncatingIfNeeded: room)
    }

    /// The word so far; the next one begins.
    @inline(__always)
    mutating func finish() -> Word {
        target.storeBytes(of: block.littleEndian, toByteOffset: stored, as: UInt64.self)
        let count = stored + bits >> 3
        let head = stored == 0 ? block : UInt64(littleEndian: target.load(as: UInt64.self))
        let word = Word(
            head: head, hash: hash.finish(tail: block, count: count),
            bytes: UnsafeBufferPointer(start: target.assumingMemoryBound(to: UInt8.self), count: count))
        hash = fresh
        block = 0
        bits = 0
        stored = 0
        return word
    }
}

extension Word {
    /// A word whose bytes lie in memory already.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        func block(_ start: Int) -> UInt64 {
            var block: UInt64 = 0
            for offset in 0..<min(8, bytes.count - start) { block |= UInt64(bytes[start + offset]) << UInt64(8 * offset) }
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
