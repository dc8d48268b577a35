/// The memory behind a `Tensor` or `Indices`: 64-byte aligned, shared by copies, recycled when the last
/// one goes.
///
/// The only `@unchecked Sendable` of the module: its owners are copy-on-write values that write through
/// the pointer only after `isKnownUniquelyReferenced`, so no two threads see a write.
package final class Buffer: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
    let byteCount: Int
    /// Keeps foreign memory (a mapped file) alive; `nil` when the memory is the pool's.
    private let owner: AnyObject?

    init(byteCount: Int) {
        self.byteCount = byteCount
        base = BufferPool.shared.take(byteCount)
        owner = nil
    }

    /// Wraps memory that `owner` keeps alive. Such a buffer is read-only: writers copy first.
    package init(borrowing bytes: UnsafeRawBufferPointer, from owner: AnyObject) {
        base = UnsafeMutableRawPointer(mutating: bytes.baseAddress!)
        byteCount = bytes.count
        self.owner = owner
    }

    var isWritable: Bool { owner == nil }

    deinit {
        if owner == nil { BufferPool.shared.give(base, byteCount) }
    }
}
