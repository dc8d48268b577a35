import CHornetKernels
import COpenBLAS
import HornetSupport

/// What `getrf` makes of square matrices `[…, n, n]`: it takes the row-major matrix for a column-major one, so these
/// are the factors `P·L·U` of the transposed matrix, and nothing is copied to and fro.
struct PivotedFactors {
    let stack: MatrixStack
    private(set) var factors: Tensor
    /// For each column the row, counted from 1, that it was swapped with.
    private(set) var pivots: Indices

    /// Throws on singular matrices unless `allowsSingular`.
    init(_ tensor: Tensor, _ stack: MatrixStack, allowsSingular: Bool = false) throws {
        try stack.requireSquare()
        self.stack = stack
        factors = tensor
        pivots = Indices(uninitialized: [stack.count * stack.rows])
        guard !stack.isEmpty else { return }
        let n = stack.n
        try factors.write { a in
            try pivots.write { pivots in
                for index in 0..<stack.count {
                    let info = blas {
                        LAPACKE_sgetrf_work(
                            LAPACK_COL_MAJOR, n, n, a + index * stack.size, n, pivots + index * stack.rows)
                    }
                    require(info >= 0, "LAPACK", "getrf refused an argument: \(info)")
                    guard info == 0 || allowsSingular else {
                        throw stack.error(
                            index, "is singular: its pivot \(info) is 0",
                            remedy: "Use leastSquares or pseudoInverse, or leave out what depends on other rows.")
                    }
                }
            }
        }
    }

    /// `self⁻¹·b`, or `self⁻ᵀ·b` where `transposed`; b is `[…, n, k]` with the same leading axes.
    func solve(_ b: Tensor, transposed: Bool = false) -> Tensor {
        let (n, k) = (stack.rows, b.shape.last!)
        guard b.count > 0 else { return b }
        // The factors are those of the transposed matrix.
        let job = CChar(letter: transposed ? "N" : "T")
        var x = b
        var columnMajor = Tensor(uninitialized: [k == 1 ? 0 : n * k])
        x.write { x in
            columnMajor.write { columns in
                reading(factors, pivots) { a, pivots in
                    for index in 0..<stack.count {
                        let x = x + index * n * k
                        // One column lies in the same way in both orders.
                        let sides = k == 1 ? x : columns
                        if k > 1 { hornet_transpose(x, k, columns, n, n, k) }
                        let info = blas {
                            LAPACKE_sgetrs_work(
                                LAPACK_COL_MAJOR, job, stack.n, blasint(k), a + index * stack.size, stack.n,
                                pivots + index * n, sides, stack.n)
                        }
                        require(info == 0, "LAPACK", "getrs refused an argument: \(info)")
                        if k > 1 { hornet_transpose(columns, n, x, k, k, n) }
                    }
                }
            }
        }
        return x
    }

    /// Whether a pivot of matrix `index` is 0.
    func isSingular(_ index: Int) -> Bool {
        determinant(index).significand == 0
    }

    /// The inverses of the matrices; anything where one is singular.
    func inverse() -> Tensor {
        guard !stack.isEmpty else { return factors }
        let n = stack.n
        var inverse = factors
        var work = Workspace(askedBy: { LAPACKE_sgetri_work(LAPACK_COL_MAJOR, n, nil, n, nil, $0, -1) })
        inverse.write { a in
            work.write { work, size in
                pivots.read { pivots in
                    for index in 0..<stack.count {
                        let info = blas {
                            LAPACKE_sgetri_work(
                                LAPACK_COL_MAJOR, n, a + index * stack.size, n, pivots + index * stack.rows, work, size)
                        }
                        require(info >= 0, "LAPACK", "getri refused an argument: \(info)")
                    }
                }
            }
        }
        return inverse
    }

    /// The determinant of matrix `index` as `significand·2^exponent`, the significand 0 or of magnitude 1 ..< 2: only
    /// the result has to be within the range of Float32, not the products on the way.
    func determinant(_ index: Int) -> (significand: Double, exponent: Int) {
        let n = stack.rows
        var (product, exponent) = (1.0, 0)
        reading(factors, pivots) { a, pivots in
            for i in 0..<n {
                // A swap of rows is a change of sign.
                let pivot = Double(a[index * stack.size + i * (n + 1)])
                product *= pivots[index * n + i] == Int32(i + 1) ? pivot : -pivot
                // Double has room for four Floats, be they as large or as small as can be.
                guard i & 3 == 3 || i == n - 1, product != 0, product.isFinite else { continue }
                exponent += Int(product.exponent)
                product = Double(signOf: product, magnitudeOf: product.significand)
            }
        }
        return (product, exponent)
    }
}
