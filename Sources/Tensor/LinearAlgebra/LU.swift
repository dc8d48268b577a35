import CHornetKernels
import COpenBLAS
import HornetSupport

/// The factors of `p·l·u` with partial pivoting.
public struct LUFactors: Sendable {
    /// A permutation matrix, `[…, m, m]`.
    public let p: Tensor
    /// A lower triangle with ones on its diagonal, `[…, m, k]`; k = min(m, n).
    public let l: Tensor
    /// An upper triangle, `[…, k, n]`.
    public let u: Tensor
}

extension Tensor {
    /// The factors `self = p·l·u` of matrices `[…, m, n]`, rows swapped so that no element of l is larger than 1.
    /// Singular matrices have zeros on the diagonal of u.
    ///
    /// Throws when an element is not finite. To solve systems see ``solve(_:)``. LAPACK `getrf`; `scipy.linalg.lu`.
    public func lu() throws -> LUFactors {
        let stack = try MatrixStack(self, "lu")
        let (m, n, k) = (stack.rows, stack.columns, stack.rank)
        var (p, l) = (Tensor.zeros(stack.batch + [m, m]), Tensor.zeros(stack.batch + [m, k]))
        var (u, columnMajor) = (Tensor.zeros(stack.batch + [k, n]), Tensor(uninitialized: [stack.size]))
        var pivots = [blasint](repeating: 0, count: k)
        columnMajor.write { a in
            for index in 0..<stack.count {
                read { hornet_transpose($0 + index * stack.size, n, a, m, m, n) }
                // It goes on past a pivot of 0.
                if k > 0 { _ = blas { LAPACKE_sgetrf_work(LAPACK_COL_MAJOR, stack.m, stack.n, a, stack.m, &pivots) } }
                p.write { p in
                    var order = Array(0..<m)
                    for (row, pivot) in pivots.enumerated() { order.swapAt(row, Int(pivot) - 1) }
                    for (column, row) in order.enumerated() { p[index * m * m + row * m + column] = 1 }
                }
                l.write { l in
                    for row in 0..<m {
                        let l = l + (index * m + row) * k
                        for column in 0..<Swift.min(row, k) { l[column] = a[column * m + row] }
                        if row < k { l[row] = 1 }
                    }
                }
                u.write { u in
                    for row in 0..<k {
                        for column in row..<n { u[(index * k + row) * n + column] = a[column * m + row] }
                    }
                }
            }
        }
        return LUFactors(p: p, l: l, u: u)
    }
}
