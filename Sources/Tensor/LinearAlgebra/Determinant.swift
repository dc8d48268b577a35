import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A determinant as `sign·exp(logarithm)`. `Array` is `Tensor` or ``Value``.
public struct LogDeterminant<Array> {
    /// −1, 0 or 1.
    public let sign: Array
    /// log |determinant|; −∞ where it is 0.
    public let logarithm: Array
}

extension LogDeterminant: Sendable where Array: Sendable {}

extension Tensor {
    /// The determinants of square matrices, `[…, n, n] → […]`; 0 where a matrix is singular, 1 where it is empty.
    ///
    /// The product is formed beyond the range of Float32 and rounded once. Throws when a matrix is not square or not
    /// finite. LAPACK `getrf`; `numpy.linalg.det`.
    public func determinant() throws -> Tensor {
        let factors = try PivotedFactors(self, MatrixStack(self, "determinant"), allowsSingular: true)
        return Tensor(factors.stack.batch) { result in
            for index in 0..<factors.stack.count {
                let (significand, exponent) = factors.determinant(index)
                result[index] = Float(scalbn(significand, Int32(clamping: exponent)))
            }
        }
    }

    /// Signs and logarithms of the determinants of square matrices, `[…, n, n] → […]` each: no overflow for large
    /// matrices. A singular matrix has the sign 0 and the logarithm −∞.
    ///
    /// Throws when a matrix is not square or not finite. LAPACK `getrf`; `numpy.linalg.slogdet`.
    public func logDeterminant() throws -> LogDeterminant<Tensor> {
        let factors = try PivotedFactors(self, MatrixStack(self, "logDeterminant"), allowsSingular: true)
        return factors.logDeterminant()
    }
}

extension PivotedFactors {
    fileprivate func logDeterminant() -> LogDeterminant<Tensor> {
        var sign = Tensor(uninitialized: stack.batch)
        let logarithm = Tensor(stack.batch) { logarithm in
            sign.write { sign in
                for index in 0..<stack.count {
                    let (significand, exponent) = determinant(index)
                    logarithm[index] = Float(log(significand.magnitude) + Double(exponent) * log(2))
                    sign[index] = significand == 0 ? 0 : significand < 0 ? -1 : 1
                }
            }
        }
        return LogDeterminant(sign: sign, logarithm: logarithm)
    }
}

extension Value {
    /// ``Tensor/determinant()``, with its gradient, the matrix of cofactors: `det(u)·det(v)·u·diag(Π s[j], j ≠ i)·vh`
    /// by the singular value decomposition, which singular matrices have, too (Giles 2008, section 2.2.4, gives
    /// `determinant·self⁻ᵀ`).
    public func determinant() throws -> Value {
        let x = tensor
        let determinant = try x.determinant()
        guard isRecorded else { return Value(determinant) }
        let factors = try x.svd()
        let signs = try factors.u.determinant() * factors.vh.determinant()
        return Value.recorded(determinant, from: [self]) { dy, dx in
            let scale = (dy * signs).reshaped(dy.shape + [1])
            dx.add((factors.u * (factors.s.productsOfOthers() * scale).expandedDims(axis: -2)).matmul(factors.vh), to: 0)
        }
    }

    /// ``Tensor/logDeterminant()``, with the gradient of the logarithm, `self⁻ᵀ` (Giles 2008, section 2.2.4); the sign
    /// has none. Throws, too, when a matrix is singular: then there is no gradient.
    public func logDeterminant() throws -> LogDeterminant<Value> {
        let factors = try PivotedFactors(tensor, MatrixStack(tensor, "logDeterminant"))
        let found = factors.logDeterminant()
        let logarithm = Value.recorded(found.logarithm, from: [self]) { dy, dx in
            dx.add(factors.inverse().swappedAxes(-2, -1) * dy.reshaped(dy.shape + [1, 1]), to: 0)
        }
        return LogDeterminant(sign: Value(found.sign), logarithm: logarithm)
    }
}

extension Tensor {
    /// Along the last axis, for each element the product of all others.
    fileprivate func productsOfOthers() -> Tensor {
        let n = shape.last!
        return Tensor(shape) { y in
            read { x in
                for i in 0..<count {
                    let row = i / n * n
                    y[i] = Float((row..<row + n).reduce(1.0) { $1 == i ? $0 : $0 * Double(x[$1]) })
                }
            }
        }
    }
}
