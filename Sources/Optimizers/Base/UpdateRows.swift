import CHornetKernels

/// Some rows of a table, with their gradients and state: what an optimizer updates where a gradient is row-sparse.
public struct UpdateRows {
    /// The table, `[*, width]`.
    public let weights: UnsafeMutablePointer<Float>
    /// `[*, width]`
    public let gradients: UnsafePointer<Float>
    /// One array like ``weights`` for each name of ``Optimizer/slotGroups``.
    public let slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>
    /// Distinct rows of the table.
    public let rows: UnsafeBufferPointer<Int32>
    /// The row of ``gradients`` that belongs to each of ``rows``.
    public let places: UnsafeBufferPointer<Int32>
    public let width: Int
    public let step: UpdateStep

    /// Each row, as weights that lie together.
    public func forEachSpan(_ body: (UpdateSpan) -> Void) {
        withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>.self, capacity: slots.count) { rowSlots in
            _ = rowSlots.initialize(from: slots)
            for k in rows.indices {
                prefetchRow(Int(rows[Swift.min(k + rowLookahead, rows.count - 1)]))
                let start = Int(rows[k]) * width
                for s in slots.indices { rowSlots[s] = slots[s] + start }
                body(
                    UpdateSpan(
                        weights: weights + start, gradients: gradients + Int(places[k]) * width,
                        slots: UnsafeBufferPointer(rowSlots), count: width, step: step))
            }
        }
    }

    /// Begins to bring one row of the weights and of the state into the cache.
    private func prefetchRow(_ row: Int) {
        hornet_prefetch(weights + row * width, width)
        for slot in slots { hornet_prefetch(slot + row * width, width) }
    }
}

/// How many rows ahead of the one at hand are asked for: a large table lies in memory, and its rows come in no order.
private let rowLookahead = 4
