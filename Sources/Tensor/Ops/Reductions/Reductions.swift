import CHornetKernels
import HornetSupport

/// Sums, means, products and extremes over some axes, or over all of them. Axes count from the front, negative ones from the
/// back; they vanish from the shape, or stay with size 1. Naming an axis that is not there, or one twice, stops the process.
extension Tensor {
    /// The sum of all elements, in an order that depends on their number alone.
    public func sum() -> Float { read { Tensor.sum($0, count) } }

    /// The sum of the squares of all elements, accumulated in double precision.
    package func sumOfSquares() -> Double { read { Tensor.sumInDouble($0, count, hornet_sum_of_squares) } }

    /// The mean of all elements; NaN when there are none.
    public func mean() -> Float { sum() / Float(count) }

    /// The product of all elements; 1 when there are none.
    public func product() -> Float { read { hornet_product($0, count) } }

    /// The largest element; NaN when any is. Traps when there are none.
    public func max() -> Float { extreme(HORNET_MAX, "max") }

    /// The smallest element; NaN when any is. Traps when there are none.
    public func min() -> Float { extreme(HORNET_MIN, "min") }

    private func extreme(_ reduction: hornet_reduction, _ name: StaticString) -> Float {
        require(count > 0, name, "the shape \(shape) has no elements")
        return read { Tensor.reduced(reduction, $0, count) }
    }

    /// Whether every element is a number: neither NaN nor infinite.
    public var isFinite: Bool { read { hornet_all_finite($0, count) } != 0 }

    /// Sums over `axes`; of nothing 0.
    public func sum(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        reduced(HORNET_SUM, "sum", axes: axes, keepingAxes: keepingAxes)
    }

    /// Means over `axes`; of nothing NaN.
    public func mean(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        var result = sum(axes: axes, keepingAxes: keepingAxes)
        result /= Float(elementCount(along: axes, in: "mean"))
        return result
    }

    /// Products over `axes`; of nothing 1.
    public func product(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        reduced(HORNET_PRODUCT, "product", axes: axes, keepingAxes: keepingAxes)
    }

    /// The largest elements over `axes`; NaN where any is. Traps where there are none to choose from.
    public func max(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        reduced(HORNET_MAX, "max", axes: axes, keepingAxes: keepingAxes)
    }

    /// The smallest elements over `axes`; NaN where any is. Traps where there are none to choose from.
    public func min(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        reduced(HORNET_MIN, "min", axes: axes, keepingAxes: keepingAxes)
    }

    /// ``sum(axes:keepingAxes:)`` over one axis.
    public func sum(axis: Int, keepingAxes: Bool = false) -> Tensor { sum(axes: [axis], keepingAxes: keepingAxes) }
    /// ``mean(axes:keepingAxes:)`` over one axis.
    public func mean(axis: Int, keepingAxes: Bool = false) -> Tensor { mean(axes: [axis], keepingAxes: keepingAxes) }
    /// ``product(axes:keepingAxes:)`` over one axis.
    public func product(axis: Int, keepingAxes: Bool = false) -> Tensor { product(axes: [axis], keepingAxes: keepingAxes) }
    /// ``max(axes:keepingAxes:)`` over one axis.
    public func max(axis: Int, keepingAxes: Bool = false) -> Tensor { max(axes: [axis], keepingAxes: keepingAxes) }
    /// ``min(axes:keepingAxes:)`` over one axis.
    public func min(axis: Int, keepingAxes: Bool = false) -> Tensor { min(axes: [axis], keepingAxes: keepingAxes) }
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

    /// ``Tensor/product()``, shape `[]`.
    public func product() -> Value { product(axes: Array(shape.indices)) }

    /// ``Tensor/max()``, shape `[]`; gradients as those of ``max(axes:keepingAxes:)``.
    public func max() -> Value { max(axes: Array(shape.indices)) }

    /// ``Tensor/min()``, shape `[]`; gradients as those of ``max(axes:keepingAxes:)``.
    public func min() -> Value { min(axes: Array(shape.indices)) }

    /// Sums over `axes`, which vanish from the shape, or stay with size 1.
    public func sum(axes: [Int], keepingAxes: Bool = false) -> Value {
        let x = tensor
        return Value.recorded(x.sum(axes: axes, keepingAxes: keepingAxes), from: [self]) { dy, dx in
            dx.add(x.keeping(axes, of: dy).broadcast(to: x.shape), to: 0)
        }
    }

    /// Means over `axes`.
    public func mean(axes: [Int], keepingAxes: Bool = false) -> Value {
        sum(axes: axes, keepingAxes: keepingAxes) * (1 / Float(tensor.elementCount(along: axes, in: "mean")))
    }

    /// ``Tensor/product(axes:keepingAxes:)``, one axis after the other. The gradient is the product of the other elements,
    /// exact where some are 0, too.
    public func product(axes: [Int], keepingAxes: Bool = false) -> Value {
        var result = self
        for axis in tensor.normalized(axes: axes, in: "product").reversed() {
            result = result.productKeeping(axis: axis)
        }
        return keepingAxes
            ? result
            : result.reshaped(tensor.shape(reducing: tensor.normalized(axes: axes, in: "product"), keepingAxes: false))
    }

    private func productKeeping(axis: Int) -> Value {
        let x = tensor
        return Value.recorded(x.product(axis: axis, keepingAxes: true), from: [self]) { dy, dx in
            dx.add(x.productsOfOthers(axis: axis) * dy, to: 0)
        }
    }

    /// ``Tensor/max(axes:keepingAxes:)``. Where several elements are the largest, they share the gradient equally, as in
    /// TensorFlow's `reduce_max`. (Of the two sides of ``maximum(_:_:)`` the first gets it.)
    public func max(axes: [Int], keepingAxes: Bool = false) -> Value {
        extreme(axes: axes, keepingAxes: keepingAxes) { $0.max(axes: axes, keepingAxes: true) }
    }

    /// ``Tensor/min(axes:keepingAxes:)``; ties as in ``max(axes:keepingAxes:)``.
    public func min(axes: [Int], keepingAxes: Bool = false) -> Value {
        extreme(axes: axes, keepingAxes: keepingAxes) { $0.min(axes: axes, keepingAxes: true) }
    }

    private func extreme(axes: [Int], keepingAxes: Bool, _ function: (Tensor) -> Tensor) -> Value {
        let x = tensor
        let y = function(x)
        let shape = x.shape(reducing: x.normalized(axes: axes, in: "max"), keepingAxes: keepingAxes)
        return Value.recorded(y.reshaped(shape), from: [self]) { dy, dx in
            let isExtreme = x .== y
            let share = x.keeping(axes, of: dy) / isExtreme.sum(axes: axes, keepingAxes: true)
            dx.add(isExtreme * share, to: 0)
        }
    }

    /// ``sum(axes:keepingAxes:)`` over one axis.
    public func sum(axis: Int, keepingAxes: Bool = false) -> Value { sum(axes: [axis], keepingAxes: keepingAxes) }
    /// ``mean(axes:keepingAxes:)`` over one axis.
    public func mean(axis: Int, keepingAxes: Bool = false) -> Value { mean(axes: [axis], keepingAxes: keepingAxes) }
    /// ``product(axes:keepingAxes:)`` over one axis.
    public func product(axis: Int, keepingAxes: Bool = false) -> Value { product(axes: [axis], keepingAxes: keepingAxes) }
    /// ``max(axes:keepingAxes:)`` over one axis.
    public func max(axis: Int, keepingAxes: Bool = false) -> Value { max(axes: [axis], keepingAxes: keepingAxes) }
    /// ``min(axes:keepingAxes:)`` over one axis.
    public func min(axis: Int, keepingAxes: Bool = false) -> Value { min(axes: [axis], keepingAxes: keepingAxes) }
}

extension Tensor {
    /// `reduced`, the result of a reduction of this tensor over `axes`, with those axes at size 1.
    func keeping(_ axes: [Int], of reduced: Tensor) -> Tensor {
        reduced.reshaped(shape(reducing: normalized(axes: axes, in: "axes"), keepingAxes: true))
    }

    /// For each element the product of the others along an axis: of those before it and of those behind it.
    fileprivate func productsOfOthers(axis: Int) -> Tensor {
        let span = AxisSpan(shape: shape, axes: axis..<axis + 1)
        var result = Tensor(uninitialized: shape)
        read { x in
            result.write { y in
                for outer in 0..<span.outer {
                    for column in 0..<span.inner {
                        let start = outer * span.length * span.inner + column
                        var product: Float = 1
                        for i in 0..<span.length {
                            y[start + i * span.inner] = product
                            product *= x[start + i * span.inner]
                        }
                        product = 1
                        for i in (0..<span.length).reversed() {
                            y[start + i * span.inner] *= product
                            product *= x[start + i * span.inner]
                        }
                    }
                }
            }
        }
        return result
    }
}
