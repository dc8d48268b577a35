import HornetSupport

extension Tensor {
    /// The Moore-Penrose inverses of matrices of any shape and rank, `[…, m, n] → […, n, m]`: `v·diag(1/s)·uᵀ`, without
    /// the singular values up to `relativeTolerance` times the largest; the default is max(m, n)·2⁻²³.
    ///
    /// Throws when an element is not finite, or when there is no convergence. `numpy.linalg.pinv`, whose default
    /// tolerance is fit for double precision.
    public func pseudoInverse(relativeTolerance: Float? = nil) throws -> Tensor {
        let stack = try MatrixStack(self, "pseudoInverse")
        let factors = try svd()
        let k = stack.rank
        let tolerance = relativeTolerance ?? stack.defaultTolerance
        var inverses = factors.s
        inverses.write { s in
            for index in 0..<stack.count where k > 0 {
                let s = s + index * k
                let limit = tolerance * s[0]
                for i in 0..<k { s[i] = s[i] > limit ? 1 / s[i] : 0 }
            }
        }
        let scaled = factors.u * inverses.reshaped(stack.batch + [1, k])
        return factors.vh.matmul(scaled, transposeLeft: true, transposeRight: true)
    }

    /// The ranks of matrices, `[…, m, n] → […]`: how many singular values are above `relativeTolerance` times the
    /// largest; the default is max(m, n)·2⁻²³. Throws as ``svd(fullMatrices:)`` does. `numpy.linalg.matrix_rank`.
    public func matrixRank(relativeTolerance: Float? = nil) throws -> Indices {
        let stack = try MatrixStack(self, "matrixRank")
        let values = try singularValues()
        let k = stack.rank
        let tolerance = relativeTolerance ?? stack.defaultTolerance
        return values.read { s in
            Indices(
                (0..<stack.count).map { index in
                    let s = s + index * k
                    return Int32((0..<k).count { s[$0] > tolerance * s[0] })
                }, shape: stack.batch)
        }
    }

    /// Orthonormal columns that span what the columns of one matrix `[m, n]` span: `[m, rank]`. The tolerance is that
    /// of ``matrixRank(relativeTolerance:)``. Throws, too, when there are more than two axes. `scipy.linalg.orth`.
    public func orthonormalBasis(relativeTolerance: Float? = nil) throws -> Tensor {
        let stack = try MatrixStack(self, "orthonormalBasis")
        try stack.requireSingle()
        let factors = try svd()
        let limit = (relativeTolerance ?? stack.defaultTolerance) * (factors.s.scalars.first ?? 0)
        return factors.u.sliced(0..<factors.s.scalars.count { $0 > limit }, axis: 1)
    }

    /// Orthonormal columns that span the x with `self·x = 0` of one matrix `[m, n]`: `[n, n − rank]`. The tolerance is
    /// that of ``matrixRank(relativeTolerance:)``. Throws, too, when there are more than two axes.
    /// `scipy.linalg.null_space`.
    public func nullSpace(relativeTolerance: Float? = nil) throws -> Tensor {
        let stack = try MatrixStack(self, "nullSpace")
        try stack.requireSingle()
        let factors = try svd(fullMatrices: true)
        let limit = (relativeTolerance ?? stack.defaultTolerance) * (factors.s.scalars.first ?? 0)
        return factors.vh[factors.s.scalars.count { $0 > limit }..<stack.columns].transposed()
    }
}

extension Value {
    /// ``Tensor/pseudoInverse(relativeTolerance:)``, with its gradient at the result P:
    /// `−Pᵀ·dP·Pᵀ + (1 − self·P)·dPᵀ·P·Pᵀ + Pᵀ·P·dPᵀ·(1 − P·self)` (Golub and Pereyra 1973, "The differentiation of
    /// pseudo-inverses", equation 4.12). It exists where a small change keeps the rank, as in matrices of full rank.
    public func pseudoInverse(relativeTolerance: Float? = nil) throws -> Value {
        let a = tensor
        let p = try a.pseudoInverse(relativeTolerance: relativeTolerance)
        return Value.recorded(p, from: [self]) { dy, dx in
            let left = p.matmul(dy, transposeLeft: true)
            let square = dy.matmul(p, transposeLeft: true).matmul(p, transposeRight: true)
            let other = p.matmul(p.matmul(dy, transposeRight: true), transposeLeft: true)
            let outside = square - a.matmul(p.matmul(square))
            let beside = other - other.matmul(p).matmul(a)
            dx.add(outside + beside - left.matmul(p, transposeRight: true), to: 0)
        }
    }
}
