/// Elements of an array at equal steps along each axis: what permuting, slicing, flipping and repeating choose.
///
/// Element `(i, j, …)` of the view is the array's element number `start + i·strides[0] + j·strides[1] + …`. A stride may be
/// negative, and 0 where an element repeats.
public struct StridedView: Sendable {
    package var sizes: [Int]
    package var strides: [Int]
    package var start = 0

    package init(sizes: [Int], strides: [Int], start: Int = 0) {
        self.sizes = sizes
        self.strides = strides
        self.start = start
    }

    /// All elements of a contiguous array.
    package init(of shape: [Int]) { self.init(sizes: shape, strides: StridedView.rowMajor(shape)) }

    /// The elements of a contiguous array repeated along its axes of size 1, and along those of `sizes` that it has not.
    package init(of shape: [Int], spreadTo sizes: [Int]) {
        let missing = [Int](repeating: 0, count: sizes.count - shape.count)
        self.init(sizes: sizes, strides: missing + zip(shape, StridedView.rowMajor(shape)).map { $0 == 1 ? 0 : $1 })
    }

    /// The steps along each axis of a contiguous array.
    static func rowMajor(_ shape: [Int]) -> [Int] {
        var strides = [Int](repeating: 1, count: shape.count)
        for axis in stride(from: shape.count - 2, through: 0, by: -1) {
            strides[axis] = strides[axis + 1] * shape[axis + 1]
        }
        return strides
    }

    /// Whether the elements lie one after the other.
    var isContiguous: Bool {
        var step = 1
        for axis in sizes.indices.reversed() where sizes[axis] != 1 {
            if strides[axis] != step { return false }
            step *= sizes[axis]
        }
        return true
    }

    /// The axes along which an element repeats.
    var repeatedAxes: [Int] { sizes.indices.filter { strides[$0] == 0 && sizes[$0] != 1 } }
}

extension NDArray {
    /// The elements of `view`: shared where they lie together, else copied.
    package func viewed(_ view: StridedView) -> NDArray {
        if view.isContiguous { return part(from: view.start, shape: view.sizes) }
        var result = NDArray(uninitialized: view.sizes)
        result.write(self, at: StridedView(of: view.sizes), from: view)
        return result
    }

    /// Writes `values` to the elements of `view`, of which none repeats. They broadcast to its sizes.
    package mutating func write(_ values: NDArray, at view: StridedView) {
        write(values, at: view, from: StridedView(of: values.shape, spreadTo: view.sizes))
    }

    private mutating func write(_ values: NDArray, at target: StridedView, from source: StridedView) {
        assert(MemoryLayout<Element>.size == MemoryLayout<Float>.size)
        values.withUnsafeBufferPointer { values in
            withUnsafeMutableBufferPointer { elements in
                // Moving changes no bit, whatever the four bytes stand for.
                let from = UnsafeRawPointer(values.baseAddress!).assumingMemoryBound(to: Float.self)
                let to = UnsafeMutableRawPointer(elements.baseAddress!).assumingMemoryBound(to: Float.self)
                StridedCopy.run(
                    sizes: target.sizes, from + source.start, from: source.strides, to + target.start, to: target.strides)
            }
        }
    }
}

extension Tensor {
    public func viewed(_ view: StridedView) -> Tensor { Tensor(array.viewed(view)) }
}

extension Indices {
    public func viewed(_ view: StridedView) -> Indices { Indices(array.viewed(view)) }
}

extension Value {
    /// The gradient goes back to where each element was taken from, and adds up where one was taken repeatedly.
    public func viewed(_ view: StridedView) -> Value {
        let shape = shape
        return Value.recorded(tensor.viewed(view), from: [self]) { dy, dx in
            dx.add(dy.scattered(to: shape, at: view), to: 0)
        }
    }
}

extension Tensor {
    /// Zeros of `shape` but for the elements of `view`, which hold the sums of what belongs to them here.
    func scattered(to shape: [Int], at view: StridedView) -> Tensor {
        let repeated = view.repeatedAxes
        var (target, values) = (view, self)
        if !repeated.isEmpty {
            values = sum(axes: repeated, keepingAxes: true)
            target.sizes = values.shape
        }
        // Without repetition, as many elements as there are are all of them.
        if values.count == shape.reduce(1, *) {
            var result = Tensor(uninitialized: shape)
            result.array.write(values.array, at: target)
            return result
        }
        var result = Tensor.zeros(shape)
        result.array.write(values.array, at: target)
        return result
    }
}
