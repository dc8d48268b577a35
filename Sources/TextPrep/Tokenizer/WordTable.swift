#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HornetSupport

/// Distinct words and their places, 0, 1, 2… in the order in which they came. Words are equal when their UTF-8 bytes
/// are.
///
/// Open addressing with linear probing, at most half full. A slot holds a word's first eight bytes, so that most
/// look-ups touch one cache line; the bytes of all words lie behind one another.
struct WordTable: Sendable {
    private struct Slot {
        var head: UInt64 = 0
        var tag: UInt32 = 0
        /// The word's place plus one; 0 in an empty slot.
        var number: UInt32 = 0

        init() {}

        init(_ word: Word, at place: Int) {
            head = word.head
            tag = word.tag
            number = UInt32(place + 1)
        }
    }

    private var slots = [Slot](repeating: Slot(), count: 64)
    /// Where each word begins in `bytes`, and after the last one the end.
    private var starts = [0]
    private var bytes: [UInt8] = []

    var count: Int { starts.count - 1 }

    /// The slot that holds `word`, or the empty one where it belongs.
    @inline(__always)
    private func slot(of word: Word) -> Int {
        return slots.withUnsafeBufferPointer { slots in
            let mask = slots.count - 1
            var index = Int(truncatingIfNeeded: word.hash) & mask
            while slots[index].number != 0 {
                if slots[index].head == word.head, slots[index].tag == word.tag,
                    word.count <= 8 || isLong(word, at: Int(slots[index].number) - 1)
                {
                    break
                }
                index = (index + 1) & mask
            }
            return index
        }
    }

    /// Whether `word`, longer than its head, is the one at `place`.
    @inline(never)
    private func isLong(_ word: Word, at place: Int) -> Bool {
        withUTF8(at: place) {
            $0.count == word.count && memcmp($0.baseAddress!, word.bytes.baseAddress!, word.count) == 0
        }
    }

    /// The place of `word`, or -1.
    @inline(__always)
    func find(_ word: Word) -> Int { Int(slots[slot(of: word)].number) - 1 }

    /// The places of `words`, or -1, into `places`. The first look goes to all home slots, so that the waits for memory
    /// overlap; few words need the second.
    @inline(__always)
    func find(_ words: UnsafeBufferPointer<Word>, into places: UnsafeMutableBufferPointer<Int32>) {
        let undecided: Int32 = -2
        slots.withUnsafeBufferPointer { slots in
            let mask = slots.count - 1
            for i in words.indices {
                let word = words[i]
                let slot = slots[Int(truncatingIfNeeded: word.hash) & mask]
                let place = Int32(truncatingIfNeeded: slot.number) &- 1
                // No branch depends on the slot: a wrong guess would wait for it. Its head does not prove a long word.
                let needsProof: UInt64 = word.count > 8 ? 1 : 0
                let difference = (slot.head ^ word.head) | UInt64(slot.tag ^ word.tag) | needsProof
                places[i] = place < 0 || difference == 0 ? place : undecided
            }
        }
        for i in words.indices where places[i] == undecided {
            places[i] = Int32(truncatingIfNeeded: find(words[i]))
        }
    }

    /// The place of `word`, or nil.
    func find(_ word: String) -> Int? {
        var word = word
        let place = word.withUTF8 { find(Word($0)) }
        return place < 0 ? nil : place
    }

    /// The place of `word`, which is added when it is new.
    @inline(__always)
    mutating func insert(_ word: Word) -> Int {
        let slot = slot(of: word)
        let place = Int(slots[slot].number) - 1
        return place >= 0 ? place : add(word, slot)
    }

    mutating func insert(_ word: String) -> Int {
        var word = word
        return word.withUTF8 { insert(Word($0)) }
    }

    @inline(never)
    private mutating func add(_ word: Word, _ slot: Int) -> Int {
        let place = count
        require(place < Int(Int32.max) - 1, "Tokenizer", "there are more than \(place) different words")
        bytes += word.bytes
        starts.append(bytes.count)
        slots[slot] = Slot(word, at: place)
        if 2 * count > slots.count { grow() }
        return place
    }

    private mutating func grow() {
        slots = [Slot](repeating: Slot(), count: 2 * slots.count)
        for place in 0..<count {
            let (index, filled) = withUTF8(at: place) { bytes in
                let word = Word(bytes)
                return (slot(of: word), Slot(word, at: place))
            }
            slots[index] = filled
        }
    }

    /// Reads the bytes of the word at `place`.
    func withUTF8<R>(at place: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        bytes.withUnsafeBufferPointer { body($0.extracting(starts[place]..<starts[place + 1])) }
    }

    /// The word at `place`.
    subscript(place: Int) -> String { withUTF8(at: place) { String(decoding: $0, as: UTF8.self) } }
}
