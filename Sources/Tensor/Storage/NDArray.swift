import CHornetKernels
import HornetSupport

/// What `Tensor` and `Indices` share: a shape over contiguous row-major elements, copy-on-write, with
/// free slices along axis 0.
package struct NDArray<Element: BitwiseCopyable & Sendable>: Sendable {
    package private(set) var shape: [Int]
    package private(set) var count: Int
    private var buffer: Buffer
    /// First element, in elements: a slice along axis 0 shares its parent's buffer.
    private var offset: Int

    /// Elements are whatever the memory held before: write them all.
    package init(uninitialized shape: [Int]) {
        count = NDArray.elementCount(shape)
        self.shape = shape
        buffer = Buffer(byteCount: count * MemoryLayout<Element>.stride)
        offset = 0
    }

    package init(_ elements: some Collection<Element>, shape: [Int]) {
        self.init(uninitialized: shape)
        require(elements.count == count, "init", "\(elements.count) elements do not fill the shape \(shape)")
        withUnsafeMutableBufferPointer { _ = $0.initialize(fromContentsOf: elements) }
    }

    package init(repeating element: Element, shape: [Int]) {
        self.init(uninitialized: shape)
        withUnsafeMutableBufferPointer { $0.initialize(repeating: element) }
    }

    /// Elements that live in foreign memory, read without a copy while `owner` keeps it alive. They are copied
    /// after all when there are none or when their start is not aligned for them.
    package init(borrowing bytes: UnsafeRawBufferPointer, from owner: AnyObject, shape: [Int]) {
        count = NDArray.elementCount(shape)
        require(
            bytes.count == count * MemoryLayout<Element>.stride, "init",
            "\(bytes.count) bytes do not hold the shape \(shape)")
        self.shape = shape
        offset = 0
        if count > 0, Int(bitPattern: bytes.baseAddress) % MemoryLayout<Element>.alignment == 0 {
            buffer = Buffer(borrowing: bytes, from: owner)
        } else {
            buffer = Buffer(byteCount: bytes.count)
            if let start = bytes.baseAddress { buffer.base.copyMemory(from: start, byteCount: bytes.count) }
        }
    }

    private static func elementCount(_ shape: [Int]) -> Int {
        var count = 1
        for size in shape {
            require(size >= 0, "init", "the shape \(shape) has a negative size")
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            require(!overflow, "init", "the shape \(shape) has more elements than memory can hold")
            count = product
        }
        return count
    }

    package func withUnsafeBufferPointer<R, E: Error>(
        _ body: (UnsafeBufferPointer<Element>) throws(E) -> R
    ) throws(E) -> R {
        let start = buffer.base.assumingMemoryBound(to: Element.self) + offset
        defer { withExtendedLifetime(buffer) {} }
        return try body(UnsafeBufferPointer(start: start, count: count))
    }

    /// The first element, to be read while somebody holds the array.
    package var start: UnsafePointer<Element> { UnsafePointer(buffer.base.assumingMemoryBound(to: Element.self) + offset) }

    /// The one door to writing: copies first when the buffer is shared, a slice of a larger one, or foreign.
    package mutating func withUnsafeMutableBufferPointer<R, E: Error>(
        _ body: (UnsafeMutableBufferPointer<Element>) throws(E) -> R
    ) throws(E) -> R {
        if !isKnownUniquelyReferenced(&buffer) || !buffer.isWritable { copyElements() }
        let start = buffer.base.assumingMemoryBound(to: Element.self) + offset
        defer { withExtendedLifetime(buffer) {} }
        return try body(UnsafeMutableBufferPointer(start: start, count: count))
    }

    private mutating func copyElements() {
        let fresh = Buffer(byteCount: count * MemoryLayout<Element>.stride)
        let source = buffer.base.assumingMemoryBound(to: Element.self) + offset
        fresh.base.assumingMemoryBound(to: Element.self).initialize(from: source, count: count)
        buffer = fresh
        offset = 0
    }

    /// The same elements under another shape; no copy. One size may be -1: what the others leave.
    package func reshaped(_ sizes: [Int]) -> NDArray {
        var newShape = sizes
        if let open = sizes.firstIndex(of: -1) {
            newShape[open] = 1
            let others = NDArray.elementCount(newShape)
            require(
                others > 0 && count % others == 0, "reshaped", "the \(count) elements of \(shape) do not fill \(sizes)")
            newShape[open] = count / others
        }
        let newCount = NDArray.elementCount(newShape)
        require(newCount == count, "reshaped", "\(shape) has \(count) elements, \(newShape) has \(newCount)")
        var result = self
        result.shape = newShape
        return result
    }

    /// Elements `rows` of axis 0, sharing memory; the axis stays.
    package func slice(_ rows: Range<Int>) -> NDArray {
        require(!shape.isEmpty, "slice", "a scalar has no axis 0")
        require(
            rows.lowerBound >= 0 && rows.upperBound <= shape[0], "slice",
            "rows \(rows) are not within 0..<\(shape[0])")
        let rowSize = shape.dropFirst().reduce(1, *)
        var result = self
        result.shape[0] = rows.count
        result.count = rows.count * rowSize
        result.offset = offset + rows.lowerBound * rowSize
        return result
    }

    /// As many elements as `newShape` has, sharing memory, from number `start` on.
    func part(from start: Int, shape newShape: [Int]) -> NDArray {
        var result = self
        result.shape = newShape
        result.count = newShape.reduce(1, *)
        result.offset = offset + start
        return result
    }

    /// The rows at `indices` along axis 0, in that order.
    package func gathered(_ indices: some Collection<Int>) -> NDArray {
        indices.withContiguousStorageIfAvailable { gathered($0) } ?? Array(indices).withUnsafeBufferPointer { gathered($0) }
    }

    private func gathered(_ indices: UnsafeBufferPointer<Int>) -> NDArray {
        require(!shape.isEmpty, "gathered", "a scalar has no axis 0")
        let rowSize = shape.dropFirst().reduce(1, *)
        let bytes = rowSize * MemoryLayout<Element>.stride
        var result = NDArray(uninitialized: [indices.count] + shape.dropFirst())
        let source = start
        result.withUnsafeMutableBufferPointer { target in
            for (position, index) in indices.enumerated() {
                require(index >= 0 && index < shape[0], "gathered", "row \(index) is not within 0..<\(shape[0])")
                // Rows in random order come from memory: several at the same time if they are asked for ahead.
                let later = indices[Swift.min(position + 8, indices.count - 1)]
                if later >= 0 && later < shape[0] { hornet_prefetch_bytes(source + later * rowSize, bytes) }
                (target.baseAddress! + position * rowSize).update(from: source + index * rowSize, count: rowSize)
            }
        }
        return result
    }

    package subscript(flat position: Int) -> Element {
        get { withUnsafeBufferPointer { $0[position] } }
        set { withUnsafeMutableBufferPointer { $0[position] = newValue } }
    }

    /// The offset of the element at `position` (one index an axis; negative ones count from the end).
    package func flatIndex(_ position: [Int]) -> Int {
        require(
            position.count == shape.count, "subscript",
            "\(position.count) indices for the \(shape.count) axes of \(shape)")
        var flat = 0
        for (axis, index) in position.enumerated() {
            let place = index < 0 ? index + shape[axis] : index
            require(
                place >= 0 && place < shape[axis], "subscript", "index \(position) is outside the shape \(shape)")
            flat = flat * shape[axis] + place
        }
        return flat
    }

    package var elements: [Element] { withUnsafeBufferPointer(Array.init) }
}
