/// Ways of tensors into the packed order and back.
extension SequencePacking {
    /// `[batch, time, width] → [rows, width]`: the real steps.
    func packed(_ x: Tensor) -> Rows {
        let rows = Rows(count: rowCount, width: x.shape[2])
        x.read { x in
            forEachGroup { number in
                for row in groups[number].rows {
                    rows[row].update(from: x + sources[row] * rows.width, count: rows.width)
                }
            }
        }
        return rows
    }

    /// `[batch, time] → [rows]`
    func packed(_ ids: Indices) -> Indices {
        var result = Indices(uninitialized: [rowCount])
        result.write { result in
            ids.read { ids in
                for (row, source) in sources.enumerated() { result[row] = ids[source] }
            }
        }
        return result
    }

    /// `[rows, width] → [batch, time, width]`, 0 at masked steps.
    func unpacked(_ x: Rows) -> Tensor {
        let shape = [batch, time, x.width]
        var result = rowCount < batch * time ? Tensor.zeros(shape) : Tensor(uninitialized: shape)
        result.write { result in
            forEachGroup { number in
                for row in groups[number].rows {
                    (result + sources[row] * x.width).update(from: x[row], count: x.width)
                }
            }
        }
        return result
    }

    /// A table of states, so far with those that the documents begin with, `[batch, units]`; zeros if `nil`.
    func stateTable(_ initial: Tensor?, units: Int) -> Rows {
        let table = Rows(count: stateRowCount, width: units)
        for (document, row) in firstRows.enumerated() {
            if let initial {
                initial.read { table[row].update(from: $0 + document * units, count: units) }
            } else {
                table[row].update(repeating: 0, count: units)
            }
        }
        return table
    }

    /// The gradients of such a table, so far with those of the last states; the others are arbitrary.
    func stateGradients(_ last: Tensor?, units: Int) -> Rows {
        let table = Rows(count: stateRowCount, width: units)
        if let last {
            last.read { table[rowCount].update(from: $0, count: batch * units) }
        } else {
            table[rowCount].update(repeating: 0, count: batch * units)
        }
        return table
    }
}
