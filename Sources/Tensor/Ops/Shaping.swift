import HornetSupport

extension Tensor {
    /// The same elements under another shape; no copy. Traps when the element counts differ.
    public func reshaped(_ shape: [Int]) -> Tensor { Tensor(array.reshaped(shape)) }

    /// A matrix with its axes swapped, copied. Inside a product use `matmul`'s flags, which copy nothing.
    public func transposed() -> Tensor {
        require(rank == 2, "transposed", "a matrix is needed, this has the shape \(shape)")
        let (rows, columns) = (shape[0], shape[1])
        var result = Tensor(uninitialized: [columns, rows])
        read { x in
            result.write { y in
                // Blocks keep both sides within the cache.
                let block = 16
                for top in stride(from: 0, to: rows, by: block) {
                    for left in stride(from: 0, to: columns, by: block) {
                        for r in top..<Swift.min(top + block, rows) {
                            for c in left..<Swift.min(left + block, columns) { y[c * rows + r] = x[r * columns + c] }
                        }
                    }
                }
            }
        }
        return result
    }

    /// Tensors joined along an axis. Traps when their other axes differ.
    public static func concatenated(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
        guard let first = tensors.first else { trap("concatenated", "there is nothing to join") }
        let axis = first.normalized(axis: axis, in: "concatenated")
        for tensor in tensors {
            var same = tensor.shape
            if axis < same.count { same[axis] = first.shape[axis] }
            require(same == first.shape, "concatenated", "\(first.shape) and \(tensor.shape) along axis \(axis)")
        }
        var shape = first.shape
        shape[axis] = tensors.reduce(0) { $0 + $1.shape[axis] }
        var result = Tensor(uninitialized: shape)
        let outer = shape[..<axis].reduce(1, *)
        let run = shape[axis...].reduce(1, *)
        result.write { target in
            var start = 0
            for tensor in tensors {
                let part = tensor.shape[axis...].reduce(1, *)
                tensor.read { source in
                    for i in 0..<outer { (target + i * run + start).update(from: source + i * part, count: part) }
                }
                start += part
            }
        }
        return result
    }

    /// `range` of one axis, copied. Traps when it is out of bounds.
    public func sliced(_ range: Range<Int>, axis: Int) -> Tensor {
        let axis = normalized(axis: axis, in: "sliced")
        require(
            range.lowerBound >= 0 && range.upperBound <= shape[axis], "sliced",
            "\(range) is not within axis \(axis) of \(shape)")
        var newShape = shape
        newShape[axis] = range.count
        var result = Tensor(uninitialized: newShape)
        let inner = shape[(axis + 1)...].reduce(1, *)
        let outer = shape[..<axis].reduce(1, *)
        let (run, step) = (range.count * inner, shape[axis] * inner)
        read { source in
            result.write { target in
                for i in 0..<outer {
                    (target + i * run).update(from: source + i * step + range.lowerBound * inner, count: run)
                }
            }
        }
        return result
    }

    /// An axis counted from the front; negative ones count from the back.
    package func normalized(axis: Int, in operation: StaticString) -> Int {
        let result = axis < 0 ? axis + rank : axis
        require(result >= 0 && result < rank, operation, "the shape \(shape) has no axis \(axis)")
        return result
    }
}

extension Value {
    /// ``Tensor/reshaped(_:)``, with its gradient.
    public func reshaped(_ shape: [Int]) -> Value {
        let original = self.shape
        return Value.recorded(tensor.reshaped(shape), from: [self]) { dy, dx in
            dx.add(dy.reshaped(original), to: 0)
        }
    }

    /// ``Tensor/transposed()``, with its gradient.
    public func transposed() -> Value {
        Value.recorded(tensor.transposed(), from: [self]) { dy, dx in dx.add(dy.transposed(), to: 0) }
    }

    /// ``Tensor/concatenated(_:axis:)``, with its gradient.
    public static func concatenated(_ values: [Value], axis: Int = 0) -> Value {
        let tensors = values.map(\.tensor)
        return recorded(Tensor.concatenated(tensors, axis: axis), from: values) { dy, dx in
            let axis = dy.normalized(axis: axis, in: "concatenated")
            var start = 0
            for (i, tensor) in tensors.enumerated() {
                let end = start + tensor.shape[axis]
                dx.add(dy.sliced(start..<end, axis: axis), to: i)
                start = end
            }
        }
    }

    /// ``Tensor/sliced(_:axis:)``, with its gradient.
    public func sliced(_ range: Range<Int>, axis: Int) -> Value {
        let x = tensor
        return Value.recorded(x.sliced(range, axis: axis), from: [self]) { dy, dx in
            let axis = dy.normalized(axis: axis, in: "sliced")
            var (before, after) = (x.shape, x.shape)
            before[axis] = range.lowerBound
            after[axis] = x.shape[axis] - range.upperBound
            dx.add(Tensor.concatenated([.zeros(before), dy, .zeros(after)], axis: axis), to: 0)
        }
    }
}
