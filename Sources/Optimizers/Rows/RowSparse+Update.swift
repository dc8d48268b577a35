import HornetTensor

extension RowSparse {
    /// Lets `optimizer` update the rows of this gradient in the table `weights` and its state; each thread has the rows
    /// of its stripe, for which `before` is run first and `after` at last.
    func update(
        _ weights: UnsafeMutablePointer<Float>, _ slots: UnsafeBufferPointer<UnsafeMutablePointer<Float>>,
        _ step: UpdateStep, by optimizer: Optimizer, before: (UnsafeBufferPointer<Int32>) -> Void = { _ in },
        after: (UnsafeBufferPointer<Int32>) -> Void = { _ in }
    ) {
        let stripes = TableStripes(width: width)
        Parallel.forEachRange(of: stripes.count, by: 1, if: values.count > 1 << 13) { range in
            for stripe in range {
                let own = rows(of: stripe, stripes)
                reading(values, own.rows, own.places) { values, rows, places in
                    let rows = UnsafeBufferPointer(start: rows, count: own.rows.count)
                    before(rows)
                    optimizer.update(
                        UpdateRows(
                            weights: weights, gradients: values, slots: slots, rows: rows,
                            places: UnsafeBufferPointer(start: places, count: rows.count), width: width, step: step))
                    after(rows)
                }
            }
        }
    }

    /// The rows that belong to a stripe, and their places among all.
    private func rows(of stripe: Int, _ stripes: TableStripes) -> (rows: Indices, places: Indices) {
        // Room for all, so that no buffer's size changes from step to step.
        var (own, places) = (Indices(uninitialized: [rowCapacity]), Indices(uninitialized: [rowCapacity]))
        var count = 0
        own.write { own in
            places.write { places in
                rows.read { rows in
                    for k in 0..<self.rows.count where stripes.stripe(of: rows[k]) == stripe {
                        own[count] = rows[k]
                        places[count] = Int32(k)
                        count += 1
                    }
                }
            }
        }
        return (own[0..<count], places[0..<count])
    }
}
