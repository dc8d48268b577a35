import CHornetKernels
import HornetTensor

/// Distinct pairs of numbers and their places, 0, 1, 2… in the order in which they came, with a mark for each: runs of
/// words, as the run without its last word and that word.
///
/// Open addressing with linear probing, at most half full.
struct PairTable: ~Copyable {
    /// Where a run was last seen; see ``TermMark``.
    struct Slot: BitwiseCopyable {
        fileprivate var pair = PairTable.none
        fileprivate(set) var place: Int32 = 0
        var mark = TermMark()
    }

    /// No pair is this one: places are not negative.
    fileprivate static let none = UInt64.max

    private var slots: PooledArray<Slot>
    private var mask: Int
    private let hash = WordHash.shared
    /// By place.
    private(set) var pairs = PooledArray<UInt64>()

    init(expecting count: Int = 0) {
        var size = 64
        while size <= 2 * count { size *= 2 }
        slots = Self.emptySlots(size)
        mask = size - 1
    }

    private static func emptySlots(_ size: Int) -> PooledArray<Slot> {
        var slots = PooledArray<Slot>(capacity: size)
        slots.start.initialize(repeating: Slot(), count: size)
        slots.noteAppended(size)
        return slots
    }

    var count: Int { pairs.count }

    @inline(__always)
    static func pair(_ first: Int32, _ second: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
    }

    @inline(__always)
    private func home(of pair: UInt64) -> Int {
        Int(truncatingIfNeeded: hash(WordKey(low: pair, high: 0))) & mask
    }

    /// The slot that holds the pair, or the empty one where it belongs.
    @inline(__always)
    private func slot(of pair: UInt64) -> Int {
        var index = home(of: pair)
        while slots[index].pair != pair && slots[index].pair != Self.none { index = (index &+ 1) & mask }
        return index
    }

    @inline(__always)
    func prefetch(_ pair: UInt64) { hornet_prefetch_line(slots.start + home(of: pair)) }

    /// The place of a pair; −1 when it is not there.
    @inline(__always)
    func find(_ pair: UInt64) -> Int32 {
        let slot = slots[slot(of: pair)]
        return slot.pair == pair ? slot.place : -1
    }

    /// The place of a pair, which is added if it is new; `body` gets it with its mark.
    @inline(__always)
    mutating func insert(_ pair: UInt64, _ body: (_ place: Int32, inout TermMark) -> Void = { _, _ in }) -> Int32 {
        var index = slot(of: pair)
        if slots[index].pair == Self.none { index = add(pair, at: index) }
        let slot = slots.start + index
        body(slot.pointee.place, &slot.pointee.mark)
        return slot.pointee.place
    }

    @inline(never)
    private mutating func add(_ pair: UInt64, at index: Int) -> Int {
        var index = index
        if 2 * count >= slots.count {
            grow()
            index = slot(of: pair)
        }
        slots[index] = Slot(pair: pair, place: Int32(count))
        pairs.append(pair)
        return index
    }

    private mutating func grow() {
        let larger = Self.emptySlots(2 * slots.count)
        mask = larger.count - 1
        for old in slots.elements where old.pair != Self.none {
            var index = home(of: old.pair)
            while larger[index].pair != Self.none { index = (index &+ 1) & mask }
            larger[index] = old
        }
        slots = larger
    }
}

/// The last document that a feature was seen in, counted from 1, and its place in that document's row.
struct TermMark: BitwiseCopyable, Sendable {
    var document: UInt32 = 0
    var position: UInt32 = 0
}
