import COpenBLAS
import HornetSupport

/// What gradients and routines compute with stacks of matrices `[…, rows, columns]`.
extension Tensor {
    /// `(self + selfᵀ) / 2`: the gradient of what reads a symmetric matrix.
    func stackSymmetrized() -> Tensor { (self + swappedAxes(-2, -1)) * 0.5 }

    /// Each element as `element` makes it of its row, its column and itself.
    func stackMapped(_ element: (_ row: Int, _ column: Int, _ value: Float) -> Float) -> Tensor {
        let (rows, columns) = (shape[rank - 2], shape[rank - 1])
        var result = self
        let count = count
        result.write { x in
            for start in stride(from: 0, to: count, by: Swift.max(rows * columns, 1)) {
                for row in 0..<rows {
                    let x = x + start + row * columns
                    for column in 0..<columns { x[column] = element(row, column, x[column]) }
                }
            }
        }
        return result
    }

    /// `op(self)⁻¹ · b`, or `b · op(self)⁻¹` where `onRight`, for triangular matrices with no zero on the diagonal
    /// and equal leading axes.
    package func triangleSolve(
        _ b: Tensor, upper: Bool, transposed: Bool = false, onRight: Bool = false, unitDiagonal: Bool = false
    ) -> Tensor {
        let (n, rows, columns) = (shape[rank - 1], b.shape[b.rank - 2], b.shape[b.rank - 1])
        var x = b
        guard x.count > 0 else { return x }
        let count = x.count
        x.write { x in
            read { a in
                let (triangle, job) = (upper ? CblasUpper : CblasLower, transposed ? CblasTrans : CblasNoTrans)
                let diagonal = unitDiagonal ? CblasUnit : CblasNonUnit
                for index in 0..<count / (rows * columns) {
                    let (a, x) = (a + index * n * n, x + index * rows * columns)
                    if columns == 1 && !onRight {
                        blas { cblas_strsv(CblasRowMajor, triangle, job, diagonal, blasint(n), a, blasint(n), x, 1) }
                    } else {
                        blas {
                            cblas_strsm(
                                CblasRowMajor, onRight ? CblasRight : CblasLeft, triangle, job, diagonal, blasint(rows),
                                blasint(columns), 1, a, blasint(n), x, blasint(columns))
                        }
                    }
                }
            }
        }
        return x
    }
}
