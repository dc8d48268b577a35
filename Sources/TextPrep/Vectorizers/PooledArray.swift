import HornetTensor

/// An array that grows in the pool's memory: once it is large enough, nothing is allocated.
struct PooledArray<Element: BitwiseCopyable>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 256) {
        self.capacity = max(capacity, 1)
        base = Self.take(self.capacity)
    }

    private static func take(_ capacity: Int) -> UnsafeMutablePointer<Element> {
        BufferPool.shared.take(capacity * MemoryLayout<Element>.stride).bindMemory(to: Element.self, capacity: capacity)
    }

    deinit { BufferPool.shared.give(base, capacity * MemoryLayout<Element>.stride) }

    var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
    var start: UnsafeMutablePointer<Element> { base }

    @inline(__always)
    subscript(position: Int) -> Element {
        get { base[position] }
        nonmutating set { base[position] = newValue }
    }

    mutating func removeAll() { count = 0 }
    mutating func removeLast(to count: Int) { self.count = count }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(for: 1) }
        base[count] = element
        count &+= 1
    }

    mutating func append(contentsOf more: UnsafeBufferPointer<Element>) {
        reserve(more.count)
        if let start = more.baseAddress { (base + count).update(from: start, count: more.count) }
        count += more.count
    }

    /// Makes room for so many more.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if count &+ more > capacity { grow(for: more) }
    }

    /// Counts elements that the caller has written behind the others, for which there was room.
    @inline(__always)
    mutating func noteAppended(_ more: Int) { count &+= more }

    @inline(never)
    private mutating func grow(for more: Int) {
        let larger = max(2 * capacity, count + more)
        let copy = Self.take(larger)
        copy.update(from: base, count: count)
        BufferPool.shared.give(base, capacity * MemoryLayout<Element>.stride)
        (base, capacity) = (copy, larger)
    }
}
