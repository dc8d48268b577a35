import HornetSupport

extension NDArray {
    package static func concatenated(_ parts: [NDArray], axis: Int) -> NDArray {
        guard let first = parts.first else { trap("concatenated", "there is nothing to join") }
        var shape = first.shape
        shape[axis] = 0
        for part in parts {
            var same = part.shape
            if axis < same.count { same[axis] = first.shape[axis] }
            require(same == first.shape, "concatenated", "\(first.shape) and \(part.shape) along axis \(axis)")
            shape[axis] += part.shape[axis]
        }
        var result = NDArray(uninitialized: shape)
        var view = StridedView(of: shape)
        for part in parts {
            view.sizes[axis] = part.shape[axis]
            result.write(part, at: view)
            view.start += part.shape[axis] * view.strides[axis]
        }
        return result
    }

    /// The views of the parts that `positions` cut an axis into.
    fileprivate func views(at positions: [Int], axis: Int) -> [StridedView] {
        let size = shape[axis]
        require(
            zip([0] + positions, positions + [size]).allSatisfy { $0 <= $1 }, "split",
            "\(positions) do not rise within 0 ... \(size), the size of axis \(axis) of \(shape)")
        return zip([0] + positions, positions + [size]).map { start, end in
            var view = StridedView(of: shape)
            view.sizes[axis] = end - start
            view.start = start * view.strides[axis]
            return view
        }
    }
}

extension Tensor {
    public static func concatenated(_ parts: [Tensor], axis: Int = 0) -> Tensor {
        Tensor(.concatenated(parts.map(\.array), axis: parts.first?.normalized(axis: axis, in: "concatenated") ?? 0))
    }

    public func split(at positions: [Int], axis: Int = 0) -> [Tensor] {
        array.views(at: positions, axis: normalized(axis: axis, in: "split")).map { viewed($0) }
    }
}

extension Indices {
    public static func concatenated(_ parts: [Indices], axis: Int = 0) -> Indices {
        Indices(.concatenated(parts.map(\.array), axis: parts.first?.normalized(axis: axis, in: "concatenated") ?? 0))
    }

    public func split(at positions: [Int], axis: Int = 0) -> [Indices] {
        array.views(at: positions, axis: normalized(axis: axis, in: "split")).map { viewed($0) }
    }
}

extension Value {
    public static func concatenated(_ parts: [Value], axis: Int = 0) -> Value {
        let tensors = parts.map(\.tensor)
        return recorded(Tensor.concatenated(tensors, axis: axis), from: parts) { dy, dx in
            let axis = dy.normalized(axis: axis, in: "concatenated")
            var start = 0
            for (i, tensor) in tensors.enumerated() {
                let end = start + tensor.shape[axis]
                dx.add(dy.sliced(start..<end, axis: axis), to: i)
                start = end
            }
        }
    }

    public func split(at positions: [Int], axis: Int = 0) -> [Value] {
        let parts = tensor.split(at: positions, axis: axis)
        let shapes = parts.map(\.shape)
        return Value.recorded(parts, from: [self]) { dy, dx in
            dx.add(.concatenated(zip(dy, shapes).map { $0 ?? .zeros($1) }, axis: axis), to: 0)
        }
    }
}

extension Shaped {
    /// Arrays of one shape joined along a new axis, which becomes axis `axis` of the result; 0 if nothing is said. Traps
    /// when their shapes differ. NumPy's `stack`.
    public static func stacked(_ parts: [Self], axis: Int = 0) -> Self {
        for part in parts.dropFirst() {
            require(part.shape == parts[0].shape, "stacked", "the shapes \(parts[0].shape) and \(part.shape) differ")
        }
        return concatenated(parts.map { $0.expandedDims(axis: axis) }, axis: axis)
    }

    /// Equal parts along an axis. Traps unless its size is a multiple of `parts`. NumPy's `split`.
    public func split(into parts: Int, axis: Int = 0) -> [Self] {
        let size = shape[normalized(axis: axis, in: "split")]
        require(parts > 0 && size % parts == 0, "split", "axis \(axis) of \(shape) has no \(parts) equal parts")
        return split(at: (1..<parts).map { $0 * (size / parts) }, axis: axis)
    }
}
