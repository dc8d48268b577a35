import CHornetKernels

/// The rows of a matrix in blocks whose bounds depend on the number of rows alone: what is summed over blocks, in their
/// order, has the same bits for any number of threads.
struct RowBlocks {
    let rows, width: Int
    private static let size = 128

    private var count: Int { (rows + RowBlocks.size - 1) / RowBlocks.size }

    /// Runs `body` on the rows of each block, at the same time where that pays; `scratch` has room for a row.
    func forEach(_ body: (_ block: Int, _ rows: Range<Int>, _ scratch: UnsafeMutablePointer<Float>) -> Void) {
        Parallel.forEachRange(of: rows, by: RowBlocks.size, if: rows * width > 1 << 14) { range in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: Swift.max(width, 1)) {
                body(range.lowerBound / RowBlocks.size, range, $0.baseAddress!)
            }
        }
    }

    /// The sum over all blocks of what `add` adds to `sums` rows of zeros, each `width` long.
    func summed(
        _ sums: Int,
        _ add: (_ rows: Range<Int>, _ sum: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>) -> Void
    ) -> Tensor {
        var parts = Tensor.zeros([count, sums * width])
        let start = parts.write { $0 }
        forEach { block, rows, scratch in add(rows, start + block * sums * width, scratch) }
        return parts.columnSums().reshaped([sums, width])
    }
}
