import CHornetKernels
import HornetSupport

/// Running sums and products along an axis, and differences of neighbours.
extension Tensor {
    /// `y[i] = x[0] + … + x[i]` along an axis; same shape.
    public func cumulativeSum(axis: Int) -> Tensor { cumulative(HORNET_SUM, HORNET_ADD, "cumulativeSum", axis: axis) }

    /// `y[i] = x[0] · … · x[i]` along an axis; same shape.
    public func cumulativeProduct(axis: Int) -> Tensor {
        cumulative(HORNET_PRODUCT, HORNET_MULTIPLY, "cumulativeProduct", axis: axis)
    }

    private func cumulative(
        _ reduction: hornet_reduction, _ operation: hornet_operation, _ name: StaticString, axis: Int
    ) -> Tensor {
        let axis = normalized(axis: axis, in: name)
        let span = AxisSpan(shape: shape, axes: axis..<axis + 1)
        var strides = hornet_strides(a_row: 0, b_row: 0, c_row: 0, a_step: 1, b_step: 1, c_step: 0)
        return mapped { x, y, count in
            guard count > 0 else { return }
            guard span.inner > 1 else {
                return span.forEachOuter { outer in
                    for start in outer.lazy.map({ $0 * span.length }) {
                        hornet_cumulative(reduction, x + start, y + start, span.length)
                    }
                }
            }
            span.forEachColumns { outer, columns in
                let start = outer * span.length * span.inner + columns.lowerBound
                (y + start).update(from: x + start, count: columns.count)
                for row in stride(from: start + span.inner, to: start + span.length * span.inner, by: span.inner) {
                    hornet_combine(
                        operation, y + row - span.inner, x + row, y + row, 1, columns.count, &strides)
                }
            }
        }
    }

    /// `y[i] = x[i + 1] − x[i]` along an axis, which gets shorter by one: NumPy's `diff`. `order` times in a row.
    public func difference(axis: Int, order: Int = 1) -> Tensor {
        require(order >= 0, "difference", "\(order) is not an order")
        let axis = normalized(axis: axis, in: "difference")
        return (0..<order).reduce(self) { result, _ in result.difference(axis: axis) }
    }

    private func difference(axis: Int) -> Tensor {
        var newShape = shape
        newShape[axis] = Swift.max(0, shape[axis] - 1)
        var result = Tensor(uninitialized: newShape)
        if result.count == 0 { return result }
        let span = AxisSpan(shape: shape, axes: axis..<axis + 1)
        let row = span.length * span.inner
        var strides = hornet_strides(a_row: row, b_row: row, c_row: 0, a_step: 1, b_step: 1, c_step: 0)
        let columns = row - span.inner
        read { x in
            result.write { y in
                guard span.outer == 1 else {
                    return span.forEachOuter { outer in
                        let start = x + outer.lowerBound * row
                        hornet_combine(
                            HORNET_SUBTRACT, start + span.inner, start, y + outer.lowerBound * columns, outer.count, columns,
                            &strides)
                    }
                }
                Tensor.forEachPiece(of: columns) {
                    let start = x + $0.lowerBound
                    hornet_combine(HORNET_SUBTRACT, start + span.inner, start, y + $0.lowerBound, 1, $0.count, &strides)
                }
            }
        }
        return result
    }

    /// `y[i] = x[i] + f[i + 1]·y[i + 1]` along an axis, from the end: with ones for the factors f, sums of what follows.
    fileprivate func summedFromEnd(axis: Int, factors: Tensor?) -> Tensor {
        let span = AxisSpan(shape: shape, axes: axis..<axis + 1)
        return mapped { x, y, count in
            for line in 0..<(count == 0 ? 0 : span.outer * span.inner) {
                let start = line / span.inner * span.length * span.inner + line % span.inner
                var sum: Float = 0
                for place in stride(from: start + (span.length - 1) * span.inner, through: start, by: -span.inner) {
                    sum = x[place] + sum
                    y[place] = sum
                    if let factors { sum *= factors.array[flat: place] }
                }
            }
        }
    }
}

extension Value {
    /// ``Tensor/cumulativeSum(axis:)``, with its gradient, the sum of what follows.
    public func cumulativeSum(axis: Int) -> Value {
        let x = tensor
        return Value.recorded(x.cumulativeSum(axis: axis), from: [self]) { dy, dx in
            dx.add(dy.summedFromEnd(axis: x.normalized(axis: axis, in: "cumulativeSum"), factors: nil), to: 0)
        }
    }

    /// ``Tensor/cumulativeProduct(axis:)``, with its gradient, exact where some elements are 0, too: with the product
    /// `p[i] = x[0] · … · x[i − 1]` of what is before, `dx[i] = p[i]·s[i]`, `s[i] = dy[i] + x[i + 1]·s[i + 1]`.
    public func cumulativeProduct(axis: Int) -> Value {
        let x = tensor
        return Value.recorded(x.cumulativeProduct(axis: axis), from: [self]) { dy, dx in
            let axis = x.normalized(axis: axis, in: "cumulativeProduct")
            guard x.count > 0 else { return dx.add(x, to: 0) }
            var first = x.shape
            first[axis] = 1
            let shifted = Tensor.concatenated(
                [.full(first, 1), x.sliced(0..<x.shape[axis] - 1, axis: axis)], axis: axis)
            dx.add(shifted.cumulativeProduct(axis: axis) * dy.summedFromEnd(axis: axis, factors: x), to: 0)
        }
    }

    /// ``Tensor/difference(axis:order:)``, with its gradient, the difference of neighbours with its sign changed.
    public func difference(axis: Int, order: Int = 1) -> Value {
        require(order >= 0, "difference", "\(order) is not an order")
        return (0..<order).reduce(self) { result, _ in result.differenceOfNeighbours(axis: axis) }
    }

    private func differenceOfNeighbours(axis: Int) -> Value {
        let x = tensor
        return Value.recorded(x.difference(axis: axis), from: [self]) { dy, dx in
            let axis = x.normalized(axis: axis, in: "difference")
            guard x.shape[axis] > 1 else { return dx.add(.zeros(x.shape), to: 0) }
            var edge = x.shape
            edge[axis] = 1
            dx.add(-Tensor.concatenated([.zeros(edge), dy, .zeros(edge)], axis: axis).difference(axis: axis), to: 0)
        }
    }
}
