import CHornetKernels

/// Runs `body` with denormal numbers taken for zero on this thread: fading momentum would otherwise end in them, and the
/// processor computes with them many times more slowly.
package func flushingDenormals<R>(_ body: () throws -> R) rethrows -> R {
    let before = hornet_flush_denormals()
    defer { hornet_restore_denormals(before) }
    return try body()
}
