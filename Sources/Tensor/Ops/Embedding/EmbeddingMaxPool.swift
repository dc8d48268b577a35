import CHornetKernels
import HornetSupport

extension Value {
    /// ``embedding(_:ids:tape:)`` followed by the maximum over time, without the `[batch, time, width]` array
    /// between them: `[batch, time] → [batch, width]`. Throws when an id is outside the table.
    ///
    /// A token that a sample has twice is looked at once, which changes no maximum. Each thread takes the maxima over the
    /// rows of its stripe, and the best of them win.
    package static func embeddingMaxPool(_ table: Parameter, ids: Indices, tape: Tape?) throws -> Value {
        require(
            ids.rank == 2 && ids.shape[1] > 0, "embeddingMaxPool",
            "ids [batch, time] with at least one step are needed, not \(ids.shape)")
        guard let tape else { return Value(try maxPooledRows(of: table, ids)) }
        let pooling = try RowPooling(table, ids)
        let (rowCount, y) = (table.shape[0], pooling.maxima)
        return recorded(y, reading: table, on: tape) { dy, dx in
            dx.add(rows: pooling.gradient(dy, rowCount: rowCount), to: 0)
        }
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
