import CHornetKernels
import HornetTensor

/// How many rows ahead of the one at hand are asked for: a large table lies in memory, and its rows come in no order.
let rowLookahead = 4

/// Begins to bring one row of the weights and of the state into the cache.
func prefetchRow(
    _ row: Int, _ width: Int, _ weights: UnsafeMutablePointer<Float>,
    _ slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>
) {
    hornet_prefetch(weights + row * width, width)
    for slot in slots { hornet_prefetch(slot + row * width, width) }
}

extension RowSparse {
    /// Gives each row of the gradient with the same row of the weights and of the state.
    func forEachSpan(
        _ weights: UnsafeMutablePointer<Float>, _ slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>,
        _ step: UpdateStep, _ body: (_ row: Int, _ span: UpdateSpan) -> Void
    ) {
        let (count, width) = (rows.count, width)
        withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>.self, capacity: slots.count) { rowSlots in
            _ = rowSlots.initialize(from: slots)
            values.read { values in
                rows.read { rows in
                    for k in 0..<count {
                        let row = Int(rows[k])
                        prefetchRow(Int(rows[min(k + rowLookahead, count - 1)]), width, weights, slots)
                        for s in slots.indices { rowSlots[s] = slots[s] + row * width }
                        body(
                            row,
                            UpdateSpan(
                                weights: weights + row * width, gradients: values + k * width,
                                slots: UnsafeBufferPointer(rowSlots), count: width, step: step))
                    }
                }
            }
        }
    }
}
