import HornetSupport

/// A part of an array, and writing to it: `x[1, 0..<3]`, `x[..., 2] = 0`. See ``TensorIndex``.
///
/// What is read shares the array's memory where it lies together, and is copied else. What is written broadcasts to the
/// part. One number an axis gives the element itself, unless a tensor is asked for.
extension Tensor {
    /// The same with the indices in a list.
    public subscript(at indices: [any TensorIndex]) -> Tensor {
        get { viewed(StridedView(of: shape, indices)) }
        set { array.write(newValue.array, atPart: StridedView(of: shape, indices)) }
    }

    // Disfavoured, so that `x[1, 2] += 1` means the element.
    @_disfavoredOverload
    public subscript(indices: any TensorIndex...) -> Tensor {
        get { self[at: indices] }
        set { self[at: indices] = newValue }
    }

    public subscript(_: (UnboundedRange_) -> Void, indices: any TensorIndex...) -> Tensor {
        get { self[at: [.ellipsis] + indices] }
        set { self[at: [.ellipsis] + indices] = newValue }
    }

    public subscript(first: any TensorIndex, _: (UnboundedRange_) -> Void, indices: any TensorIndex...) -> Tensor {
        get { self[at: [first, .ellipsis] + indices] }
        set { self[at: [first, .ellipsis] + indices] = newValue }
    }
}

extension Indices {
    /// The same with the indices in a list.
    public subscript(at indices: [any TensorIndex]) -> Indices {
        get { viewed(StridedView(of: shape, indices)) }
        set { array.write(newValue.array, atPart: StridedView(of: shape, indices)) }
    }

    @_disfavoredOverload
    public subscript(indices: any TensorIndex...) -> Indices {
        get { self[at: indices] }
        set { self[at: indices] = newValue }
    }

    public subscript(_: (UnboundedRange_) -> Void, indices: any TensorIndex...) -> Indices {
        get { self[at: [.ellipsis] + indices] }
        set { self[at: [.ellipsis] + indices] = newValue }
    }

    public subscript(first: any TensorIndex, _: (UnboundedRange_) -> Void, indices: any TensorIndex...) -> Indices {
        get { self[at: [first, .ellipsis] + indices] }
        set { self[at: [first, .ellipsis] + indices] = newValue }
    }
}

/// The same with the gradient; only for reading: what ``setting(_:at:axis:)`` gives is a value that was written to.
extension Value {
    /// The same with the indices in a list.
    public subscript(at indices: [any TensorIndex]) -> Value { viewed(StridedView(of: shape, indices)) }

    public subscript(indices: any TensorIndex...) -> Value { self[at: indices] }

    public subscript(_: (UnboundedRange_) -> Void, indices: any TensorIndex...) -> Value {
        self[at: [.ellipsis] + indices]
    }

    public subscript(first: any TensorIndex, _: (UnboundedRange_) -> Void, indices: any TensorIndex...) -> Value {
        self[at: [first, .ellipsis] + indices]
    }
}

extension NDArray {
    /// Writes values of a user's choice. Traps when they do not broadcast to the part.
    fileprivate mutating func write(_ values: NDArray, atPart view: StridedView) {
        require(
            Tensor.broadcastShape(view.sizes, values.shape) == view.sizes, "subscript",
            "values of the shape \(values.shape) do not fill a part of the shape \(view.sizes)")
        write(values, at: view)
    }
}
