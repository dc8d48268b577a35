import CHornetKernels
import HornetSupport

/// A matrix `[rowCount, width]` of which only `rows` may differ from zero: what an embedding's gradient is.
public struct RowSparse: Sendable {
    /// Distinct row numbers, in order of first use; shape `[touched]`.
    public let rows: Indices
    /// `values[k, :]` belongs to row `rows[k]`; shape `[touched, width]`.
    public package(set) var values: Tensor
    public let rowCount: Int

    package init(rows: Indices, values: Tensor, rowCount: Int) {
        require(
            values.rank == 2 && values.shape[0] == rows.count, "RowSparse",
            "\(rows.count) rows with values of shape \(values.shape)")
        self.rows = rows
        self.values = values
        self.rowCount = rowCount
    }

    public var width: Int { values.shape[1] }

    /// The dense twin, `[rowCount, width]`.
    public var dense: Tensor { added(to: Tensor.zeros([rowCount, width])) }

    func added(to full: Tensor) -> Tensor {
        var full = full
        full.scatterAdd(values, atRows: rows)
        return full
    }

    func merged(with other: RowSparse) -> RowSparse {
        let both = Indices(rows.ids + other.rows.ids)
        var slots = RowSlots()
        let (slotOfRow, distinct) = slots.assign(both, rowCount: rowCount)
        var sums = Tensor.zeros([distinct.count, width])
        sums.scatterAdd(values, atRows: slotOfRow[0..<rows.count])
        sums.scatterAdd(other.values, atRows: slotOfRow[rows.count..<both.count])
        return RowSparse(rows: distinct, values: sums, rowCount: rowCount)
    }
}

extension Tensor {
    /// `self[rows[i], :] += x[i, :]` in ascending `i`. The caller has checked that the rows exist.
    mutating func scatterAdd(_ x: Tensor, atRows rows: Indices) {
        let width = shape.last!
        write { table in
            x.read { x in rows.read { hornet_scatter_add_rows(table, $0, x, rows.count, width) } }
        }
    }
}

/// Numbers the distinct rows of a batch 0, 1, 2 … in order of first use, in time that follows the batch:
/// the table over all rows is cleared only where it was written.
package struct RowSlots {
    private var slotOfRow: [Int32] = []

    package init() {}

    /// The slot of each id, in the shape of `ids`, and the distinct ids in order of their slots. The ids are within
    /// `0 ..< rowCount`: the caller has checked.
    package mutating func assign(_ ids: Indices, rowCount: Int) -> (slots: Indices, rows: Indices) {
        if slotOfRow.count != rowCount { slotOfRow = Array(repeating: -1, count: rowCount) }
        let count = ids.count
        var slots = Indices(uninitialized: ids.shape)
        // Room for the worst case, so that the buffer's size does not change from batch to batch.
        var rows = Indices(uninitialized: [count])
        var distinct = 0
        slotOfRow.withUnsafeMutableBufferPointer { table in
            ids.read { ids in
                slots.write { slots in
                    rows.write { rows in
                        for i in 0..<count {
                            let id = Int(ids[i])
                            if table[id] < 0 {
                                table[id] = Int32(distinct)
                                rows[distinct] = ids[i]
                                distinct += 1
                            }
                            slots[i] = table[id]
                        }
                        for k in 0..<distinct { table[Int(rows[k])] = -1 }
                    }
                }
            }
        }
        return (slots, rows[0..<distinct])
    }
}
