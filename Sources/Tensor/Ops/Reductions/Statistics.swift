import HornetSupport

/// Spread, order and size of the elements, over some axes or over all of them.
extension Tensor {
    /// `Σ (x − mean)² / (n − ddof)` of all elements: of a population with `ddof` 0, NumPy's default; estimated from a sample
    /// with 1. NaN when n is not above `ddof`.
    public func variance(ddof: Int = 0) -> Float { variance(axes: Array(shape.indices), ddof: ddof).scalar }

    /// The square root of ``variance(ddof:)``.
    public func standardDeviation(ddof: Int = 0) -> Float { variance(ddof: ddof).squareRoot() }

    /// ``variance(ddof:)`` over `axes`, which vanish, or stay with size 1.
    public func variance(axes: [Int], ddof: Int = 0, keepingAxes: Bool = false) -> Tensor {
        var squares = self - mean(axes: axes, keepingAxes: true)
        squares *= squares
        var result = squares.sum(axes: axes, keepingAxes: keepingAxes)
        result /= Float(Swift.max(0, elementCount(along: axes, in: "variance") - ddof))
        return result
    }

    /// The square roots of ``variance(axes:ddof:keepingAxes:)``.
    public func standardDeviation(axes: [Int], ddof: Int = 0, keepingAxes: Bool = false) -> Tensor {
        variance(axes: axes, ddof: ddof, keepingAxes: keepingAxes).sqrt()
    }

    /// ``variance(axes:ddof:keepingAxes:)`` over one axis.
    public func variance(axis: Int, ddof: Int = 0, keepingAxes: Bool = false) -> Tensor {
        variance(axes: [axis], ddof: ddof, keepingAxes: keepingAxes)
    }

    /// ``standardDeviation(axes:ddof:keepingAxes:)`` over one axis.
    public func standardDeviation(axis: Int, ddof: Int = 0, keepingAxes: Bool = false) -> Tensor {
        standardDeviation(axes: [axis], ddof: ddof, keepingAxes: keepingAxes)
    }

    /// `log Σ eˣ` of all elements, without overflow; −∞ when there are none.
    public func logSumExp() -> Float { logSumExp(axes: Array(shape.indices)).scalar }

    /// `log Σ eˣ` over `axes`, without overflow; −∞ of nothing. The axes vanish, or stay with size 1.
    public func logSumExp(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        if elementCount(along: axes, in: "logSumExp") == 0 {
            return sum(axes: axes, keepingAxes: keepingAxes).log()
        }
        var top = max(axes: axes, keepingAxes: true)
        // An infinite maximum would leave ∞ − ∞.
        top = Tensor.where(Tensor.isInfinite(top), 0, top)
        let sums = (self - top).exp().sum(axes: axes, keepingAxes: true)
        return (sums.log() + top).reshaped(
            shape(reducing: normalized(axes: axes, in: "logSumExp"), keepingAxes: keepingAxes))
    }

    /// `√Σ x²` of all elements, the Frobenius norm of a matrix.
    public func norm() -> Float { Float(sumOfSquares().squareRoot()) }

    /// The norm of the vectors that lie along `axes`, `(Σ |x|ᵖ)^(1/p)`: √Σ x² for `order` 2, Σ |x| for 1, the largest |x| for
    /// ∞, the smallest for −∞, the number of elements that are not 0 for 0. With two axes that is a norm of the matrix's
    /// elements, as in NumPy's `vector_norm`; over both, order 2 is the Frobenius norm. The axes vanish, or stay with size 1.
    public func norm(order: Float = 2, axes: [Int], keepingAxes: Bool = false) -> Tensor {
        switch order {
        case 0: countNonzero(axes: axes, keepingAxes: keepingAxes)
        case 1: abs().sum(axes: axes, keepingAxes: keepingAxes)
        case 2: squared().sum(axes: axes, keepingAxes: keepingAxes).sqrt()
        case .infinity: abs().max(axes: axes, keepingAxes: keepingAxes)
        case -.infinity: abs().min(axes: axes, keepingAxes: keepingAxes)
        default: abs().pow(order).sum(axes: axes, keepingAxes: keepingAxes).pow(1 / order)
        }
    }
}

extension Value {
    /// ``Tensor/variance(ddof:)``, shape `[]`.
    public func variance(ddof: Int = 0) -> Value { variance(axes: Array(shape.indices), ddof: ddof) }

    /// ``Tensor/standardDeviation(ddof:)``, shape `[]`.
    public func standardDeviation(ddof: Int = 0) -> Value { variance(ddof: ddof).sqrt() }

    /// ``Tensor/variance(axes:ddof:keepingAxes:)``, with its gradient `2·(x − mean) / (n − ddof)`.
    public func variance(axes: [Int], ddof: Int = 0, keepingAxes: Bool = false) -> Value {
        let x = tensor
        return Value.recorded(x.variance(axes: axes, ddof: ddof, keepingAxes: keepingAxes), from: [self]) { dy, dx in
            let rest = Swift.max(0, x.elementCount(along: axes, in: "variance") - ddof)
            let scale = x.keeping(axes, of: dy) * (2 / Float(rest))
            dx.add((x - x.mean(axes: axes, keepingAxes: true)) * scale, to: 0)
        }
    }

    /// ``Tensor/standardDeviation(axes:ddof:keepingAxes:)``, with its gradient; NaN where all elements are equal.
    public func standardDeviation(axes: [Int], ddof: Int = 0, keepingAxes: Bool = false) -> Value {
        variance(axes: axes, ddof: ddof, keepingAxes: keepingAxes).sqrt()
    }

    /// ``variance(axes:ddof:keepingAxes:)`` over one axis.
    public func variance(axis: Int, ddof: Int = 0, keepingAxes: Bool = false) -> Value {
        variance(axes: [axis], ddof: ddof, keepingAxes: keepingAxes)
    }

    /// ``standardDeviation(axes:ddof:keepingAxes:)`` over one axis.
    public func standardDeviation(axis: Int, ddof: Int = 0, keepingAxes: Bool = false) -> Value {
        standardDeviation(axes: [axis], ddof: ddof, keepingAxes: keepingAxes)
    }

    /// ``Tensor/logSumExp()``, shape `[]`.
    public func logSumExp() -> Value { logSumExp(axes: Array(shape.indices)) }

    /// ``Tensor/logSumExp(axes:keepingAxes:)``, with its gradient `e^(x − y)`.
    public func logSumExp(axes: [Int], keepingAxes: Bool = false) -> Value {
        let x = tensor
        let y = x.logSumExp(axes: axes, keepingAxes: keepingAxes)
        return Value.recorded(y, from: [self]) { dy, dx in
            dx.add((x - x.keeping(axes, of: y)).exp() * x.keeping(axes, of: dy), to: 0)
        }
    }

    /// ``Tensor/norm()``, shape `[]`.
    public func norm() -> Value { norm(axes: Array(shape.indices)) }

    /// ``Tensor/norm(order:axes:keepingAxes:)`` for an `order` of 1, 2, ∞, −∞ or any other that is not 0, with its gradient;
    /// that of order 2 is `x / y`, and NaN where all is 0.
    public func norm(order: Float = 2, axes: [Int], keepingAxes: Bool = false) -> Value {
        require(order != 0, "norm", "a number of elements has no gradient")
        return switch order {
        case 1: abs().sum(axes: axes, keepingAxes: keepingAxes)
        case 2: squared().sum(axes: axes, keepingAxes: keepingAxes).sqrt()
        case .infinity: abs().max(axes: axes, keepingAxes: keepingAxes)
        case -.infinity: abs().min(axes: axes, keepingAxes: keepingAxes)
        default: abs().pow(order).sum(axes: axes, keepingAxes: keepingAxes).pow(1 / order)
        }
    }
}
