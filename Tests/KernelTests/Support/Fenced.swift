/// An array at a chosen distance from a 64-byte boundary, between two fences that nobody may step over:
/// whoever reads them gets NaN, whoever writes them is found out by `fencesStand`.
final class Fenced<Element: BitwiseCopyable> {
    let pointer: UnsafeMutablePointer<Element>
    let count: Int
    private let base: UnsafeMutableRawPointer
    private let words: Int

    private static var fence: UInt32 { 0x7fc0_dead }  // a NaN that no kernel produces
    private static var fenceWords: Int { 64 }

    /// `offset` counts elements, which are 4 bytes long.
    init(_ elements: [Element], offset: Int = 0) {
        precondition(MemoryLayout<Element>.size == 4)
        count = elements.count
        words = Self.fenceWords + offset + count + Self.fenceWords
        base = .allocate(byteCount: words * 4, alignment: 64)
        base.initializeMemory(as: UInt32.self, repeating: Self.fence, count: words)
        let start = base + (Self.fenceWords + offset) * 4
        pointer = start.initializeMemory(as: Element.self, from: elements, count: count)
    }

    deinit { base.deallocate() }

    var elements: [Element] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

    var fencesStand: Bool {
        let start = (UnsafeMutableRawPointer(pointer) - base) / 4
        return (0..<words).allSatisfy { word in
            (start..<start + count).contains(word)
                || base.load(fromByteOffset: word * 4, as: UInt32.self) == Self.fence
        }
    }
}
