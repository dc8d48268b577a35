import CHornetKernels
import COpenBLAS
import HornetSupport

/// What gradients and routines compute with stacks of matrices `[…, rows, columns]` of equal leading axes.
extension Tensor {
    /// `op(self) · op(other)`, matrix by matrix; `op` transposes where its flag says so.
    func stackProduct(_ other: Tensor, transposeLeft: Bool = false, transposeRight: Bool = false) -> Tensor {
        let (columns, otherColumns) = (shape[rank - 1], other.shape[rank - 1])
        let (m, k) = transposeLeft ? (columns, shape[rank - 2]) : (shape[rank - 2], columns)
        let n = transposeRight ? other.shape[rank - 2] : otherColumns
        let batch = shape.dropLast(2)
        let (size, otherSize) = (m * k, k * n)
        return Tensor(batch + [m, n]) { c in
            reading(self, other) { a, b in
                for index in 0..<batch.reduce(1, *) where m > 0 && n > 0 {
                    blas {
                        cblas_sgemm(
                            CblasRowMajor, transposeLeft ? CblasTrans : CblasNoTrans,
                            transposeRight ? CblasTrans : CblasNoTrans, blasint(m), blasint(n), blasint(k), 1,
                            a + index * size, blasint(Swift.max(columns, 1)), b + index * otherSize,
                            blasint(Swift.max(otherColumns, 1)), 0, c + index * m * n, blasint(n))
                    }
                }
            }
        }
    }

    /// The last two axes swapped, copied.
    func stackTransposed() -> Tensor {
        let (rows, columns) = (shape[rank - 2], shape[rank - 1])
        return Tensor(shape.dropLast(2) + [columns, rows]) { y in
            read { x in
                for start in stride(from: 0, to: count, by: Swift.max(rows * columns, 1)) {
                    hornet_transpose(x + start, columns, y + start, rows, rows, columns)
                }
            }
        }
    }

    /// `(self + selfᵀ) / 2`: the gradient of what reads a symmetric matrix.
    func stackSymmetrized() -> Tensor { (self + stackTransposed()) * 0.5 }

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

    /// The vectors along the last axis as diagonal matrices: `[…, n] → […, n, n]`.
    func stackDiagonal() -> Tensor {
        let n = shape[rank - 1]
        var result = Tensor.zeros(shape + [n])
        let count = count
        read { x in
            result.write { y in
                for i in 0..<count { y[i * n + i % n] = x[i] }
            }
        }
        return result
    }

    /// `op(self)⁻¹ · b`, or `b · op(self)⁻¹` where `onRight`, for triangular matrices with no zero on the diagonal.
    func triangleSolve(
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
