import CHornetKernels
import COpenBLAS
import HornetSupport

/// The factors of `q·r`: q with orthonormal columns, r an upper triangle. `Array` is `Tensor` or ``Value``.
public struct QRFactors<Array> {
    /// `[…, m, k]` with k = min(m, n), or `[…, m, m]` when complete.
    public let q: Array
    /// `[…, k, n]`, or `[…, m, n]` when complete.
    public let r: Array
}

extension QRFactors: Sendable where Array: Sendable {}

extension Tensor {
    /// The factors of matrices `[…, m, n]`: `self = q·r` with orthonormal columns in q, `[…, m, k]`, and the upper triangle
    /// r, `[…, k, n]`, where k = min(m, n); with `complete` q is a square orthogonal matrix `[…, m, m]` and r `[…, m, n]`.
    ///
    /// The signs are LAPACK's: the diagonal of r may be negative. Throws when an element is not finite. LAPACK `geqrf`
    /// and `orgqr`; `numpy.linalg.qr`.
    public func qr(complete: Bool = false) throws -> QRFactors<Tensor> {
        let stack = try MatrixStack(self, "qr")
        let width = complete ? stack.rows : stack.rank
        var q = Tensor(uninitialized: stack.batch + [stack.rows, width])
        var r = Tensor(uninitialized: stack.batch + [width, stack.columns])
        q.write { q in
            r.write { r in read { stack.factor($0, q: q, width: width, r: r) } }
        }
        return QRFactors(q: q, r: r)
    }

    /// The triangle `r` of ``qr(complete:)`` alone, `[…, min(m, n), n]`. LAPACK `geqrf`.
    public func qrTriangle() throws -> Tensor {
        let stack = try MatrixStack(self, "qrTriangle")
        return Tensor(stack.batch + [stack.rank, stack.columns]) { r in
            read { stack.factor($0, q: nil, width: stack.rank, r: r) }
        }
    }
}

extension MatrixStack {
    /// Writes `r [width, columns]` and, unless nil, `q [rows, width]` of each matrix.
    fileprivate func factor(
        _ matrices: UnsafePointer<Float>, q: UnsafeMutablePointer<Float>?, width: Int, r: UnsafeMutablePointer<Float>
    ) {
        // LAPACK's own minimum, which empty matrices need, too.
        let (lead, k) = (Swift.max(m, 1), blasint(rank))
        var work = Workspace(askedBy: { LAPACKE_sgeqrf_work(LAPACK_COL_MAJOR, m, n, nil, lead, nil, $0, -1) })
        if q != nil {
            let forming = Workspace(askedBy: { LAPACKE_sorgqr_work(LAPACK_COL_MAJOR, m, blasint(width), k, nil, lead, nil, $0, -1) })
            if forming.size > work.size { work = forming }
        }
        // Column by column, room for r and for q.
        var columnMajor = Tensor(uninitialized: [rows * Swift.max(columns, width)])
        var reflections = Tensor(uninitialized: [rank])
        columnMajor.write { a in
            reflections.write { tau in
                work.write { work, size in
                    for index in 0..<count {
                        hornet_transpose(matrices + index * self.size, columns, a, rows, rows, columns)
                        var info = blas { LAPACKE_sgeqrf_work(LAPACK_COL_MAJOR, m, n, a, lead, tau, work, size) }
                        require(info == 0, "qr", "LAPACK refused an argument: \(info)")
                        let r = r + index * width * columns
                        for row in 0..<width {
                            let start = Swift.min(row, columns)
                            (r + row * columns).update(repeating: 0, count: start)
                            for column in start..<columns { r[row * columns + column] = a[column * rows + row] }
                        }
                        guard let q else { continue }
                        info = blas {
                            LAPACKE_sorgqr_work(
                                LAPACK_COL_MAJOR, m, blasint(width), k, a, lead, tau, work, size)
                        }
                        require(info == 0, "qr", "LAPACK refused an argument: \(info)")
                        hornet_transpose(a, rows, q + index * rows * width, width, width, rows)
                    }
                }
            }
        }
    }
}

extension Value {
    /// ``Tensor/qr(complete:)``, reduced, with its gradient, for matrices `[…, m, n]` of full rank with m ≥ n:
    /// `(dq + q·copyltu(M))·r⁻ᵀ` with `M = r·drᵀ − dqᵀ·q`, where copyltu mirrors the lower triangle (Liao, Liu, Wang and
    /// Xiang 2019, "Differentiable programming tensor networks", equation 3). Throws, too, when m < n.
    public func qr() throws -> QRFactors<Value> {
        let x = tensor
        let factors = try x.qr()
        let (q, r) = (factors.q, factors.r)
        guard q.shape.last == r.shape.last else {
            throw HornetError(
                .shape, at: "qr", "\(x.shape) is wider than high: such matrices have no gradient here",
                remedy: "Take the factors of the transposed matrix.")
        }
        let results = Value.recorded([q, r], from: [self]) { gradients, dx in
            let dq = gradients[0] ?? .zeros(q.shape)
            var inner = -dq.matmul(q, transposeLeft: true)
            if let dr = gradients[1] { inner += r.matmul(dr, transposeRight: true) }
            let mirrored = inner.lowerTriangle() + inner.lowerTriangle(offset: -1).swappedAxes(-2, -1)
            let sum = dq + q.matmul(mirrored)
            dx.add(r.triangleSolve(sum, upper: true, transposed: true, onRight: true), to: 0)
        }
        return QRFactors(q: results[0], r: results[1])
    }
}
