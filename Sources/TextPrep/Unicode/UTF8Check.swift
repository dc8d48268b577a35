import CHornetKernels
import HornetTensor
import Synchronization

/// Whether all bytes are well-formed UTF-8. Large texts are looked at by all processors.
func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
    let size = 1 << 18
    guard bytes.count > size else { return hornet_is_utf8(base, bytes.count) == 1 }

    /// Where a part begins: not within a character, if the text has the right form.
    func start(_ position: Int) -> Int {
        var start = position
        while start < bytes.count, start > max(0, position - 3), base[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }
    let isWrong = Atomic(false)
    Parallel.forEachRange(of: bytes.count, by: max(size, bytes.count >> 12)) { range in
        let (start, end) = (start(range.lowerBound), start(range.upperBound))
        if hornet_is_utf8(base + start, end - start) == 0 { isWrong.store(true, ordering: .relaxed) }
    }
    return !isWrong.load(ordering: .relaxed)
}
