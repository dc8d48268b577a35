import CHornetKernels
import HornetSupport

/// A matrix `[rowCount, width]` of which only `rows` may differ from zero: what an embedding's gradient is.
public struct RowSparse: Sendable {
    /// Distinct row numbers, in order of first use.
    public let rows: [Int32]
    /// `values[k, :]` belongs to row `rows[k]`; shape `[rows.count, width]`.
    public package(set) var values: Tensor
    public let rowCount: Int

    package init(rows: [Int32], values: Tensor, rowCount: Int) {
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
        var slots = RowSlots()
        let slotOfRow = slots.assign(rows + other.rows, rowCount: rowCount)
        var sums = Tensor.zeros([slots.rows.count, width])
        sums.scatterAdd(values, atRows: Array(slotOfRow[..<rows.count]))
        sums.scatterAdd(other.values, atRows: Array(slotOfRow[rows.count...]))
        return RowSparse(rows: slots.rows, values: sums, rowCount: rowCount)
    }
}

extension Tensor {
    /// `self[rows[i], :] += x[i, :]` in ascending `i`. The caller has checked that the rows exist.
    mutating func scatterAdd(_ x: Tensor, atRows rows: [Int32]) {
        let width = shape.last!
        withUnsafeMutableBufferPointer { table in
            x.withUnsafeBufferPointer { x in
                guard let table = table.baseAddress, let x = x.baseAddress else { return }
                hornet_scatter_add_rows(table, rows, x, rows.count, width)
            }
        }
    }
}

/// Numbers the distinct rows of a batch 0, 1, 2 … in order of first use, in time that follows the batch:
/// the table over all rows is cleared only where it was written.
package struct RowSlots {
    private var slotOfRow: [Int32] = []
    /// The distinct rows of the last batch, in order of their slots.
    package private(set) var rows: [Int32] = []

    package init() {}

    /// The slot of each id.
    package mutating func assign(_ ids: some Collection<Int32>, rowCount: Int) -> [Int32] {
        if slotOfRow.count != rowCount { slotOfRow = Array(repeating: -1, count: rowCount) }
        rows.removeAll(keepingCapacity: true)
        let slots = ids.map { id -> Int32 in
            let known = slotOfRow[Int(id)]
            if known >= 0 { return known }
            let fresh = Int32(rows.count)
            slotOfRow[Int(id)] = fresh
            rows.append(id)
            return fresh
        }
        for row in rows { slotOfRow[Int(row)] = -1 }
        return slots
    }
}
