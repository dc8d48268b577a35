import HornetSupport

/// What products and sums over axes are written in: ``Tensor``, and ``Value`` with the gradients.
public protocol Contractible: Shaped {
    /// ``Tensor/matmul(_:transposeLeft:transposeRight:)``
    func matmul(_ other: Self, transposeLeft: Bool, transposeRight: Bool) -> Self
    /// The products of the elements, broadcasting.
    static func * (a: Self, b: Self) -> Self
    /// Sums over `axes`, which vanish from the shape, or stay with size 1.
    func sum(axes: [Int], keepingAxes: Bool) -> Self
}

extension Tensor: Contractible {}
extension Value: Contractible {}

extension Contractible {
    /// NumPy's `dot`. Two vectors: the sum of their products. A scalar: elementwise. Else the sum over the last axis of this
    /// and the last but one (or the only one) of `other`: `[a, k] · [b, k, c] → [a, b, c]`. Traps when these differ.
    public func dot(_ other: Self) -> Self {
        if shape.isEmpty || other.shape.isEmpty { return self * other }
        if shape.count <= 2 && other.shape.count <= 2 {
            return matmul(other, transposeLeft: false, transposeRight: false)
        }
        return tensorDot(other, axes: ([-1], [other.shape.count == 1 ? -1 : -2]))
    }

    /// Σ xᵢ·yᵢ over all elements, shape `[]`. Traps when the counts differ. NumPy's `vdot`.
    public func vdot(_ other: Self) -> Self {
        flattened().matmul(other.flattened(), transposeLeft: false, transposeRight: false)
    }

    /// The sums over the last axes: `[a, k]` and `[b, c, k]` give `[a, b, c]`. With a scalar: elementwise. NumPy's `inner`.
    public func inner(_ other: Self) -> Self {
        if shape.isEmpty || other.shape.isEmpty { return self * other }
        let (own, others) = (shape.dropLast().reduce(1, *), other.shape.dropLast().reduce(1, *))
        let rows = (reshaped([own, shape.last!]), other.reshaped([others, other.shape.last!]))
        return rows.0.matmul(rows.1, transposeLeft: false, transposeRight: true)
            .reshaped(shape.dropLast() + other.shape.dropLast())
    }

    /// `y[i, j] = x[i]·other[j]` of the elements of both, `[count, other.count]`. NumPy's `outer`.
    public func outer(_ other: Self) -> Self {
        reshaped([shape.reduce(1, *), 1]).matmul(
            other.reshaped([1, other.shape.reduce(1, *)]), transposeLeft: false, transposeRight: false)
    }

    /// The sum over pairs of axes of equal size, `axes.0[i]` of this with `axes.1[i]` of `other`; the free axes of this come
    /// first, then those of `other`. Without pairs the outer product of all axes. NumPy's `tensordot`.
    public func tensorDot(_ other: Self, axes: ([Int], [Int])) -> Self {
        let left = axes.0.map { normalized(axis: $0, in: "tensorDot") }
        let right = axes.1.map { other.normalized(axis: $0, in: "tensorDot") }
        require(
            left.count == right.count && Set(left).count == left.count && Set(right).count == right.count, "tensorDot",
            "\(axes.0) and \(axes.1) are no pairs of axes")
        require(
            zip(left, right).allSatisfy { shape[$0] == other.shape[$1] }, "tensorDot",
            "the axes \(axes.0) of \(shape) and \(axes.1) of \(other.shape) differ")
        let own = Array(shape.indices)
        let others = other.shape.indices.map { axis in right.firstIndex(of: axis).map { left[$0] } ?? shape.count + axis }
        let free = own.filter { !left.contains($0) } + others.filter { $0 >= shape.count }
        return LabeledArray(self, own).multiplied(LabeledArray(other, others), keeping: free).arranged(free)
    }

    /// The sum over the last `count` axes of this and the first of `other`, in their order.
    public func tensorDot(_ other: Self, axes count: Int = 2) -> Self {
        require(
            count >= 0 && count <= Swift.min(shape.count, other.shape.count), "tensorDot",
            "\(shape) and \(other.shape) have no \(count) axes to pair")
        let (paired, others) = (shape.suffix(count), other.shape.prefix(count))
        require(Array(paired) == Array(others), "tensorDot", "the axes \(paired) of \(shape) and \(others) of \(other.shape) differ")
        let inner = paired.reduce(1, *)
        let (rows, columns) = (Array(shape.dropLast(count)), Array(other.shape.dropFirst(count)))
        return reshaped([rows.reduce(1, *), inner]).matmul(
            other.reshaped([inner, columns.reduce(1, *)]), transposeLeft: false, transposeRight: false
        ).reshaped(rows + columns)
    }

    /// Each element of this times all of `other`, as blocks: sizes multiply axis by axis, the shorter shape with 1s in front.
    /// NumPy's `kron`.
    public func kron(_ other: Self) -> Self {
        let rank = Swift.max(shape.count, other.shape.count)
        let own = [Int](repeating: 1, count: rank - shape.count) + shape
        let others = [Int](repeating: 1, count: rank - other.shape.count) + other.shape
        let product = outer(other).reshaped(own + others).permuted((0..<rank).flatMap { [$0, rank + $0] })
        return product.reshaped(zip(own, others).map { $0 * $1 })
    }
}
