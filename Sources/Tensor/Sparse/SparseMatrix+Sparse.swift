import HornetSupport

extension SparseMatrix {
    /// The dense product of two sparse matrices, `[m, k] · [k, n] → [m, n]`, with `bias [n]` added to each row. Its cost
    /// follows the stored values of `self` and those of the rows of `other` that they name. Traps when the inner sizes differ.
    package func matmul(_ other: SparseMatrix, adding bias: Tensor) -> Tensor {
        require(
            columnCount == other.rowCount && bias.shape == [other.columnCount], "matmul",
            "sparse \(shape) · sparse \(other.shape) + \(bias.shape) is no product with a bias")
        let width = other.columnCount
        return Tensor([rowCount, width]) { y in
            reading(bias) { bias in
                read { starts, columns, values in
                    other.read { otherStarts, otherColumns, otherValues in
                        Parallel.forEachRange(of: rowCount, by: 32) { rows in
                            for row in rows {
                                let sums = y + row * width
                                sums.update(from: bias, count: width)
                                for k in starts[row]..<starts[row + 1] {
                                    let (value, inner) = (values[k], Int(columns[k]))
                                    for j in otherStarts[inner]..<otherStarts[inner + 1] {
                                        sums[Int(otherColumns[j])] += value * otherValues[j]
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
