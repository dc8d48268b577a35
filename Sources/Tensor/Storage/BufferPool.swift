import HornetSupport
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Recycles the memory of tensors: a training step asks for the same sizes again and again, so from the
/// third step on every request is served from a free list and the allocator is never called.
///
/// Blocks are 64-byte aligned (a cache line, an AVX-512 register) and grouped by size class, four classes
/// an octave, so that a little variation from batch to batch still hits. Blocks beyond `cachedBytesLimit`
/// go back to the system.
package final class BufferPool: Sendable {
    package static let shared = BufferPool(cachedBytesLimit: 512 << 20)

    private struct FreeLists {
        /// Addresses by the number of the size class (a pointer could not cross the lock).
        var blocks = [[UInt]](repeating: [], count: BufferPool.classCount)
        var cachedBytes = 0
        var systemAllocations = 0
    }

    private static let largePage = 2 << 20
    private let state: Mutex<FreeLists>
    private let cachedBytesLimit: Int

    package init(cachedBytesLimit: Int) {
        self.cachedBytesLimit = cachedBytesLimit
        state = Mutex(FreeLists())
    }

    /// How many times the pool had to ask the system for memory.
    package var systemAllocations: Int { state.withLock { $0.systemAllocations } }

    /// The bytes a request for `byteCount` really takes: four classes between powers of two.
    package static func sizeClass(_ byteCount: Int) -> Int {
        let smallest = 256
        if byteCount <= smallest { return smallest }
        let octave = Int.bitWidth - 1 - (byteCount - 1).leadingZeroBitCount
        let quarter = 1 << max(octave - 2, 6)
        return (byteCount + quarter - 1) / quarter * quarter
    }

    /// The number of the class of `size`, a result of ``sizeClass(_:)``: 0 for the smallest.
    private static func classNumber(_ size: Int) -> Int {
        let octave = Int.bitWidth - 1 - (size - 1).leadingZeroBitCount
        return octave < 8 ? 0 : (octave - 8) * 4 + (size >> (octave - 2)) - 4
    }

    private static let classCount = (Int.bitWidth - 8) * 4 + 1

    /// Uninitialised memory of at least `byteCount` bytes; `byteCount` must be passed to `give` again.
    package func take(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let size = BufferPool.sizeClass(byteCount)
        let recycled = state.withLock { lists -> UInt? in
            if let block = lists.blocks[BufferPool.classNumber(size)].popLast() {
                lists.cachedBytes -= size
                return block
            }
            lists.systemAllocations += 1
            return nil
        }
        if let recycled { return UnsafeMutableRawPointer(bitPattern: recycled)! }
        var fresh: UnsafeMutableRawPointer?
        let isLarge = size >= BufferPool.largePage
        guard posix_memalign(&fresh, isLarge ? BufferPool.largePage : 64, size) == 0, let fresh else {
            trap("BufferPool", "out of memory: \(size) bytes were asked for")
        }
        #if os(Linux)
            // The rows of a large table lie far apart: with small pages each costs a walk through the page tables.
            if isLarge { madvise(fresh, size, MADV_HUGEPAGE) }
        #endif
        return fresh
    }

    package func give(_ block: UnsafeMutableRawPointer, _ byteCount: Int) {
        let size = BufferPool.sizeClass(byteCount)
        let address = UInt(bitPattern: block)
        let kept = state.withLock { lists -> Bool in
            guard lists.cachedBytes + size <= cachedBytesLimit else { return false }
            lists.cachedBytes += size
            lists.blocks[BufferPool.classNumber(size)].append(address)
            return true
        }
        if !kept { free(block) }
    }

    /// Returns every cached block to the system.
    package func drain() {
        let addresses = state.withLock { lists -> [UInt] in
            defer {
                lists.blocks = FreeLists().blocks
                lists.cachedBytes = 0
            }
            return Array(lists.blocks.joined())
        }
        for address in addresses { free(UnsafeMutableRawPointer(bitPattern: address)) }
    }
}
