import HornetSupport

/// A matrix of mostly zeros in compressed sparse row form: bag-of-words counts, label sets.
///
/// Row `r` holds `values[k]` at column `columns[k]` for `k` in `rowStarts[r] ..< rowStarts[r + 1]`, the
/// columns of a row ascending and distinct, as in SciPy's canonical `csr_matrix`. A stored value may be 0.
///
/// Copies, and rows cut out by a range, share memory.
public struct SparseMatrix: Sendable {
    public let rowCount: Int
    public let columnCount: Int
    /// Where each row begins among what is stored, shape `[rowCount + 1]`. Rows cut out of a larger matrix keep its
    /// numbers: there the first is not 0.
    let starts: NDArray<Int>
    /// What is stored, in this matrix or in the larger one.
    let storedColumns: Indices
    let storedValues: Tensor

    /// Takes arrays that keep the rules of the form.
    init(rowCount: Int, columnCount: Int, starts: NDArray<Int>, columns: Indices, values: Tensor) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.starts = starts
        storedColumns = columns
        storedValues = values
    }

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
        self.init(
            rowCount: rowCount, columnCount: columnCount, starts: NDArray(rowStarts, shape: [rowStarts.count]),
            columns: Indices(columns), values: Tensor(values))
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
    public var storedCount: Int { storedRange.count }
    /// The share of the elements that is stored; 0 of no elements.
    public var density: Double {
        let count = Double(rowCount) * Double(columnCount)
        return count == 0 ? 0 : Double(storedCount) / count
    }

    /// Where each row begins among ``columns`` and ``values``, with their number at the end. A new array each time, as the
    /// other two: in a loop over rows, take them before it.
    public var rowStarts: [Int] {
        starts.withUnsafeBufferPointer { starts in starts.map { $0 - starts[0] } }
    }
    /// The column of each stored value.
    public var columns: [Int32] { storedColumns[storedRange].ids }
    /// The stored values, row by row.
    public var values: [Float] { storedValues[storedRange].scalars }

    /// The columns stored in `row`.
    public func columns(inRow row: Int) -> ArraySlice<Int32> { storedColumns[storedRange(of: row)].ids[...] }
    /// The values stored in `row`.
    public func values(inRow row: Int) -> ArraySlice<Float> { storedValues[storedRange(of: row)].scalars[...] }

    /// Whether no stored value is a NaN or an infinity.
    package var hasOnlyNumbers: Bool { storedValues[storedRange].isFinite }

    /// Which of the stored values are this matrix' own.
    var storedRange: Range<Int> { starts[flat: 0]..<starts[flat: rowCount] }

    private func storedRange(of row: Int) -> Range<Int> {
        require(row >= 0 && row < rowCount, "SparseMatrix", "row \(row) is not within 0..<\(rowCount)")
        return starts[flat: row]..<starts[flat: row + 1]
    }

    /// Reads in place: row `r` has `columns[k]` and `values[k]` for `k` in `starts[r] ..< starts[r + 1]`; `starts[0]` need
    /// not be 0.
    package func read<R>(
        _ body: (_ starts: UnsafePointer<Int>, _ columns: UnsafePointer<Int32>, _ values: UnsafePointer<Float>) -> R
    ) -> R {
        withExtendedLifetime(self) { body(starts.start, storedColumns.array.start, storedValues.array.start) }
    }
}

extension SparseMatrix: Equatable {
    /// Same shape, and the same values stored at the same places: a stored 0 differs from none.
    public static func == (a: SparseMatrix, b: SparseMatrix) -> Bool {
        a.shape == b.shape && a.rowStarts == b.rowStarts && a.storedColumns[a.storedRange] == b.storedColumns[b.storedRange]
            && a.storedValues[a.storedRange] == b.storedValues[b.storedRange]
    }
}
