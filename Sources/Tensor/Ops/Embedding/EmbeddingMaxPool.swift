import CHornetKernels
import HornetSupport

extension Value {
    /// ``embedding(_:ids:tape:)`` followed by the maximum over time, without the `[batch, time, width]` array
    /// between them: `[batch, time] → [batch, width]`. Throws when an id is outside the table.
    ///
    /// A token that a sample has twice is looked at once, which changes no maximum. Each thread has columns of its own,
    /// on the way back too.
    package static func embeddingMaxPool(_ table: Parameter, ids: Indices, tape: Tape?) throws -> Value {
        require(
            ids.rank == 2 && ids.shape[1] > 0, "embeddingMaxPool",
            "ids [batch, time] with at least one step are needed, not \(ids.shape)")
        guard let tape else { return Value(try maxPooledRows(of: table, ids)) }
        let (batch, width) = (ids.shape[0], table.shape[1])
        let (slots, starts, rows) = try table.distinctSets(of: ids)
        table.settle(rows: rows)
        var winners = Indices(uninitialized: [batch, width])
        let y = Tensor([batch, width]) { y in
            winners.write { winners in
                reading(table.storage, rows, slots, starts) { table, rows, slots, starts in
                    Parallel.forEachColumnBlock(of: width, rows: Int(starts[batch])) { columns in
                        let first = columns.lowerBound
                        hornet_gather_max_pool_sets(
                            table + first, rows, slots, starts, y + first, winners + first, batch, columns.count, width)
                    }
                }
            }
        }
        let (won, rowCount) = (winners, table.shape[0])
        return recorded(y, reading: table, on: tape) { dy, dx in
            dx.add(rows: rowGradient(of: dy, won, rows, tokens: ids.count, rowCount: rowCount), to: 0)
        }
    }

    /// Each element of `dy [batch, width]` belongs to the row that won it; rows that won nothing have no gradient. Of
    /// `tokens` tokens at most as many rows are distinct: room for all, so that no buffer's size changes from step to step.
    private static func rowGradient(
        of dy: Tensor, _ winners: Indices, _ rows: Indices, tokens: Int, rowCount: Int
    ) -> RowSparse {
        let (batch, width) = (dy.shape[0], dy.shape[1])
        // From the number among the distinct rows to that among those which won.
        var places = Indices(uninitialized: [tokens])
        var winningRows = Indices(uninitialized: [tokens])
        let count = places.write { places in
            winningRows.write { winningRows in
                reading(winners, rows) { winners, rows_ in
                    hornet_compact_winners(winners, batch * width, rows_, places, winningRows, rows.count)
                }
            }
        }
        var values = Tensor(uninitialized: [Swift.min(tokens, winners.count), width])[0..<count]
        values.write { values in
            reading(dy, winners, places) { dy, winners, places in
                Parallel.forEachColumnBlock(of: width, rows: count) { columns in
                    let first = columns.lowerBound
                    hornet_scatter_winners(
                        dy + first, winners + first, places, values + first, batch, count, columns.count, width)
                }
            }
        }
        return RowSparse(rows: winningRows[0..<count], values: values, rowCount: rowCount)
    }

    /// The maximum alone, for answers.
    private static func maxPooledRows(of table: Parameter, _ ids: Indices) throws -> Tensor {
        let (batch, time, width) = (ids.shape[0], ids.shape[1], table.shape[1])
        try table.settleChecking(rows: ids)
        return Tensor([batch, width]) { y in
            reading(table.storage, ids) { table, ids in
                // Sixteen samples are some 10 microseconds of work.
                Parallel.forEachRange(of: batch, by: 16, if: batch > 32) { samples in
                    let first = samples.lowerBound
                    hornet_gather_max(table, ids + first * time, y + first * width, samples.count, time, width)
                }
            }
        }
    }
}
