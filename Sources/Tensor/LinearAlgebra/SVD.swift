import COpenBLAS
import HornetSupport

/// The singular value decomposition `u·diag(s)·vh`. `Array` is `Tensor` or ``Value``.
public struct SVDFactors<Array> {
    /// The left singular vectors as columns: `[…, m, k]`, or `[…, m, m]` when full.
    public let u: Array
    /// The singular values, `[…, k]`, never negative, the largest first; k = min(m, n).
    public let s: Array
    /// The right singular vectors as rows: `[…, k, n]`, or `[…, n, n]` when full.
    public let vh: Array
}

extension SVDFactors: Sendable where Array: Sendable {}

extension Tensor {
    /// The singular value decomposition of matrices `[…, m, n]`: `self = u·diag(s)·vh` with orthonormal columns in u,
    /// `[…, m, k]`, orthonormal rows in vh, `[…, k, n]`, and s, `[…, k]`, falling, where k = min(m, n).
    ///
    /// With `fullMatrices`, NumPy's default, u and vh are square and orthogonal; what is added spans the rest of the
    /// space. Throws when an element is not finite, or when there is no convergence. LAPACK `gesdd`, and `gesvd` where
    /// that does not converge; `numpy.linalg.svd`.
    public func svd(fullMatrices: Bool = false) throws -> SVDFactors<Tensor> {
        try svd(fullMatrices: fullMatrices, byDividing: true)
    }

    /// ``svd(fullMatrices:)`` by `gesdd` or, slower and with simpler means, by `gesvd` alone.
    package func svd(fullMatrices: Bool, byDividing: Bool) throws -> SVDFactors<Tensor> {
        let stack = try MatrixStack(self, "svd")
        let (m, n, k) = (stack.rows, stack.columns, stack.rank)
        let (height, width) = fullMatrices ? (m, n) : (k, k)
        guard !stack.isEmpty else {
            return SVDFactors(
                u: .eye(m, columns: height).broadcast(to: stack.batch + [m, height]), s: Tensor.zeros(stack.batch + [k]),
                vh: .eye(width, columns: n).broadcast(to: stack.batch + [width, n]))
        }
        var u = Tensor(uninitialized: stack.batch + [m, height])
        var s = Tensor(uninitialized: stack.batch + [k])
        var vh = Tensor(uninitialized: stack.batch + [width, n])
        var solver = try SVDSolver(stack, job: fullMatrices ? "A" : "S", byDividing: byDividing)
        try u.write { u in
            try s.write { s in
                try vh.write { vh in
                    let elements = self
                    for index in 0..<stack.count {
                        try solver.run(
                            elements, index, u: u + index * m * height, s: s + index * k, vh: vh + index * width * n)
                    }
                }
            }
        }
        return SVDFactors(u: u, s: s, vh: vh)
    }

    /// The singular values alone, `[…, m, n] → […, min(m, n)]`, the largest first. Throws as ``svd(fullMatrices:)``
    /// does. `numpy.linalg.svdvals`.
    public func singularValues() throws -> Tensor {
        let stack = try MatrixStack(self, "singularValues")
        var s = Tensor(uninitialized: stack.batch + [stack.rank])
        guard !stack.isEmpty else { return s }
        var solver = try SVDSolver(stack, job: "N", byDividing: true)
        try s.write { s in
            for index in 0..<stack.count {
                try solver.run(self, index, u: nil, s: s + index * stack.rank, vh: nil)
            }
        }
        return s
    }
}

/// One matrix after the other through `gesdd`.
///
/// A row-major matrix is the column-major one transposed, `selfᵀ = v·diag(s)·uᵀ`: so LAPACK's U is our vh and its VT
/// our u, each just as it should lie.
private struct SVDSolver {
    let stack: MatrixStack
    let job: CChar
    let byDividing: Bool
    /// Leading dimensions of LAPACK's U and VT.
    let ldu: blasint
    let ldvt: blasint
    var matrix: Tensor
    var work: Workspace
    var integers: Indices

    init(_ stack: MatrixStack, job: Unicode.Scalar, byDividing: Bool) throws {
        let k = stack.rank
        try stack.requireCountable(6 * k * k + 64 * (stack.rows + stack.columns))
        self.stack = stack
        self.byDividing = byDividing
        let job = CChar(letter: job)
        self.job = job
        let (ldu, ldvt) = (stack.n, self.job == CChar(letter: "A") ? stack.m : blasint(k))
        (self.ldu, self.ldvt) = (ldu, ldvt)
        matrix = Tensor(uninitialized: [stack.size])
        integers = Indices(uninitialized: [8 * k])
        work = Workspace(askedBy: {
            byDividing
                ? LAPACKE_sgesdd_work(
                    LAPACK_COL_MAJOR, job, stack.n, stack.m, nil, stack.n, nil, nil, ldu, nil, ldvt, $0, -1, nil)
                : LAPACKE_sgesvd_work(
                    LAPACK_COL_MAJOR, job, job, stack.n, stack.m, nil, stack.n, nil, nil, ldu, nil, ldvt, $0, -1)
        })
    }

    mutating func run(
        _ tensor: Tensor, _ index: Int, u: UnsafeMutablePointer<Float>?, s: UnsafeMutablePointer<Float>,
        vh: UnsafeMutablePointer<Float>?
    ) throws {
        let (stack, job, ldu, ldvt, byDividing) = (stack, job, ldu, ldvt, byDividing)
        let info = matrix.write { a in
            tensor.read { a.update(from: $0 + index * stack.size, count: stack.size) }
            return work.write { work, size in
                byDividing
                    ? integers.write { integers in
                        blas {
                            LAPACKE_sgesdd_work(
                                LAPACK_COL_MAJOR, job, stack.n, stack.m, a, stack.n, s, vh, ldu, u, ldvt, work, size, integers)
                        }
                    }
                    : blas {
                        LAPACKE_sgesvd_work(
                            LAPACK_COL_MAJOR, job, job, stack.n, stack.m, a, stack.n, s, vh, ldu, u, ldvt, work, size)
                    }
            }
        }
        require(info >= 0, "svd", "LAPACK refused an argument: \(info)")
        guard info > 0 else { return }
        guard byDividing else {
            throw stack.error(
                index, "has no singular values that LAPACK could find: \(info) of them did not converge",
                remedy: "Scale its rows or columns to similar sizes.")
        }
        var simple = try SVDSolver(stack, job: Unicode.Scalar(UInt8(bitPattern: job)), byDividing: false)
        try simple.run(tensor, index, u: u, s: s, vh: vh)
    }
}

extension Value {
    /// ``Tensor/svd(fullMatrices:)``, reduced, with its gradient (Townsend 2016, "Differentiating the singular value
    /// decomposition"). For u and vh it exists while no two singular values are equal and none is 0; where they are, it
    /// is infinite or NaN. For s alone, `u·diag(ds)·vh`, they may be.
    public func svd() throws -> SVDFactors<Value> {
        let factors = try tensor.svd()
        let results = Value.recorded([factors.u, factors.s, factors.vh], from: [self]) { gradients, dx in
            dx.add(factors.pullback(du: gradients[0], ds: gradients[1], dvh: gradients[2]), to: 0)
        }
        return SVDFactors(u: results[0], s: results[1], vh: results[2])
    }
}

extension SVDFactors<Tensor> {
    /// With `F[i, j] = 1 / (s[j]² − s[i]²)` off the diagonal, `A = F∘(uᵀ·du − duᵀ·u)`, `B = F∘(vᵀ·dv − dvᵀ·v)`:
    /// `u·(A·diag(s) + diag(s)·B + diag(ds))·vh + (1 − u·uᵀ)·du·diag(1/s)·vh + u·diag(1/s)·dvh·(1 − v·vᵀ)`.
    fileprivate func pullback(du: Tensor?, ds: Tensor?, dvh: Tensor?) -> Tensor {
        let k = s.shape.last!
        let (asRow, asColumn) = (s.reshaped(s.shape.dropLast() + [1, k]), s.reshaped(s.shape + [1]))
        // As products of sums, which keep the digits that differences of squares lose.
        let gaps = ((asRow - asColumn) * (asRow + asColumn)).stackMapped { $0 == $1 ? 0 : 1 / $2 }
        var inner = ds?.diagonalMatrix() ?? .zeros(s.shape + [k])
        var outer = Tensor.zeros(u.shape.dropLast() + [vh.shape.last!])
        if let du {
            let product = u.matmul(du, transposeLeft: true)
            inner += gaps * (product - product.swappedAxes(-2, -1)) * asRow
            if u.shape[u.rank - 2] > k { outer += ((du - u.matmul(product)) / asRow).matmul(vh) }
        }
        if let dvh {
            let product = vh.matmul(dvh, transposeRight: true)
            inner += gaps * (product - product.swappedAxes(-2, -1)) * asColumn
            if vh.shape[vh.rank - 1] > k {
                outer += u.matmul((dvh - product.swappedAxes(-2, -1).matmul(vh)) / asColumn)
            }
        }
        return outer + u.matmul(inner).matmul(vh)
    }
}
