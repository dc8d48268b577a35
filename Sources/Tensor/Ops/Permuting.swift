import HornetSupport

extension Tensor {
    /// The axes in another order, copied: axis `i` of the result is axis `axes[i]` of this. Traps unless each is named
    /// once.
    public func permuted(_ axes: [Int]) -> Tensor {
        require(axes.sorted() == Array(shape.indices), "permuted", "\(axes) are not the axes of \(shape)")
        // Elements to step in the source along each axis of the result.
        var strides = [Int](repeating: 1, count: rank)
        for axis in stride(from: rank - 2, through: 0, by: -1) { strides[axis] = strides[axis + 1] * shape[axis + 1] }
        let (sizes, steps) = (axes.map { shape[$0] }, axes.map { strides[$0] })
        return Tensor(sizes) { target in
            read { source in
                var cursor = target
                func copy(axis: Int, from source: UnsafePointer<Float>) {
                    guard axis < sizes.count else {
                        cursor.pointee = source.pointee
                        return cursor += 1
                    }
                    for i in 0..<sizes[axis] { copy(axis: axis + 1, from: source + i * steps[axis]) }
                }
                copy(axis: 0, from: source)
            }
        }
    }
}

extension Value {
    /// ``Tensor/permuted(_:)``, with its gradient.
    public func permuted(_ axes: [Int]) -> Value {
        Value.recorded(tensor.permuted(axes), from: [self]) { dy, dx in
            dx.add(dy.permuted(axes.indices.map { axes.firstIndex(of: $0)! }), to: 0)
        }
    }
}
