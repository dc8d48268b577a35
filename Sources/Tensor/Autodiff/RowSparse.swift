import CHornetKernels
import HornetSupport

/// A matrix `[rowCount, width]` of which only `rows` may differ from zero: what an embedding's gradient is.
public struct RowSparse: Sendable {
    /// Distinct row numbers, in order of first use; shape `[touched]`.
    public let rows: Indices
    /// `values[k, :]` belongs to row `rows[k]`; shape `[touched, width]`.
    public package(set) var values: Tensor
    public let rowCount: Int

    package init(rows: Indices, values: Tensor, rowCount: Int, rowCapacity: Int? = nil) {
        require(
            values.rank == 2 && values.shape[0] == rows.count, "RowSparse",
            "\(rows.count) rows with values of shape \(values.shape)")
        self.rows = rows
        self.values = values
        self.rowCount = rowCount
        self.rowCapacity = rowCapacity ?? rows.count
    }

    public var width: Int { values.shape[1] }

    /// At least the number of rows, and the same in every step: the size of buffers for them.
    package let rowCapacity: Int

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
        guard let (slotOfRow, distinct) = slots.assign(both, rowCount: rowCount) else {
            trap("RowSparse", "a row is outside 0..<\(rowCount)")
        }
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
