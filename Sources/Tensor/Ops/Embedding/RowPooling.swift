import CHornetKernels

/// The maxima of a batch over the rows of its tokens, and which row won each.
struct RowPooling {
    /// `[batch, width]`
    let maxima: Tensor
    /// By stripe: the rows of the tokens, and the slot that won each maximum, `[batch, width]`; -1 where another stripe did.
    private let parts: [(rows: Indices, winners: Indices)]
    private let tokenCount: Int

    /// Throws when one of `ids [batch, time]` is outside the table.
    init(_ table: Parameter, _ ids: Indices) throws {
        let (batch, width) = (ids.shape[0], table.shape[1])
        let stripes = TableStripes(width: width)
        // Those of each stripe, one behind the other.
        var (maxima, winners) = (
            Tensor(uninitialized: [stripes.count * batch, width]), Indices(uninitialized: [stripes.count * batch, width])
        )
        var sets: [TokenSets] = []
        try maxima.write { maxima in
            try winners.write { winners in
                sets = try table.withCurrentRows(of: ids, stripes) { weights, set, stripe in
                    let first = stripe * batch * width
                    reading(set.rows, set.slots, set.starts) { rows, slots, starts in
                        hornet_gather_max_pool_sets(
                            weights, rows, slots, starts, maxima + first, winners + first, batch, width)
                    }
                }
                RowPooling.combine(sets, maxima, winners, batch: batch, width: width)
            }
        }
        self.maxima = maxima[0..<batch]
        parts = sets.enumerated().map { ($1.rows, winners[$0 * batch..<($0 + 1) * batch]) }
        tokenCount = ids.count
    }

    /// The best of all stripes become the first one's maxima.
    private static func combine(
        _ sets: [TokenSets], _ maxima: UnsafeMutablePointer<Float>, _ winners: UnsafeMutablePointer<Int32>, batch: Int,
        width: Int
    ) {
        guard sets.count > 1 else { return }
        withExtendedLifetime(sets) {
            withUnsafeTemporaryAllocation(of: hornet_pool_part.self, capacity: sets.count) { parts in
                for (stripe, set) in sets.enumerated() {
                    let first = stripe * batch * width
                    parts.initializeElement(
                        at: stripe,
                        to: hornet_pool_part(
                            slots: set.slots.array.start, positions: set.positions.array.start,
                            starts: set.starts.array.start, maxima: maxima + first, winner: winners + first))
                }
                // A sample is some 50 nanoseconds of work.
                Parallel.forEachRange(of: batch, by: 16, if: batch >= 32) { samples in
                    hornet_combine_maxima(parts.baseAddress!, sets.count, samples.lowerBound, samples.upperBound, width)
                }
            }
        }
    }

    /// The gradient of the table from `dy [batch, width]`: each element belongs to the row that won it; rows that won
    /// nothing have none.
    func gradient(_ dy: Tensor, rowCount: Int) -> RowSparse {
        let (batch, width) = (dy.shape[0], dy.shape[1])
        let isMuch = batch * width > 1 << 10
        var winning = parts.map { (rows: Indices(uninitialized: [tokenCount]), places: $0.rows, count: 0) }
        winning.withUnsafeMutableBufferPointer { winning in
            Parallel.forEachRange(of: parts.count, by: 1, if: isMuch) { range in
                for part in range { winning[part] = RowPooling.winning(parts[part].rows, parts[part].winners, tokenCount) }
            }
        }
        let starts = winning.reduce(into: [0]) { $0.append($0.last! + $1.count) }
        // Room for the worst case, so that no buffer's size changes from step to step.
        let most = Swift.min(tokenCount, batch * width)
        var rows = Indices(uninitialized: [most])
        var values = Tensor(uninitialized: [most, width])
        rows.write { rows in
            values.write { values in
                Parallel.forEachRange(of: parts.count, by: 1, if: isMuch) { range in
                    for part in range {
                        let (first, count) = (starts[part], winning[part].count)
                        reading(dy, parts[part].winners, winning[part].rows, winning[part].places) { dy, winners, own, places in
                            (rows + first).update(from: own, count: count)
                            hornet_scatter_winners(
                                dy, winners, places + 1, values + first * width, batch, count, width)
                        }
                    }
                }
            }
        }
        let count = starts.last!
        return RowSparse(rows: rows[0..<count], values: values[0..<count], rowCount: rowCount, rowCapacity: most)
    }

    /// Which of `rows` won anything, and each slot's place among those (from the element after the first on, so that
    /// the slot -1 has one too).
    private static func winning(
        _ rows: Indices, _ winners: Indices, _ tokenCount: Int
    ) -> (rows: Indices, places: Indices, count: Int) {
        var winningRows = Indices(uninitialized: [tokenCount])
        var places = Indices(uninitialized: [tokenCount + 1])
        let count = places.write { places in
            winningRows.write { winningRows in
                reading(winners, rows) { hornet_compact_winners($0, winners.count, $1, places + 1, winningRows, rows.count) }
            }
        }
        return (winningRows, places, count)
    }
}
