import COpenBLAS
import HornetSupport

extension Tensor {
    /// The factors of a matrix `[rows, columns]` with rows ≥ columns: `q` with orthonormal columns, `[rows, columns]`, and
    /// the upper triangle `r`, `[columns, columns]`, with `self = q·r`. By LAPACK's `geqrf` and `orgqr`; traps on other shapes.
    package func qr() -> (q: Tensor, r: Tensor) {
        require(rank == 2 && shape[0] >= shape[1], "qr", "a matrix at least as high as wide is needed, not \(shape)")
        let (rows, columns) = (shape[0], shape[1])
        var (q, r) = (self, Tensor.zeros([columns, columns]))
        guard columns > 0 else { return (q, r) }
        var reflections = [Float](repeating: 0, count: columns)
        q.write { q in
            let (m, n) = (Int32(rows), Int32(columns))
            let factored = LAPACKE_sgeqrf(LAPACK_ROW_MAJOR, m, n, q, n, &reflections)
            r.write { r in
                for row in 0..<columns {
                    (r + row * columns + row).update(from: q + row * columns + row, count: columns - row)
                }
            }
            let formed = LAPACKE_sorgqr(LAPACK_ROW_MAJOR, m, n, n, q, n, reflections)
            require(factored == 0 && formed == 0, "qr", "LAPACK refused its arguments: \(factored), \(formed)")
        }
        return (q, r)
    }
}
