import HornetSupport

/// Choosing by truth values: a mask is a tensor whose elements are true where they are not 0, as NaN is.
extension Tensor {
    /// Where the elements that are not 0 stand, in row-major order: one list of indices for each axis, so that
    /// `nonzero()[0]` are the rows. NumPy's `nonzero`.
    public func nonzero() -> [Indices] {
        let places = nonzeroPlaces().ids
        return zip(shape, StridedView.rowMajor(shape)).map { size, stride in
            Indices(places.map { Int32(Int($0) / stride % size) })
        }
    }

    /// The same as numbers of elements in row-major order. NumPy's `flatnonzero`.
    public func nonzeroPlaces() -> Indices {
        require(count <= Int(Int32.max), "nonzero", "\(shape) has more elements than an index can tell")
        var places = Indices(uninitialized: [count])
        var found = 0
        places.withUnsafeMutableBufferPointer { places in
            withUnsafeBufferPointer { elements in
                for (place, element) in elements.enumerated() {
                    // Written in any case: the branch would be mispredicted.
                    places[found] = Int32(truncatingIfNeeded: place)
                    found += element != 0 ? 1 : 0
                }
            }
        }
        return places[0..<found]
    }

    /// The elements where `mask` is true, in row-major order, `[found]`; a mask over the first axes only chooses what
    /// stands behind them, `[found] + other axes`. On the left of `=`, what is written broadcasts to that:
    /// `x[where: mask] = 0`. NumPy's `x[mask]`.
    public subscript(where mask: Tensor) -> Tensor {
        get { masked(mask).gathered(mask.nonzeroPlaces(), axis: 0) }
        set { self = masked(mask).setting(newValue, at: mask.nonzeroPlaces(), axis: 0).reshaped(shape) }
    }
}

extension Value {
    /// ``Tensor/subscript(where:)`` for reading, with its gradient.
    public subscript(where mask: Tensor) -> Value { masked(mask).gathered(mask.nonzeroPlaces(), axis: 0) }
}

extension Indices {
    /// ``Tensor/subscript(where:)`` of integers, for reading.
    public subscript(where mask: Tensor) -> Indices { masked(mask).gathered(mask.nonzeroPlaces(), axis: 0) }

    /// A tensor with a new last axis of `classes` that is 1 at the index and 0 elsewhere: `[…] → […, classes]`. Traps on
    /// indices outside `0 ..< classes`.
    public func oneHot(_ classes: Int) -> Tensor {
        var result = Tensor.zeros(shape + [classes])
        result.write { y in
            withUnsafeBufferPointer { ids in
                for (row, id) in ids.enumerated() {
                    require(id >= 0 && id < classes, "oneHot", "index \(id) is outside 0..<\(classes)")
                    y[row * classes + Int(id)] = 1
                }
            }
        }
        return result
    }
}

extension Shaped {
    /// The axes of a mask folded into one.
    fileprivate func masked(_ mask: Tensor) -> Self {
        require(
            shape.starts(with: mask.shape), "subscript", "a mask of the shape \(mask.shape) does not fit \(shape)")
        return reshaped([mask.count] + shape.dropFirst(mask.rank))
    }
}
