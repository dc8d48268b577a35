import CHornetKernels
import COpenBLAS
import HornetSupport

/// What ``Tensor/leastSquares(_:relativeTolerance:)`` found.
public struct LeastSquares: Sendable {
    /// The x of least ‖self·x − b‖, among several the shortest: `[n]` for a vector b, `[n, k]` for a matrix.
    public let solution: Tensor
    /// ‖self·x − b‖² for each column of b, `[k]` (`[1]` for a vector); `[0]` where the matrix has more columns than
    /// rows, as many, or dependent ones.
    public let residuals: Tensor
    /// The number of singular values that count as such.
    public let rank: Int
    /// The singular values of the matrix, `[min(m, n)]`, the largest first.
    public let singularValues: Tensor
}

extension Tensor {
    /// The least-squares solution of `self·x ≈ b` for one matrix `[m, n]` of any shape and rank; b is a vector `[m]` or
    /// a matrix `[m, k]`.
    ///
    /// Singular values up to `relativeTolerance` times the largest count as 0; the default is max(m, n)·2⁻²³. Throws
    /// when there are more than two axes, b does not fit, an element is not finite, or there is no convergence. LAPACK
    /// `gelsd`; `numpy.linalg.lstsq`.
    public func leastSquares(_ b: Tensor, relativeTolerance: Float? = nil) throws -> LeastSquares {
        let stack = try MatrixStack(self, "leastSquares")
        try stack.requireSingle()
        let (m, n, rank) = (stack.rows, stack.columns, stack.rank)
        guard b.rank == 1 || b.rank == 2, b.shape[0] == m else {
            throw HornetError(
                .shape, at: "leastSquares", "the right side \(b.shape) does not fit the matrix \(shape)",
                remedy: "Give a vector [\(m)] or a matrix [\(m), k].")
        }
        try stack.requireFinite(b)
        let k = b.rank == 1 ? 1 : b.shape[1]
        let shapeOfX = b.rank == 1 ? [n] : [n, k]
        let height = Swift.max(m, n, 1)
        // Empty systems, and no right sides, are solved as zeros: LAPACK takes neither.
        let columns = Swift.max(k, 1)
        try stack.requireCountable(height * (columns + 64) + 1024 * rank)
        var sides = Tensor.zeros([columns, height])
        sides.write { sides in
            b.read { hornet_transpose($0, k, sides, height, m, k) }
        }
        guard !stack.isEmpty else {
            let residuals = m > n ? sides.squared().sum(axes: [1])[0..<k] : Tensor.zeros([0])
            return LeastSquares(solution: .zeros(shapeOfX), residuals: residuals, rank: 0, singularValues: .zeros([0]))
        }
        var values = Tensor(uninitialized: [rank])
        let tolerance = relativeTolerance ?? stack.defaultTolerance
        let found = try sides.write { sides in
            try values.write { try solveLeastSquares(stack, sides, columns, height, $0, tolerance) }
        }
        let solution = Tensor(shapeOfX) { x in sides.read { hornet_transpose($0, height, x, k, k, n) } }
        let hasResiduals = found == n && m > n
        let residuals = hasResiduals ? sides.sliced(n..<m, axis: 1).squared().sum(axes: [1])[0..<k] : Tensor.zeros([0])
        return LeastSquares(solution: solution, residuals: residuals, rank: found, singularValues: values)
    }

    /// `gelsd` on `sides [columns, height]`, each right side one row; the rank it found.
    private func solveLeastSquares(
        _ stack: MatrixStack, _ sides: UnsafeMutablePointer<Float>, _ columns: Int, _ height: Int,
        _ values: UnsafeMutablePointer<Float>, _ tolerance: Float
    ) throws -> Int {
        let (m, n, k, lead) = (stack.m, stack.n, blasint(columns), blasint(height))
        var (found, integerCount) = (blasint(0), blasint(0))
        var work = Workspace(askedBy: {
            LAPACKE_sgelsd_work(
                LAPACK_COL_MAJOR, m, n, k, nil, m, nil, lead, nil, tolerance, &found, $0, -1, &integerCount)
        })
        var integers = Indices(uninitialized: [Int(integerCount)])
        var columnMajor = swappedAxes(-2, -1)
        let info = columnMajor.write { a in
            work.write { work, size in
                integers.write { integers in
                    blas {
                        LAPACKE_sgelsd_work(
                            LAPACK_COL_MAJOR, m, n, k, a, m, sides, lead, values, tolerance, &found, work, size, integers)
                    }
                }
            }
        }
        require(info >= 0, "leastSquares", "LAPACK refused an argument: \(info)")
        guard info == 0 else {
            throw stack.error(
                0, "has no singular values that LAPACK could find: \(info) did not converge",
                remedy: "Scale its rows or columns to similar sizes.")
        }
        return Int(found)
    }
}

extension MatrixStack {
    /// Below this share of the largest singular value of a matrix another one may be rounding alone.
    var defaultTolerance: Float { Float(Swift.max(rows, columns)) * Float.ulpOfOne }

    func requireSingle() throws {
        guard batch.isEmpty else {
            throw HornetError(
                .shape, at: operation, "one matrix is needed, this is a stack \(batch + [rows, columns])",
                remedy: "Take its matrices one by one.")
        }
    }
}

extension Value {
    /// The solution of ``Tensor/leastSquares(_:relativeTolerance:)``, with its gradient. With the pseudo-inverse P,
    /// `r = b − self·x` and `z = Pᵀ·dx`: `db = z`, `dself = −z·xᵀ + r·(P·z)ᵀ + Pᵀ·x·(dx − P·self·dx)ᵀ` (Golub and
    /// Pereyra 1973, "The differentiation of pseudo-inverses", equation 4.12). It exists where a small change keeps the
    /// rank, as in matrices of full rank.
    public func leastSquares(_ b: Value, relativeTolerance: Float? = nil) throws -> Value {
        let (a, bTensor) = (tensor, b.tensor)
        let solution = try a.leastSquares(bTensor, relativeTolerance: relativeTolerance).solution
        guard isRecorded || b.isRecorded else { return Value(solution) }
        let inverse = try a.pseudoInverse(relativeTolerance: relativeTolerance)
        let columns = bTensor.rank == 1 ? 1 : bTensor.shape[1]
        let sides = bTensor.reshaped([a.shape[0], columns])
        let x = solution.reshaped([a.shape[1], columns])
        return Value.recorded(solution, from: [self, b]) { dy, dx in
            let dy = dy.reshaped(x.shape)
            let z = inverse.matmul(dy, transposeLeft: true)
            if dx.wants(0) {
                let r = sides - a.matmul(x)
                let outside = dy - inverse.matmul(a.matmul(dy))
                let known = r.matmul(inverse.matmul(z), transposeRight: true) - z.matmul(x, transposeRight: true)
                dx.add(known + inverse.matmul(x, transposeLeft: true).matmul(outside, transposeRight: true), to: 0)
            }
            dx.add(z.reshaped(bTensor.shape), to: 1)
        }
    }
}
