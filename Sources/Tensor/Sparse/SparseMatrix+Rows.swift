import CHornetKernels
import HornetSupport

extension SparseMatrix {
    /// Neighbouring rows, sharing memory with `self`: `x[0..<32]`.
    public subscript(rows: Range<Int>) -> SparseMatrix {
        require(
            rows.lowerBound >= 0 && rows.upperBound <= rowCount, "SparseMatrix",
            "rows \(rows) are not within 0..<\(rowCount)")
        return SparseMatrix(
            rowCount: rows.count, columnCount: columnCount, starts: starts.slice(rows.lowerBound..<rows.upperBound + 1),
            columns: storedColumns, values: storedValues)
    }

    /// The rows at `indices`, in that order.
    public func gathered(_ indices: some Collection<Int>) -> SparseMatrix {
        var newStarts = NDArray<Int>(uninitialized: [indices.count + 1])
        var count = 0
        newStarts.withUnsafeMutableBufferPointer { newStarts in
            read { starts, columns, values in
                for (position, row) in indices.enumerated() {
                    require(row >= 0 && row < rowCount, "gathered", "row \(row) is not within 0..<\(rowCount)")
                    newStarts[position] = count
                    count += starts[row + 1] - starts[row]
                    // Rows in random order come from memory: all at the same time if they are asked for ahead.
                    hornet_prefetch_bytes(columns + starts[row], 4 * (starts[row + 1] - starts[row]))
                    hornet_prefetch_bytes(values + starts[row], 4 * (starts[row + 1] - starts[row]))
                }
            }
            newStarts[indices.count] = count
        }
        var newColumns = Indices(uninitialized: [count])
        var newValues = Tensor(uninitialized: [count])
        newColumns.write { newColumns in
            newValues.write { newValues in
                read { starts, columns, values in
                    var next = 0
                    for row in indices {
                        let size = starts[row + 1] - starts[row]
                        (newColumns + next).update(from: columns + starts[row], count: size)
                        (newValues + next).update(from: values + starts[row], count: size)
                        next += size
                    }
                }
            }
        }
        return SparseMatrix(
            rowCount: indices.count, columnCount: columnCount, starts: newStarts, columns: newColumns, values: newValues)
    }

    /// Rows become columns: `[rowCount, columnCount] → [columnCount, rowCount]`. What is stored is the matrix' compressed
    /// sparse column form.
    public func transposed() -> SparseMatrix {
        SparseMatrix(rowCount: columnCount, columnCount: rowCount, storedCount: storedCount) { newStarts, newColumns, newValues in
            read { starts, columns, values in
                SparseMatrix.transpose(
                    starts, columns, values, rowCount: rowCount, columnCount: columnCount, newStarts, newColumns, newValues)
            }
        }
    }

    /// Sorts by column, rows ascending within each: the form of the transpose, with `newStarts [columnCount + 1]`.
    static func transpose(
        _ starts: UnsafePointer<Int>, _ columns: UnsafePointer<Int32>, _ values: UnsafePointer<Float>, rowCount: Int,
        columnCount: Int, _ newStarts: UnsafeMutablePointer<Int>, _ newColumns: UnsafeMutablePointer<Int32>,
        _ newValues: UnsafeMutablePointer<Float>
    ) {
        newStarts.update(repeating: 0, count: columnCount + 1)
        for k in starts[0]..<starts[rowCount] { newStarts[Int(columns[k]) + 1] += 1 }
        for column in 0..<columnCount { newStarts[column + 1] += newStarts[column] }
        // Each start is moved to the end of its row, which is the start of the next one.
        for row in 0..<rowCount {
            for k in starts[row]..<starts[row + 1] {
                let column = Int(columns[k])
                let place = newStarts[column]
                newColumns[place] = Int32(truncatingIfNeeded: row)
                newValues[place] = values[k]
                newStarts[column] = place + 1
            }
        }
        for column in stride(from: columnCount, to: 0, by: -1) { newStarts[column] = newStarts[column - 1] }
        newStarts[0] = 0
    }

    /// Joins matrices below each other (axis 0; SciPy's `vstack`) or beside each other (axis 1; `hstack`). Traps when there
    /// are none, or their sizes along the other axis differ.
    public static func concatenated(_ matrices: [SparseMatrix], axis: Int = 0) -> SparseMatrix {
        require(!matrices.isEmpty, "concatenated", "there are no matrices")
        require(axis == 0 || axis == 1, "concatenated", "a matrix has no axis \(axis)")
        if matrices.count == 1 { return matrices[0] }
        let other = 1 - axis
        for matrix in matrices where matrix.shape[other] != matrices[0].shape[other] {
            trap("concatenated", "the shapes \(matrices[0].shape) and \(matrix.shape) differ along axis \(other)")
        }
        let count = matrices.reduce(0) { $0 + $1.storedCount }
        let length = matrices.reduce(0) { $0 + $1.shape[axis] }
        let (rows, width) = axis == 0 ? (length, matrices[0].columnCount) : (matrices[0].rowCount, length)
        return SparseMatrix(rowCount: rows, columnCount: width, storedCount: count) { newStarts, newColumns, newValues in
            var (next, newRow) = (0, 0)
            func append(_ row: Int, of matrix: SparseMatrix, shiftedBy shift: Int) {
                matrix.read { starts, columns, values in
                    for k in starts[row]..<starts[row + 1] {
                        newColumns[next] = columns[k] + Int32(shift)
                        newValues[next] = values[k]
                        next += 1
                    }
                }
            }
            func endRow() {
                newRow += 1
                newStarts[newRow] = next
            }
            if axis == 0 {
                for matrix in matrices {
                    for row in 0..<matrix.rowCount {
                        append(row, of: matrix, shiftedBy: 0)
                        endRow()
                    }
                }
            } else {
                for row in 0..<rows {
                    var shift = 0
                    for matrix in matrices {
                        append(row, of: matrix, shiftedBy: shift)
                        shift += matrix.columnCount
                    }
                    endRow()
                }
            }
        }
    }
}
