import CHornetKernels

/// Which rows of a table belong to which thread, in every operation of a step: what a thread wrote is then still in its
/// cache when it comes back.
///
/// Stripes take turns by granules of whole pages: a processor fetches the neighbours of what it reads, and with finer
/// stripes it would take them from the other thread's cache. No result depends on the number of stripes.
package struct TableStripes: Equatable, Sendable {
    /// How many; a power of two.
    package let count: Int
    private let granuleBits: Int
    private let countBits: Int

    package init(width: Int) {
        let mostStripes = 8
        countBits = TableStripes.floorLog2(Swift.min(Parallel.threadCount, mostStripes))
        count = 1 << countBits
        // At least the rows whose bookkeeping, an Int32 each, fills a cache line.
        let page = 4096
        granuleBits = TableStripes.floorLog2(Swift.max(16, page / (4 * Swift.max(width, 1))))
    }

    private static func floorLog2(_ value: Int) -> Int { Int.bitWidth - 1 - value.leadingZeroBitCount }

    @inline(__always)
    package func stripe(of row: Int32) -> Int { (Int(row) >> granuleBits) & (count - 1) }

    /// One of them, for the kernels.
    func kernelStripe(_ stripe: Int) -> hornet_stripe {
        hornet_stripe(stripe: Int32(stripe), count_bits: Int32(countBits), granule_bits: Int32(granuleBits))
    }

    /// Room for numbering the rows of one stripe of a table of `rowCount` rows.
    func places(rowCount: Int) -> Int { (rowCount >> (granuleBits + countBits) + 1) << granuleBits }
}
