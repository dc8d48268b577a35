import HornetSupport

/// Arrays repeated, turned round and shifted.
extension Shaped {
    /// The whole array, side by side: `repetitions[a]` times along axis `a`. Where one list is shorter than the other, it
    /// gets 1s in front. NumPy's `tile`.
    public func tiled(_ repetitions: [Int]) -> Self {
        require(repetitions.allSatisfy { $0 >= 0 }, "tiled", "\(repetitions) has a negative count")
        let rank = Swift.max(shape.count, repetitions.count)
        let sizes = [Int](repeating: 1, count: rank - shape.count) + shape
        let counts = [Int](repeating: 1, count: rank - repetitions.count) + repetitions
        let strides = StridedView.rowMajor(sizes)
        let view = StridedView(
            sizes: zip(counts, sizes).flatMap { [$0, $1] }, strides: strides.flatMap { [0, $0] })
        return viewed(view).reshaped(zip(counts, sizes).map { $0 * $1 })
    }

    /// Each entry of an axis `count` times in a row. NumPy's `repeat`.
    public func repeated(_ count: Int, axis: Int) -> Self {
        let axis = normalized(axis: axis, in: "repeated")
        require(count >= 0, "repeated", "the count \(count) is negative")
        var view = StridedView(of: shape)
        view.sizes.insert(count, at: axis + 1)
        view.strides.insert(0, at: axis + 1)
        var result = shape
        result[axis] *= count
        return viewed(view).reshaped(result)
    }

    /// Entry `i` of an axis `counts[i]` times in a row.
    public func repeated(_ counts: [Int], axis: Int) -> Self {
        let axis = normalized(axis: axis, in: "repeated")
        require(
            counts.count == shape[axis] && counts.allSatisfy { $0 >= 0 }, "repeated",
            "\(counts) are no counts for the \(shape[axis]) entries of axis \(axis)")
        let ids = counts.enumerated().flatMap { [Int32](repeating: Int32($0), count: $1) }
        return gathered(Indices(ids), axis: axis)
    }

    /// The entries of the axes in reverse order; of all axes if none are named. NumPy's `flip`.
    public func flipped(axes: [Int]? = nil) -> Self {
        var view = StridedView(of: shape)
        for axis in Set((axes ?? Array(shape.indices)).map { normalized(axis: $0, in: "flipped") }) where shape[axis] > 0 {
            view.start += (shape[axis] - 1) * view.strides[axis]
            view.strides[axis].negate()
        }
        return viewed(view)
    }

    /// The entries of an axis moved on by `shift` places; what leaves at the end comes back at the front. NumPy's `roll`.
    public func rolled(_ shift: Int, axis: Int) -> Self {
        let size = shape[normalized(axis: axis, in: "rolled")]
        guard size > 0 else { return self }
        let cut = ((-shift) % size + size) % size
        if cut == 0 { return self }
        return .concatenated([sliced(cut..<size, axis: axis), sliced(0..<cut, axis: axis)], axis: axis)
    }

    /// The elements of the flattened array moved on, in the shape as it is.
    public func rolled(_ shift: Int) -> Self { flattened().rolled(shift, axis: 0).reshaped(shape) }
}
