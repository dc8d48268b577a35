import CHornetKernels

/// Some columns of some rows of a table, with their gradients and state: what an optimizer updates where a gradient is
/// row-sparse. All arrays with columns have rows that lie ``stride`` floats apart.
public struct UpdateRows {
    /// The first of the columns in the first row of the table.
    public let weights: UnsafeMutablePointer<Float>
    /// Row `k` belongs to row `rows[k]` of the table.
    public let gradients: UnsafePointer<Float>
    /// One array for each name of ``Optimizer/slotGroups``, like ``weights``.
    public let slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>
    /// Distinct rows of the table.
    public let rows: UnsafeBufferPointer<Int32>
    /// How many columns.
    public let columns: Int
    public let stride: Int
    public let step: UpdateStep

    /// The columns of each row, as weights that lie together.
    public func forEachSpan(_ body: (UpdateSpan) -> Void) {
        withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>.self, capacity: slots.count) { rowSlots in
            _ = rowSlots.initialize(from: slots)
            for k in rows.indices {
                prefetchRow(Int(rows[Swift.min(k + rowLookahead, rows.count - 1)]))
                let start = Int(rows[k]) * stride
                for s in slots.indices { rowSlots[s] = slots[s] + start }
                body(
                    UpdateSpan(
                        weights: weights + start, gradients: gradients + k * stride,
                        slots: UnsafeBufferPointer(rowSlots), count: columns, step: step))
            }
        }
    }

    /// Begins to bring one row of the weights and of the state into the cache.
    private func prefetchRow(_ row: Int) {
        hornet_prefetch(weights + row * stride, columns)
        for slot in slots { hornet_prefetch(slot + row * stride, columns) }
    }
}

/// How many rows ahead of the one at hand are asked for: a large table lies in memory, and its rows come in no order.
private let rowLookahead = 4
