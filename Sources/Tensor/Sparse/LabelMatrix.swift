import HornetSupport

/// Targets as a matrix, a row for each sample and a column for each label: dense or in compressed rows.
public protocol LabelMatrix: Sendable {
    /// Rows and columns. A vector is a matrix of one column.
    var matrixShape: (rows: Int, columns: Int) { get }
    /// Calls `body` with each row's elements that may differ from zero: column and value, columns ascending.
    func forEachElement(_ body: (_ row: Int, _ column: Int, _ value: Float) -> Void)
}

extension Tensor: LabelMatrix {
    public var matrixShape: (rows: Int, columns: Int) {
        require(rank == 1 || rank == 2, "targets", "the shape \(shape) is neither a vector nor a matrix")
        return (shape[0], rank == 1 ? 1 : shape[1])
    }

    public func forEachElement(_ body: (_ row: Int, _ column: Int, _ value: Float) -> Void) {
        let columns = matrixShape.columns
        withUnsafeBufferPointer { scalars in
            for row in 0..<matrixShape.rows {
                for column in 0..<columns { body(row, column, scalars[row * columns + column]) }
            }
        }
    }
}

extension SparseMatrix: LabelMatrix {
    public var matrixShape: (rows: Int, columns: Int) { (rowCount, columnCount) }

    public func forEachElement(_ body: (_ row: Int, _ column: Int, _ value: Float) -> Void) {
        read { starts, columns, values in
            for row in 0..<rowCount {
                for k in starts[row]..<starts[row + 1] { body(row, Int(columns[k]), values[k]) }
            }
        }
    }
}

extension LabelMatrix {
    /// How many rows hold something other than zero in each column.
    public func positiveCounts() -> [Int] {
        var counts = [Int](repeating: 0, count: matrixShape.columns)
        forEachElement { _, column, value in if value != 0 { counts[column] += 1 } }
        return counts
    }
}
