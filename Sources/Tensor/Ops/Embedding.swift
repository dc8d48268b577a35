import CHornetKernels
import HornetSupport

extension Value {
    /// The rows of an embedding table: `ids [batch, time] → [batch, time, width]`.
    ///
    /// The gradient is row-sparse. Throws when an id is outside the table.
    package static func embedding(_ table: Parameter, ids: Indices, tape: Tape?) throws -> Value {
        try checkRange(of: ids, table)
        let (rowCount, width) = (table.shape[0], table.shape[1])
        var y = Tensor(uninitialized: ids.shape + [width])
        table.settle(rows: ids)
        table.storage.read { weights in
            ids.read { ids_ in y.write { hornet_gather_rows(weights, ids_, $0, ids.count, width) } }
        }
        return recorded(y, reading: table, on: tape) { dy, dx in
            let (slots, rows) = table.rowSlots.assign(ids, rowCount: rowCount)
            var sums = Tensor.zeros([ids.count, width])[0..<rows.count]
            sums.scatterAdd(dy, atRows: slots)
            dx.add(rows: RowSparse(rows: rows, values: sums, rowCount: rowCount), to: 0)
        }
    }

    /// ``embedding(_:ids:tape:)`` followed by the maximum over time, without the `[batch, time, width]` array
    /// between them: `[batch, time] → [batch, width]`. Throws when an id is outside the table.
    package static func embeddingMaxPool(_ table: Parameter, ids: Indices, tape: Tape?) throws -> Value {
        try checkRange(of: ids, table)
        let (rowCount, width) = (table.shape[0], table.shape[1])
        require(
            ids.rank == 2 && ids.shape[1] > 0, "embeddingMaxPool",
            "ids [batch, time] with at least one step are needed, not \(ids.shape)")
        let (batch, time) = (ids.shape[0], ids.shape[1])
        var y = Tensor(uninitialized: [batch, width])
        var winners = Indices(uninitialized: [batch, width])
        table.settle(rows: ids)
        table.storage.read { weights in
            ids.read { ids in
                y.write { y in
                    winners.write { hornet_gather_max_pool(weights, ids, y, $0, batch, time, width) }
                }
            }
        }
        let won = winners
        return recorded(y, reading: table, on: tape) { dy, dx in
            let (slots, rows) = table.rowSlots.assign(won, rowCount: rowCount)
            // No more rows win than there are tokens or winners.
            var sums = Tensor.zeros([Swift.min(ids.count, won.count), width])[0..<rows.count]
            sums.write { sums in
                slots.read { slots in
                    dy.read { dy in
                        for b in 0..<batch {
                            for w in 0..<width {
                                sums[Int(slots[b * width + w]) * width + w] += dy[b * width + w]
                            }
                        }
                    }
                }
            }
            dx.add(rows: RowSparse(rows: rows, values: sums, rowCount: rowCount), to: 0)
        }
    }

    private static func checkRange(of ids: Indices, _ table: Parameter) throws {
        let rowCount = Int32(table.shape[0])
        let bad = ids.withUnsafeBufferPointer { ids in ids.firstIndex { $0 < 0 || $0 >= rowCount } }
        guard let bad else { return }
        let width = Swift.max(ids.shape.last ?? 1, 1)
        throw HornetError(
            .data, at: table.path,
            "token id \(ids.ids[bad]) in row \(bad / width), position \(bad % width), is outside 0..<\(rowCount)",
            remedy: "Give the Embedding an inputDim above the largest id, or the Tokenizer a smaller numWords")
    }
}
