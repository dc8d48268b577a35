import CHornetKernels
import COpenBLAS

/// Calls a routine of BLAS or LAPACK, once. OpenBLAS does not survive a fork meanwhile, on any thread: forks wait for it. (A
/// Keras file is read by a process of its own.) One call must not stand within another.
@inline(__always)
func blas<R>(_ routine: () throws -> R) rethrows -> R {
    hornet_begin_blas()
    defer { hornet_end_blas() }
    return try routine()
}

/// `c (+)= op(a) · op(b)` as the matrices lie in memory, row by row: `[m, k] · [k, n] → [m, n]`, by OpenBLAS.
func sgemm(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, _ transposesLeft: Bool, _ b: UnsafePointer<Float>,
    _ transposesRight: Bool, _ c: UnsafeMutablePointer<Float>, accumulates: Bool = false
) {
    blas {
        cblas_sgemm(
            CblasRowMajor, transposesLeft ? CblasTrans : CblasNoTrans, transposesRight ? CblasTrans : CblasNoTrans,
            blasint(m), blasint(n), blasint(k), 1, a, blasint(transposesLeft ? m : k), b, blasint(transposesRight ? k : n),
            accumulates ? 1 : 0, c, blasint(n))
    }
}
