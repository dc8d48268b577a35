import HornetTensor

extension RowSparse {
    /// Lets `optimizer` update the rows of this gradient in the table `weights` and its state; each thread has columns
    /// of its own.
    func update(
        _ weights: UnsafeMutablePointer<Float>, _ slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>,
        _ step: UpdateStep, by optimizer: Optimizer
    ) {
        let (count, width) = (rows.count, width)
        reading(values, rows) { values, rows in
            let rows = UnsafeBufferPointer(start: rows, count: count)
            Parallel.forEachColumnBlock(of: width, rows: count) { columns in
                let first = columns.lowerBound
                withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>.self, capacity: slots.count) { starts in
                    _ = starts.initialize(from: slots.lazy.map { $0 + first })
                    optimizer.update(
                        UpdateRows(
                            weights: weights + first, gradients: values + first, slots: UnsafeBufferPointer(starts),
                            rows: rows, columns: columns.count, stride: width, step: step))
                }
            }
        }
    }
}
