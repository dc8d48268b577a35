import COpenBLAS
import HornetSupport

extension Tensor {
    /// The matrix product `op(self) · op(other)`, by BLAS `sgemm`; `op` transposes where its flag says so.
    ///
    /// Shapes, without flags: `[m, k] · [k, n] → [m, n]`. Leading axes of `self` are rows more
    /// (`[a, b, k] · [k, n] → [a, b, n]`, `self` not transposed). Traps when the inner sizes differ.
    public func matmul(_ other: Tensor, transposeLeft: Bool = false, transposeRight: Bool = false) -> Tensor {
        require(
            rank >= 2 && other.rank == 2 && (rank == 2 || !transposeLeft), "matmul",
            "\(shape)\(transposeLeft ? "ᵀ" : "") · \(other.shape)\(transposeRight ? "ᵀ" : "") is no matrix product")
        let columns = shape[rank - 1]
        let rows = shape.dropLast().reduce(1, *)
        let (m, k) = transposeLeft ? (columns, rows) : (rows, columns)
        let (k2, n) = transposeRight ? (other.shape[1], other.shape[0]) : (other.shape[0], other.shape[1])
        require(
            k == k2, "matmul",
            "\(shape)\(transposeLeft ? "ᵀ" : "") · \(other.shape)\(transposeRight ? "ᵀ" : ""): the inner sizes are \(k) and \(k2)")
        var result = Tensor(uninitialized: transposeLeft ? [m, n] : shape.dropLast() + [n])
        guard m > 0, n > 0 else { return result }
        read { a in
            other.read { b in
                result.write { c in
                    cblas_sgemm(
                        CblasRowMajor, transposeLeft ? CblasTrans : CblasNoTrans,
                        transposeRight ? CblasTrans : CblasNoTrans, blasint(m), blasint(n), blasint(k), 1, a,
                        blasint(Swift.max(columns, 1)), b, blasint(Swift.max(other.shape[1], 1)), 0, c, blasint(n))
                }
            }
        }
        return result
    }

    /// All leading axes folded into one: `[rows, last]`.
    package var asMatrix: Tensor { reshaped([shape.dropLast().reduce(1, *), shape.last!]) }
}

extension Value {
    /// ``Tensor/matmul(_:transposeLeft:transposeRight:)`` without flags, with its gradient. A sparse side stays sparse, and
    /// gets none.
    public func matmul(_ other: Value) -> Value {
        if case .sparse(let matrix) = content { return matrix.matmul(other) }
        if case .sparse(let matrix) = other.content { return matmul(matrix) }
        let (a, b) = (tensor, other.tensor)
        return Value.recorded(a.matmul(b), from: [self, other]) { dy, dx in
            dx.add(dy.matmul(b, transposeRight: true), to: 0)
            dx.add(a.asMatrix.matmul(dy.asMatrix, transposeLeft: true), to: 1)
        }
    }
}
