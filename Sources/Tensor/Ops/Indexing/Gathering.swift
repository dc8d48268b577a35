import CHornetKernels
import HornetSupport

extension Indices {
    /// The same ids with negative ones counted from the end of `size` entries. Traps on ids outside.
    func places(within size: Int, _ operation: StaticString) -> Indices {
        if read({ hornet_ids_are_below($0, count, Int32(clamping: size)) }) != 0 { return self }
        var result = self
        result.withUnsafeMutableBufferPointer { ids in
            for place in ids.indices {
                let id = Int(ids[place])
                let counted = id < 0 ? id + size : id
                require(counted >= 0 && counted < size, operation, "index \(id) is outside 0..<\(size)")
                ids[place] = Int32(counted)
            }
        }
        return result
    }
}

extension NDArray {
    /// Entries of one axis by their places: the axis becomes those of `places`.
    fileprivate func gathered(_ indices: Indices, axis: Int) -> NDArray {
        let blocks = AxisSpan(shape: shape, axes: axis..<axis + 1)
        let (count, inner) = (indices.count, blocks.inner)
        var result = NDArray(uninitialized: shape[..<axis] + indices.shape + shape[(axis + 1)...])
        let places = indices.places(within: blocks.length, "gathered")
        let total = result.count
        guard total > 0 else { return result }
        result.withUnsafeMutableBufferPointer { target in
            let target = target.baseAddress!
            reading(self, places) { source, places in
                let isLarge = total >= 1 << 15
                if inner == 1 && blocks.outer > 1 {
                    // One list of places for all rows.
                    return Parallel.forEachRange(of: blocks.outer, by: 1 + (1 << 14) / count, if: isLarge) {
                        for row in $0 {
                            let (from, to) = (source + row * blocks.length, target + row * count)
                            for i in 0..<count { to[i] = from[Int(places[i])] }
                        }
                    }
                }
                Parallel.forEachRange(of: blocks.outer * count, by: 1 + (1 << 14) / inner, if: isLarge) { range in
                    if inner == 1 {
                        for i in range { target[i] = source[Int(places[i])] }
                        return
                    }
                    var (block, place) = range.lowerBound.quotientAndRemainder(dividingBy: count)
                    for i in range {
                        let from = source + (block * blocks.length + Int(places[place])) * inner
                        if inner >= 16 {
                            (target + i * inner).update(from: from, count: inner)
                        } else {
                            for k in 0..<inner { target[i * inner + k] = from[k] }
                        }
                        place += 1
                        if place == count { (block, place) = (block + 1, 0) }
                    }
                }
            }
        }
        return result
    }

    /// `y[o, j, i] = self[o, places[o, j, i], i]`.
    fileprivate func takenAlong(_ indices: Indices, axis: Int) -> NDArray {
        let blocks = AxisSpan(shape: shape, axes: axis..<axis + 1)
        let places = indices.places(within: blocks.length, "takenAlong")
        var result = NDArray(uninitialized: places.shape)
        let count = places.shape[axis]
        result.withUnsafeMutableBufferPointer { target in
            let target = target.baseAddress!
            reading(self, places) { source, places in
                let worthwhile = blocks.outer * count * blocks.inner >= 1 << 15
                Parallel.forEachRange(of: blocks.outer * count, by: 1 + (1 << 14) / Swift.max(1, blocks.inner), if: worthwhile) {
                    for row in $0 {
                        let from = source + row / count * blocks.length * blocks.inner
                        for i in row * blocks.inner..<(row + 1) * blocks.inner {
                            target[i] = from[Int(places[i]) * blocks.inner + (i - row * blocks.inner)]
                        }
                    }
                }
            }
        }
        return result
    }
}

extension Shaped {
    /// An array and its indices with the axes other than `axis` broadcast to each other.
    fileprivate func aligned(with indices: Indices, axis: Int, _ operation: StaticString) -> (Self, Indices) {
        require(
            indices.rank == shape.count, operation, "indices of the shape \(indices.shape) have other axes than \(shape)")
        var (own, others) = (shape, indices.shape)
        (own[axis], others[axis]) = (1, 1)
        if own == others { return (self, indices) }
        guard var common = Tensor.broadcastShape(own, others) else {
            trap(operation, "indices of the shape \(indices.shape) do not fit \(shape)")
        }
        common[axis] = shape[axis]
        let array = spread(to: common)
        common[axis] = indices.shape[axis]
        return (array, indices.spread(to: common))
    }

    /// Repeated along axes of size 1, and along new ones before the first, to sizes that are known to fit.
    func spread(to sizes: [Int]) -> Self {
        sizes == shape ? self : viewed(StridedView(of: shape, spreadTo: sizes))
    }
}

extension Tensor {
    /// Entries of one axis by their indices, in that order and as often as they are named: the axis becomes those of
    /// `indices`, `[a, n, b]` with `[i, j]` along axis 1 gives `[a, i, j, b]`. Negative indices count from the end. Traps on
    /// indices outside. NumPy's `take`.
    public func gathered(_ indices: Indices, axis: Int) -> Tensor {
        Tensor(array.gathered(indices, axis: normalized(axis: axis, in: "gathered")))
    }

    /// One element for each index, from the index' own place in the other axes: `y[i, j] = self[i, indices[i, j]]` along
    /// axis 1. The other axes broadcast. What `argsorted` and `argmax` give is an index of this kind. NumPy's
    /// `take_along_axis`.
    public func takenAlong(_ indices: Indices, axis: Int) -> Tensor {
        let axis = normalized(axis: axis, in: "takenAlong")
        let (x, indices) = aligned(with: indices, axis: axis, "takenAlong")
        return Tensor(x.array.takenAlong(indices, axis: axis))
    }
}

extension Indices {
    /// ``Tensor/gathered(_:axis:)`` of integers.
    public func gathered(_ indices: Indices, axis: Int) -> Indices {
        Indices(array.gathered(indices, axis: normalized(axis: axis, in: "gathered")))
    }

    /// ``Tensor/takenAlong(_:axis:)`` of integers.
    public func takenAlong(_ indices: Indices, axis: Int) -> Indices {
        let axis = normalized(axis: axis, in: "takenAlong")
        let (x, indices) = aligned(with: indices, axis: axis, "takenAlong")
        return Indices(x.array.takenAlong(indices, axis: axis))
    }
}

extension Value {
    /// ``Tensor/gathered(_:axis:)``; the gradients of an entry that was taken repeatedly add up.
    public func gathered(_ indices: Indices, axis: Int) -> Value {
        let shape = shape
        return Value.recorded(tensor.gathered(indices, axis: axis), from: [self]) { dy, dx in
            dx.add(Tensor.zeros(shape).adding(dy, at: indices, axis: axis), to: 0)
        }
    }

    /// ``Tensor/takenAlong(_:axis:)``; the gradients of an element that was taken repeatedly add up.
    public func takenAlong(_ indices: Indices, axis: Int) -> Value {
        let shape = shape
        return Value.recorded(tensor.takenAlong(indices, axis: axis), from: [self]) { dy, dx in
            let place = dy.normalized(axis: axis, in: "takenAlong")
            var spread = dy.shape
            spread[place] = shape[place]
            dx.add(Tensor.zeros(spread).addingAlong(dy, at: indices, axis: axis).summed(to: shape), to: 0)
        }
    }
}
