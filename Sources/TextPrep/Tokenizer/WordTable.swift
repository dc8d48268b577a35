import CHornetKernels
import HornetSupport
import HornetTensor

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Distinct words and their places, 0, 1, 2… in the order in which they came, with a value for each. Words are equal
/// when their UTF-8 bytes are.
///
/// Open addressing with linear probing, at most half full. A slot holds key and value, so that most look-ups touch one
/// cache line; the bytes of all words lie behind one another.
struct WordTable<Value: BitwiseCopyable & Sendable>: Sendable {
    struct Slot: BitwiseCopyable {
        /// As stored; ``WordKey/none`` in an empty slot.
        fileprivate var key = WordKey.none
        fileprivate(set) var place: UInt32
        var value: Value
    }

    private var slots: SlotMemory<Slot>
    private let fresh: Value
    private let hash = WordHash.shared
    /// Where each word begins in `bytes`, and after the last one the end.
    private var starts = [0]
    private var bytes: [UInt8] = []

    /// - Parameters:
    ///   - fresh: the value of a new word.
    ///   - count: how many words will come, if that is known.
    init(fresh: Value, expecting count: Int = 0) {
        self.fresh = fresh
        slots = Self.emptySlots(for: count, fresh)
    }

    private static func emptySlots(for count: Int, _ fresh: Value) -> SlotMemory<Slot> {
        var size = 64
        while size <= 2 * count { size *= 2 }
        return SlotMemory(repeating: Slot(place: 0, value: fresh), count: size)
    }

    var count: Int { starts.count - 1 }

    /// The slot that holds the word, or the empty one where it belongs.
    @inline(__always)
    private func slot(
        of key: WordKey, from hash: UInt64, _ word: @autoclosure () -> UnsafeBufferPointer<UInt8>
    ) -> Int {
        let (base, mask, stored) = (slots.base, slots.count &- 1, key.stored)
        var index = Int(truncatingIfNeeded: hash) & mask
        while base[index].key != .none {
            if base[index].key == stored, !key.isLong || isEqual(word(), at: Int(base[index].place)) { break }
            index = (index &+ 1) & mask
        }
        return index
    }

    @inline(never)
    private func isEqual(_ word: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
        withUTF8(at: place) {
            $0.count == word.count && memcmp($0.baseAddress!, word.baseAddress!, word.count) == 0
        }
    }

    /// The place of `word`, or nil.
    func find(_ word: String) -> Int? {
        var word = word
        return word.withUTF8 { word in
            let key = WordKey(word)
            let slot = slots.base[slot(of: key, from: hash(key), word)]
            return slot.key == .none ? nil : Int(slot.place)
        }
    }

    /// Hands the slot of each word to `body`; new words are added.
    @inline(__always)
    mutating func insert(_ words: WordBatch, _ body: (inout Slot) -> Void) {
        makeUnique()
        for key in words.keys { prefetch(key) }
        for index in 0..<words.count {
            let key = words.keys[index]
            var slot = Int(truncatingIfNeeded: hash(key)) & (slots.count &- 1)
            if slots.base[slot].key != key { slot = insert(key, words[index]) }
            body(&slots.base[slot])
        }
    }

    /// The place of `word`, which is added when it is new.
    mutating func insert(_ word: String) -> Int {
        makeUnique()
        var word = word
        return word.withUTF8 { word in
            let slot = insert(WordKey(word), word)
            return Int(slots.base[slot].place)
        }
    }

    /// The place of a word, which is added when it is new; `body` gets its value.
    mutating func insert(_ word: UnsafeBufferPointer<UInt8>, _ body: (_ place: Int, inout Value) -> Void) {
        makeUnique()
        let slot = insert(WordKey(word), word)
        body(Int(slots.base[slot].place), &slots.base[slot].value)
    }

    @inline(never)
    private mutating func insert(_ key: WordKey, _ word: UnsafeBufferPointer<UInt8>) -> Int {
        let hash = hash(key)
        var slot = slot(of: key, from: hash, word)
        guard slots.base[slot].key == .none else { return slot }
        require(count < Int(Int32.max) - 1, "Tokenizer", "there are more than \(count) different words")
        if 2 * count >= slots.count {
            grow()
            slot = self.slot(of: key, from: hash, word)
        }
        slots.base[slot] = Slot(key: key.stored, place: UInt32(count), value: fresh)
        bytes += word
        starts.append(bytes.count)
        return slot
    }

    private mutating func grow() {
        let old = slots
        slots = Self.emptySlots(for: old.count, fresh)
        let mask = slots.count - 1
        for slot in UnsafeBufferPointer(start: old.base, count: old.count) where slot.key != .none {
            // The hash is that of the key that is looked for.
            var index = Int(truncatingIfNeeded: hash(slot.key.sought)) & mask
            while slots.base[index].key != .none { index = (index + 1) & mask }
            slots.base[index] = slot
        }
    }

    private mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&slots) { slots = slots.copy() }
    }

    /// Hands the slots of the words that stand in `other` at `places` to `body`, in that order; new words are added.
    mutating func insert<Other>(
        _ places: some Collection<Int>, of other: WordTable<Other>, _ body: (_ place: Int, inout Slot) -> Void
    ) {
        makeUnique()
        let most = 64
        withUnsafeTemporaryAllocation(of: WordKey.self, capacity: most) { keys in
            var rest = places[...]
            while !rest.isEmpty {
                for (index, place) in rest.prefix(most).enumerated() {
                    keys[index] = other.withUTF8(at: place) { WordKey($0) }
                    prefetch(keys[index])
                }
                for (index, place) in rest.prefix(most).enumerated() {
                    let slot = other.withUTF8(at: place) { insert(keys[index], $0) }
                    body(place, &slots.base[slot])
                }
                rest = rest.dropFirst(most)
            }
        }
    }

    @inline(__always)
    private func prefetch(_ key: WordKey) {
        hornet_prefetch_line(slots.base + Int(truncatingIfNeeded: hash(key)) & (slots.count &- 1))
    }

    /// Reads the bytes of the word at `place`.
    func withUTF8<R>(at place: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        bytes.withUnsafeBufferPointer { body($0.extracting(starts[place]..<starts[place + 1])) }
    }

    /// The word at `place`.
    subscript(place: Int) -> String { withUTF8(at: place) { String(decoding: $0, as: UTF8.self) } }

    /// Hands each word's place and value to `body`, in no order.
    mutating func forEachValue(_ body: (_ place: Int, inout Value) -> Void) {
        makeUnique()
        for index in 0..<slots.count where slots.base[index].key != .none {
            body(Int(slots.base[index].place), &slots.base[index].value)
        }
    }
}

extension WordTable<Int32> {
    /// Up to here the slots stay in the second cache.
    private static var slotsInCache: Int { 1 << 15 }

    /// Hands the value of each word to `body`; a word that is not there has that of a new one. No value is negative.
    ///
    /// The first look goes to all home slots and knows no branch, since guesses would be wrong whenever a word is
    /// missing; few words need the second.
    @inline(__always)
    func forEachValue(of words: WordBatch, _ values: UnsafeMutablePointer<Int32>, _ body: (Int32) -> Void) {
        let (base, mask) = (slots.base, slots.count &- 1)
        if slots.count > Self.slotsInCache { for key in words.keys { prefetch(key) } }
        for index in 0..<words.count {
            let key = words.keys[index]
            let home = base + Int(truncatingIfNeeded: hash(key)) & mask
            let (low, high) = (home.pointee.key.low, home.pointee.key.high)
            let difference = (low ^ key.low) | (high ^ key.high)
            // All ones where the slot holds another word.
            let isOther = Int64(bitPattern: (difference | (0 &- difference)) & (0 &- (high >> 8))) >> 63
            values[index] = home.pointee.value | Int32(truncatingIfNeeded: isOther)
        }
        for index in 0..<words.count {
            let value = values[index]
            body(value >= 0 ? value : self.value(of: words.keys[index], words[index]))
        }
    }

    /// The value of one word; that of a new one when it is not there.
    func value(of word: UnsafeBufferPointer<UInt8>) -> Int32 { value(of: WordKey(word), word) }

    @inline(never)
    private func value(of key: WordKey, _ word: UnsafeBufferPointer<UInt8>) -> Int32 {
        slots.base[slot(of: key, from: hash(key), word)].value
    }
}

/// The slots of a table, on boundaries of cache lines. `@unchecked`: tables are copy-on-write values, which write only
/// to memory that nobody else has.
private final class SlotMemory<Slot: BitwiseCopyable>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Slot>
    let count: Int

    private init(count: Int) {
        self.count = count
        base = BufferPool.shared.take(count * MemoryLayout<Slot>.stride).bindMemory(to: Slot.self, capacity: count)
    }

    convenience init(repeating slot: Slot, count: Int) {
        self.init(count: count)
        base.initialize(repeating: slot, count: count)
    }

    func copy() -> SlotMemory {
        let copy = SlotMemory(count: count)
        copy.base.initialize(from: base, count: count)
        return copy
    }

    deinit { BufferPool.shared.give(base, count * MemoryLayout<Slot>.stride) }
}
