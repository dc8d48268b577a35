import CHornetKernels
import COpenBLAS
import HornetSupport

/// One product of two matrices as they lie in memory: `c = op(a) · op(b)`, `[m, k] · [k, n] → [m, n]`.
///
/// Large ones are BLAS `sgemm`, or `sgemv` where one side is a vector. Of small ones a call of BLAS would be the larger part:
/// they go to our own kernel.
struct MatrixProduct {
    let m, n, k: Int
    let transposesLeft, transposesRight: Bool

    /// From the last two axes of both sides. Traps when the inner sizes differ.
    init(_ left: [Int], _ right: [Int], _ transposesLeft: Bool, _ transposesRight: Bool) {
        let (rows, columns) = (left[left.count - 2], left[left.count - 1])
        let (rows2, columns2) = (right[right.count - 2], right[right.count - 1])
        (m, k) = transposesLeft ? (columns, rows) : (rows, columns)
        n = transposesRight ? rows2 : columns2
        (self.transposesLeft, self.transposesRight) = (transposesLeft, transposesRight)
        let inner = transposesRight ? columns2 : rows2
        require(
            k == inner, "matmul",
            "\(left)\(transposesLeft ? "ᵀ" : "") · \(right)\(transposesRight ? "ᵀ" : ""): the inner sizes are \(k) and \(inner)")
    }

    var work: Int { m * n * k }
    /// BLAS is better at long sums of few columns.
    var isSmall: Bool { work <= 1 << 18 && (n >= 8 || m == 1 || n == 1 || work <= 1 << 13) }

    func run(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>) {
        if n == 1 && !transposesLeft && work <= 1 << 18 {
            // Sums of one row each: BLAS gains nothing from their being short, and threads do.
            Parallel.forEachRange(of: m, by: Swift.max(1, (1 << 15) / Swift.max(k, 1)), if: work > 1 << 16) { rows in
                for row in rows { c[row] = hornet_dot(a + row * k, b, k) }
            }
        } else if isSmall {
            runSmall(a, b, c)
        } else if m == 1 && n == 1 {
            c.pointee = MatrixProduct.dot(a, b, k)
        } else if n == 1 {
            sgemv(a, rows: transposesLeft ? k : m, columns: transposesLeft ? m : k, transposes: transposesLeft, b, c)
        } else if m == 1 {
            sgemv(b, rows: transposesRight ? n : k, columns: transposesRight ? k : n, transposes: !transposesRight, a, c)
        } else if k == 1 {
            outer(a, b, c)
        } else {
            sgemm(m, n, k, a, transposesLeft, b, transposesRight, c)
        }
    }

    /// On this thread, without BLAS.
    func runSmall(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>) {
        if n == 1 && !transposesLeft {
            for row in 0..<m { c[row] = hornet_dot(a + row * k, b, k) }
        } else if m == 1 && transposesRight {
            for column in 0..<n { c[column] = hornet_dot(b + column * k, a, k) }
        } else if n == 1 {
            // The transposed product, whose right side lies as it should.
            hornet_gemm(b, 1, 1, a, m, c, m, 1, m, k, 0)
        } else if transposesRight && k > 1 {
            withUnsafeTemporaryAllocation(of: Float.self, capacity: k * n) { turned in
                hornet_transpose(b, k, turned.baseAddress!, n, n, k)
                own(a, turned.baseAddress!, c)
            }
        } else {
            own(a, b, c)
        }
    }

    private func own(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>) {
        hornet_gemm(a, transposesLeft ? 1 : k, transposesLeft ? m : 1, b, n, c, n, m, n, k, 0)
    }

    private func sgemv(
        _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, transposes: Bool, _ x: UnsafePointer<Float>,
        _ y: UnsafeMutablePointer<Float>
    ) {
        blas {
            cblas_sgemv(
                CblasRowMajor, transposes ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns), 1, matrix,
                blasint(columns), x, 1, 0, y, 1)
        }
    }

    /// One number times a row, for each row: all threads write.
    private func outer(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>) {
        Parallel.forEachRange(of: m, by: Swift.max(1, (1 << 15) / n)) { rows in
            for row in rows { hornet_affine(b, a[row], 0, c + row * n, n) }
        }
    }

    /// Σ aᵢ·bᵢ: blocks in Float, the blocks in Double, so that rounding does not grow with `count`; cut by `count` alone.
    private static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
        let block = 1 << 12
        let blocks = (count + block - 1) / block
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: blocks) { sums in
            let sums = sums.baseAddress!
            Parallel.forEachRange(of: blocks, by: 8) { range in
                for i in range {
                    let start = i * block
                    sums[i] = hornet_dot(a + start, b + start, Swift.min(block, count - start))
                }
            }
            return Float((0..<blocks).reduce(0.0) { $0 + Double(sums[$1]) })
        }
    }
}
