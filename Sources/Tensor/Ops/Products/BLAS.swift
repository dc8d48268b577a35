import CHornetKernels

/// Calls a routine of BLAS or LAPACK, once. OpenBLAS does not survive a fork meanwhile, on any thread: forks wait for it. (A
/// Keras file is read by a process of its own.) One call must not stand within another.
@inline(__always)
func blas<R>(_ routine: () throws -> R) rethrows -> R {
    hornet_begin_blas()
    defer { hornet_end_blas() }
    return try routine()
}
