import HornetSupport

/// A matrix of mostly zeros in compressed sparse row form: bag-of-words counts, label sets.
///
/// Row `r` holds `values[k]` at column `columns[k]` for `k` in `rowStarts[r] ..< rowStarts[r + 1]`, the
/// columns of a row ascending and distinct, as in SciPy's canonical `csr_matrix`.
public struct SparseMatrix: Sendable, Equatable {
    public let rowCount: Int
    public let columnCount: Int
    public let rowStarts: [Int]
    public let columns: [Int32]
    public let values: [Float]

    /// Takes the three arrays as they are. Throws when they break a rule of the form.
    public init(
        rowCount: Int, columnCount: Int, rowStarts: [Int], columns: [Int32], values: [Float]
    ) throws {
        func refuse(_ problem: String) -> HornetError { HornetError(.shape, at: "SparseMatrix", problem) }
        guard rowCount >= 0, columnCount >= 0, rowStarts.count == rowCount + 1 else {
            throw refuse("\(rowStarts.count) row starts for \(rowCount) rows; there must be one more than rows")
        }
        guard rowStarts.first == 0, rowStarts.last == columns.count, columns.count == values.count else {
            throw refuse(
                "row starts end at \(rowStarts.last ?? 0), with \(columns.count) columns and \(values.count) values")
        }
        for row in 0..<rowCount {
            guard rowStarts[row] <= rowStarts[row + 1], rowStarts[row + 1] <= columns.count else {
                throw refuse("row starts descend at row \(row)")
            }
            var last: Int32 = -1
            for column in columns[rowStarts[row]..<rowStarts[row + 1]] {
                guard column > last, column < columnCount else {
                    throw refuse(
                        "row \(row) has column \(column) after \(last); columns ascend within 0..<\(columnCount)")
                }
                last = column
            }
        }
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.rowStarts = rowStarts
        self.columns = columns
        self.values = values
    }

    /// One row an element: ascending distinct columns, all with the value 1. Traps when they are not.
    public init(ones rows: some Collection<[Int32]>, columnCount: Int) {
        var starts = [0]
        var columns: [Int32] = []
        for row in rows {
            columns += row
            starts.append(columns.count)
        }
        do {
            try self.init(
                rowCount: rows.count, columnCount: columnCount, rowStarts: starts, columns: columns,
                values: Array(repeating: 1, count: columns.count))
        } catch { trap("SparseMatrix", "\(error)") }
    }

    /// `[rowCount, columnCount]`.
    public var shape: [Int] { [rowCount, columnCount] }
    /// The number of stored values.
    public var storedCount: Int { values.count }

    /// The columns stored in `row`.
    public func columns(inRow row: Int) -> ArraySlice<Int32> { columns[rowStarts[row]..<rowStarts[row + 1]] }
    /// The values stored in `row`.
    public func values(inRow row: Int) -> ArraySlice<Float> { values[rowStarts[row]..<rowStarts[row + 1]] }

    /// The dense twin, shape `[rowCount, columnCount]`.
    public var dense: Tensor { dense(rows: 0..<rowCount) }

    /// The rows at `indices` as a dense tensor `[indices.count, columnCount]`.
    public func dense(rows indices: some Collection<Int>) -> Tensor {
        var result = Tensor(NDArray(repeating: 0, shape: [indices.count, columnCount]))
        result.withUnsafeMutableBufferPointer { target in
            for (position, row) in indices.enumerated() {
                for k in rowStarts[row]..<rowStarts[row + 1] {
                    target[position * columnCount + Int(columns[k])] = values[k]
                }
            }
        }
        return result
    }
}
