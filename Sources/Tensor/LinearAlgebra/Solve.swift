import HornetSupport

extension Tensor {
    /// The solution x of `self·x = b` for square matrices `[…, n, n]`. `b` is one vector `[n]`, which gives `[…, n]`, or
    /// matrices `[…, n, k]`, which give as many; leading axes broadcast.
    ///
    /// This and its neighbours compute in Float32, as SciPy does with such arrays. `numpy.linalg` computes in double
    /// precision and rounds, which takes longer and is more exact where ``conditionNumber(_:)`` is large.
    ///
    /// Throws when the matrices are not square, b does not fit, an element is not finite, or a matrix is singular (then
    /// the text names the pivot that is 0). LAPACK `getrf` and `getrs`; `numpy.linalg.solve`.
    public func solve(_ b: Tensor) throws -> Tensor {
        let system = try LinearSystem(self, b, "solve")
        return system.asGiven(try PivotedFactors(system.a, system.stack).solve(system.b))
    }

    /// The inverses of square matrices, `[…, n, n] → […, n, n]`; for `inverse·b` see ``solve(_:)``, which is faster and more
    /// exact.
    ///
    /// Throws when a matrix is not square, not finite or singular (then the text names the pivot that is 0). LAPACK `getrf`
    /// and `getri`; `numpy.linalg.inv`.
    public func inverse() throws -> Tensor {
        try PivotedFactors(self, MatrixStack(self, "inverse")).inverse()
    }

    /// The solution x of `op(self)·x = b` for triangular matrices `[…, n, n]`, lower ones or `upper` ones; `op` transposes where
    /// `transposed`, and `unitDiagonal` takes the diagonal for ones. The other triangle is not used. `b` as in ``solve(_:)``.
    ///
    /// Throws when the matrices are not square, b does not fit, an element is not finite, or the diagonal holds a 0.
    /// BLAS `trsm`; `scipy.linalg.solve_triangular`, whose default is the upper triangle.
    public func solveTriangular(
        _ b: Tensor, upper: Bool = false, transposed: Bool = false, unitDiagonal: Bool = false
    ) throws -> Tensor {
        let system = try LinearSystem(self, b, "solveTriangular")
        if !unitDiagonal { try system.requireDiagonal() }
        let x = system.a.triangleSolve(system.b, upper: upper, transposed: transposed, unitDiagonal: unitDiagonal)
        return system.asGiven(x)
    }

    /// The solution x of `A·x = b` from the factor `self` that ``cholesky(upper:)`` made of A. `b` as in ``solve(_:)``.
    ///
    /// Throws when the factors are not square, b does not fit, an element is not finite, or the diagonal holds a 0.
    /// BLAS `trsm`; `scipy.linalg.cho_solve`.
    public func choleskySolve(_ b: Tensor, upper: Bool = false) throws -> Tensor {
        let system = try LinearSystem(self, b, "choleskySolve")
        try system.requireDiagonal()
        let y = system.a.triangleSolve(system.b, upper: upper, transposed: upper)
        return system.asGiven(system.a.triangleSolve(y, upper: upper, transposed: !upper))
    }
}

extension Value {
    /// ``Tensor/solve(_:)``, with its gradient: `db = self⁻ᵀ·dx`, `dself = −db·xᵀ` (Giles 2008, section 2.2.3).
    public func solve(_ b: Value) throws -> Value {
        let (aShape, bShape) = (shape, b.shape)
        let system = try LinearSystem(tensor, b.tensor, "solve")
        let factors = try PivotedFactors(system.a, system.stack)
        let x = factors.solve(system.b)
        return Value.recorded(system.asGiven(x), from: [self, b]) { dy, dx in
            let db = factors.solve(system.asMatrices(dy), transposed: true)
            dx.add(-db.matmul(x, transposeRight: true).summed(to: aShape), to: 0)
            dx.add(LinearSystem.summed(db, to: bShape), to: 1)
        }
    }

    /// ``Tensor/inverse()``, with its gradient `−yᵀ·dy·yᵀ` at the result y (Giles 2008, section 2.2.3).
    public func inverse() throws -> Value {
        let y = try tensor.inverse()
        return Value.recorded(y, from: [self]) { dy, dx in
            let left = y.matmul(dy, transposeLeft: true)
            dx.add(-left.matmul(y, transposeRight: true), to: 0)
        }
    }

    /// ``Tensor/solveTriangular(_:upper:transposed:unitDiagonal:)``, with its gradient: that of ``solve(_:)``, with 0 where
    /// the matrix is not read.
    public func solveTriangular(
        _ b: Value, upper: Bool = false, transposed: Bool = false, unitDiagonal: Bool = false
    ) throws -> Value {
        let (aShape, bShape) = (shape, b.shape)
        let system = try LinearSystem(tensor, b.tensor, "solveTriangular")
        if !unitDiagonal { try system.requireDiagonal() }
        let a = system.a
        let x = a.triangleSolve(system.b, upper: upper, transposed: transposed, unitDiagonal: unitDiagonal)
        return Value.recorded(system.asGiven(x), from: [self, b]) { dy, dx in
            let db = a.triangleSolve(
                system.asMatrices(dy), upper: upper, transposed: !transposed, unitDiagonal: unitDiagonal)
            if dx.wants(0) {
                let full = transposed ? x.matmul(db, transposeRight: true) : db.matmul(x, transposeRight: true)
                let read = full.stackMapped { row, column, value in
                    (upper ? row < column : row > column) || (row == column && !unitDiagonal) ? -value : 0
                }
                dx.add(read.summed(to: aShape), to: 0)
            }
            dx.add(LinearSystem.summed(db, to: bShape), to: 1)
        }
    }

    /// ``Tensor/choleskySolve(_:upper:)``, with its gradient.
    public func choleskySolve(_ b: Value, upper: Bool = false) throws -> Value {
        let system = try LinearSystem(tensor, b.tensor, "choleskySolve")
        try system.requireDiagonal()
        // The first solution of a vector by a stack would pass for a matrix.
        let sides = system.isVector ? b.reshaped(b.shape + [1]) : b
        let y = try solveTriangular(sides, upper: upper, transposed: upper)
        let x = try solveTriangular(y, upper: upper, transposed: !upper)
        return system.isVector ? x.reshaped(Array(x.shape.dropLast())) : x
    }
}
