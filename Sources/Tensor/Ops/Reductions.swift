import CHornetKernels
import HornetSupport

/// Sums, means and maxima over some axes, or over all of them.
extension Tensor {
    /// The sum of all elements, in an order that depends on their number alone.
    public func sum() -> Float { read { Tensor.sum($0, count) } }

    /// The sum of the squares of all elements, accumulated in double precision.
    package func sumOfSquares() -> Double { read { hornet_sum_of_squares($0, count) } }

    /// The mean of all elements; NaN when there are none.
    public func mean() -> Float { sum() / Float(count) }

    /// The largest element; NaN when any is. Traps when there are none.
    public func max() -> Float {
        require(count > 0, "max", "the shape \(shape) has no elements")
        return read { hornet_max($0, count) }
    }

    /// Whether every element is a number: neither NaN nor infinite.
    public var isFinite: Bool { read { hornet_all_finite($0, count) } != 0 }

    /// Sums over `axes`, which vanish from the shape, or stay with size 1.
    public func sum(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        var result = self
        for axis in normalized(axes: axes, in: "sum").reversed() { result = result.summed(axis: axis) }
        return keepingAxes ? result : result.reshaped(shape(without: axes))
    }

    /// Means over `axes`.
    public func mean(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        let count = axes.reduce(1) { $0 * shape[normalized(axis: $1, in: "mean")] }
        return sum(axes: axes, keepingAxes: keepingAxes) / Float(count)
    }

    /// The sum over one axis, which stays with size 1.
    private func summed(axis: Int) -> Tensor {
        let outer = shape[..<axis].reduce(1, *)
        let length = shape[axis]
        let inner = shape[(axis + 1)...].reduce(1, *)
        var newShape = shape
        newShape[axis] = 1
        var result = Tensor(uninitialized: newShape)
        read { x in
            result.write { y in
                for i in 0..<outer {
                    if inner == 1 {
                        y[i] = Tensor.sum(x + i * length, length)
                    } else {
                        hornet_column_sums(x + i * length * inner, y + i * inner, length, inner)
                    }
                }
            }
        }
        return result
    }

    /// Blocks are summed by the kernel in Float, and the blocks in Double, so that rounding does not grow with `count`.
    private static func sum(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
        let block = 4096
        var total = 0.0
        for start in stride(from: 0, to: count, by: block) {
            total += Double(hornet_sum(x + start, Swift.min(block, count - start)))
        }
        return Float(total)
    }

    /// The index of the largest element along the last axis, the lowest at ties; shape without that axis.
    public func argmax() -> Indices {
        require(rank > 0 && shape.last! > 0, "argmax", "the shape \(shape) has an empty last axis")
        let width = shape.last!
        var result = Indices(uninitialized: Array(shape.dropLast()))
        let rows = result.count
        read { x in
            result.write { y in
                for row in 0..<rows {
                    var best = 0
                    for c in 1..<Swift.max(width, 1) where x[row * width + c] > x[row * width + best] { best = c }
                    y[row] = Int32(best)
                }
            }
        }
        return result
    }

    /// The size each of `axes` has, and the shape that is left when they vanish.
    private func shape(without axes: [Int]) -> [Int] {
        let gone = normalized(axes: axes, in: "sum")
        return shape.indices.filter { !gone.contains($0) }.map { shape[$0] }
    }

    private func normalized(axes: [Int], in operation: StaticString) -> [Int] {
        let sorted = axes.map { normalized(axis: $0, in: operation) }.sorted()
        require(Set(sorted).count == sorted.count, operation, "an axis is named twice in \(axes)")
        return sorted
    }
}

extension Value {
    /// The sum of all elements, shape `[]`.
    public func sum() -> Value {
        let shape = shape
        return Value.recorded(Tensor(tensor.sum()), from: [self]) { dy, dx in
            dx.add(Tensor.full(shape, dy.scalar), to: 0)
        }
    }

    /// The mean of all elements, shape `[]`.
    public func mean() -> Value { sum() * (1 / Float(tensor.count)) }

    /// Sums over `axes`, which vanish from the shape, or stay with size 1.
    public func sum(axes: [Int], keepingAxes: Bool = false) -> Value {
        let x = tensor
        return Value.recorded(x.sum(axes: axes, keepingAxes: keepingAxes), from: [self]) { dy, dx in
            var kept = x.shape
            for axis in axes { kept[x.normalized(axis: axis, in: "sum")] = 1 }
            dx.add(dy.reshaped(kept).broadcast(to: x.shape), to: 0)
        }
    }

    /// Means over `axes`.
    public func mean(axes: [Int], keepingAxes: Bool = false) -> Value {
        let x = tensor
        let count = axes.reduce(1) { $0 * x.shape[x.normalized(axis: $1, in: "mean")] }
        return sum(axes: axes, keepingAxes: keepingAxes) * (1 / Float(count))
    }
}
