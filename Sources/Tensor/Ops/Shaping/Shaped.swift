import HornetSupport

/// An array whose elements can be moved to other shapes: ``Tensor``, ``Indices``, and ``Value``, which takes its gradient
/// along.
///
/// What an operation does is that of NumPy's function of the name given. A negative axis counts from the last one. Shapes
/// and axes that do not fit stop the program with a message.
public protocol Shaped {
    /// The size of each axis; `[]` for a scalar.
    var shape: [Int] { get }
    /// The same elements under another shape; no copy. One size may be -1: it is what the others leave. Traps when the
    /// element counts differ.
    func reshaped(_ shape: [Int]) -> Self
    /// The elements of a view, shared where they lie together, else copied.
    func viewed(_ view: StridedView) -> Self
    /// Arrays joined along an axis. Traps when their other axes differ.
    static func concatenated(_ parts: [Self], axis: Int) -> Self
    /// The array cut before each of `positions` along an axis: one part more than positions, which may be empty.
    func split(at positions: [Int], axis: Int) -> [Self]
    /// Entries of one axis by their indices; see ``Tensor/gathered(_:axis:)``.
    func gathered(_ indices: Indices, axis: Int) -> Self
}

extension Tensor: Shaped {
    public func reshaped(_ shape: [Int]) -> Tensor { Tensor(array.reshaped(shape)) }
}

extension Indices: Shaped {
    public func reshaped(_ shape: [Int]) -> Indices { Indices(array.reshaped(shape)) }
}

extension Value: Shaped {
    public func reshaped(_ shape: [Int]) -> Value {
        let original = self.shape
        return Value.recorded(tensor.reshaped(shape), from: [self]) { dy, dx in
            dx.add(dy.reshaped(original), to: 0)
        }
    }
}

extension Shaped {
    /// An axis counted from the front; negative ones count from the back.
    package func normalized(axis: Int, in operation: StaticString) -> Int {
        let result = axis < 0 ? axis + shape.count : axis
        require(result >= 0 && result < shape.count, operation, "the shape \(shape) has no axis \(axis)")
        return result
    }

    /// The elements as a vector; NumPy's `ravel`.
    public func flattened() -> Self { reshaped([shape.reduce(1, *)]) }

    /// With a new axis of size 1 that becomes axis `axis` of the result: within `−rank − 1 ... rank`. NumPy's
    /// `expand_dims`.
    public func expandedDims(axis: Int) -> Self {
        let place = axis < 0 ? axis + shape.count + 1 : axis
        require(place >= 0 && place <= shape.count, "expandedDims", "the shape \(shape) takes no new axis \(axis)")
        var result = shape
        result.insert(1, at: place)
        return reshaped(result)
    }

    /// Without the axes of size 1. NumPy's `squeeze`.
    public func squeezed() -> Self { reshaped(shape.filter { $0 != 1 }) }

    /// Without one axis, which must have size 1.
    public func squeezed(axis: Int) -> Self {
        let place = normalized(axis: axis, in: "squeezed")
        require(shape[place] == 1, "squeezed", "axis \(axis) of \(shape) has not the size 1")
        var result = shape
        result.remove(at: place)
        return reshaped(result)
    }

    /// The axes in another order: axis `i` of the result is axis `axes[i]` of this. Traps unless each is named once.
    /// NumPy's `transpose`.
    public func permuted(_ axes: [Int]) -> Self {
        let rank = shape.count
        let whole = StridedView.rowMajor(shape)
        var (view, named) = (StridedView(sizes: shape, strides: whole), [Bool](repeating: false, count: rank))
        require(axes.count == rank, "permuted", "\(axes) are not the axes of \(shape)")
        for (place, axis) in axes.enumerated() {
            let axis = axis < 0 ? axis + rank : axis
            require(
                axis >= 0 && axis < rank && !named[axis], "permuted", "\(axes) are not the axes of \(shape)")
            named[axis] = true
            (view.sizes[place], view.strides[place]) = (shape[axis], whole[axis])
        }
        return viewed(view)
    }

    /// The axes in reverse order: a matrix transposed, copied. Inside a product use `matmul`'s flags, which copy nothing.
    /// NumPy's `.T`.
    public func transposed() -> Self {
        viewed(StridedView(sizes: shape.reversed(), strides: StridedView.rowMajor(shape).reversed()))
    }

    /// Two axes in each other's place. NumPy's `swapaxes`.
    public func swappedAxes(_ first: Int, _ second: Int) -> Self {
        var axes = Array(shape.indices)
        axes.swapAt(normalized(axis: first, in: "swappedAxes"), normalized(axis: second, in: "swappedAxes"))
        return permuted(axes)
    }

    /// One axis at another place, the others in their order. NumPy's `moveaxis`.
    public func movedAxis(_ source: Int, to destination: Int) -> Self {
        var axes = Array(shape.indices)
        let axis = axes.remove(at: normalized(axis: source, in: "movedAxis"))
        axes.insert(axis, at: normalized(axis: destination, in: "movedAxis"))
        return permuted(axes)
    }

    /// `range` of one axis; shared where it lies together. Traps when it is out of bounds.
    public func sliced(_ range: Range<Int>, axis: Int) -> Self {
        let axis = normalized(axis: axis, in: "sliced")
        require(
            range.lowerBound >= 0 && range.upperBound <= shape[axis], "sliced",
            "\(range) is not within axis \(axis) of \(shape)")
        var view = StridedView(of: shape)
        view.sizes[axis] = range.count
        view.start = range.lowerBound * view.strides[axis]
        return viewed(view)
    }
}
