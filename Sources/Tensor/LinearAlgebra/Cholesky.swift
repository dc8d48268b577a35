import COpenBLAS
import HornetSupport

extension Tensor {
    /// The Cholesky factor of symmetric positive definite matrices: the lower triangle L with `self = L·Lᵀ`, or with
    /// `upper` the upper triangle U with `self = Uᵀ·U`; `[…, n, n] → […, n, n]`.
    ///
    /// Only the triangle that is asked for is read. Throws when a matrix is not square, not finite, or not positive
    /// definite (then the text names the first leading minor that is not). LAPACK `potrf`; `numpy.linalg.cholesky`.
    public func cholesky(upper: Bool = false) throws -> Tensor {
        let stack = try MatrixStack(self, "cholesky")
        try stack.requireSquare()
        guard !stack.isEmpty else { return self }
        let n = stack.rows
        var factors = self
        try factors.write { factors in
            for index in 0..<stack.count {
                let a = factors + index * stack.size
                let info = blas {
                    LAPACKE_spotrf_work(
                        LAPACK_COL_MAJOR, CChar(rowMajorUpper: upper), stack.n, a, stack.n)
                }
                guard info == 0 else {
                    throw stack.error(
                        index, "is not positive definite: its leading minor of order \(info) is not",
                        remedy: "Check that it is symmetric, or add a small multiple of the identity.")
                }
                for row in 0..<n {
                    if upper {
                        (a + row * n).update(repeating: 0, count: row)
                    } else {
                        (a + row * n + row + 1).update(repeating: 0, count: n - row - 1)
                    }
                }
            }
        }
        return factors
    }

    /// The gradient of ``cholesky(upper:)`` at its lower factor `self`: `L⁻ᵀ·Φ(Lᵀ·dL)·L⁻¹`, symmetrized, where Φ takes
    /// the lower triangle and halves its diagonal.
    fileprivate func choleskyPullback(_ dL: Tensor) -> Tensor {
        let inner = matmul(dL, transposeLeft: true).stackMapped { row, column, value in
            row > column ? value : row == column ? value / 2 : 0
        }
        let left = triangleSolve(inner, upper: false, transposed: true)
        return triangleSolve(left, upper: false, onRight: true).stackSymmetrized()
    }
}

extension Value {
    /// ``Tensor/cholesky(upper:)``, with its gradient, which is symmetric (Murray 2016, "Differentiation of the
    /// Cholesky decomposition", equation 10).
    public func cholesky(upper: Bool = false) throws -> Value {
        let factor = try tensor.cholesky(upper: upper)
        return Value.recorded(factor, from: [self]) { dy, dx in
            let (lower, dLower) = upper ? (factor.swappedAxes(-2, -1), dy.swappedAxes(-2, -1)) : (factor, dy)
            dx.add(lower.choleskyPullback(dLower), to: 0)
        }
    }
}
