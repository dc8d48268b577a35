import CHornetKernels

/// One matrix product as layers need it, on pointers: `c (+)= op(a)·b`, `[m, k]·[k, n] → [m, n]`.
///
/// Products that fit the caches, as those of most layers do, go to our own kernel, cut for all threads; it has the same
/// bits however it is cut. Larger ones go to `sgemm` with OpenBLAS' own threads.
struct Product {
    let m: Int
    let n: Int
    let k: Int
    /// Whether `a` lies transposed, `[k, m]`.
    var transposesLeft = false
    /// Whether to add to `c` rather than to write it.
    var accumulates = false

    private static let largest = 1 << 27

    /// Above some 2 microseconds of work.
    private var isWorthThreads: Bool { m * n * k > 1 << 17 }
    var fitsCaches: Bool { m * n * k <= Product.largest }

    func run(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>) {
        guard m > 0, n > 0 else { return }
        guard fitsCaches else {
            return sgemm(m, n, k, a, transposesLeft, b, false, c, accumulates: accumulates)
        }
        forEachRange { rows in run(a, b, c, rows: rows) }
    }

    /// The rows of `c` that each thread should have: whole tiles of the kernel; all of them where threads gain nothing.
    func forEachRange(_ body: (Range<Int>) -> Void) {
        let (tile, threads) = (8, Parallel.threadCount)
        let size = ((m + threads - 1) / threads + tile - 1) / tile * tile
        Parallel.forEachRange(of: m, by: isWorthThreads ? size : Swift.max(m, 1), body)
    }

    /// Some rows of `c`, on this thread.
    func run(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, rows: Range<Int>
    ) {
        let (row, step) = transposesLeft ? (1, m) : (k, 1)
        hornet_gemm(
            a + rows.lowerBound * row, row, step, b, n, c + rows.lowerBound * n, n, rows.count, n, k, accumulates ? 1 : 0)
    }
}
