/// Ways of tensors into the packed order and back.
extension SequencePacking {
    /// `[batch, time, width] → [rows, width]`: the real steps.
    func packed(_ x: Tensor) -> Rows {
        let rows = Rows(count: rowCount, width: x.shape[2])
        x.read { x in
            for (row, source) in sources.enumerated() {
                rows[row].update(from: x + source * rows.width, count: rows.width)
            }
        }
        return rows
    }

    /// `[rows, width] → [batch, time, width]`, 0 at masked steps.
    func unpacked(_ x: Tensor) -> Tensor {
        let width = x.shape[1]
        let shape = [batch, time, width]
        var result = rowCount < batch * time ? Tensor.zeros(shape) : Tensor(uninitialized: shape)
        result.write { result in
            x.read { x in
                for (row, source) in sources.enumerated() {
                    (result + source * width).update(from: x + row * width, count: width)
                }
            }
        }
        return result
    }

    /// A table of states, so far with those that the documents begin with, `[batch, units]`; zeros if `nil`.
    func stateTable(_ initial: Tensor?, units: Int) -> Rows {
        let table = Rows(count: rowCount + batch, width: units)
        for (document, row) in firstRows.enumerated() {
            if let initial {
                initial.read { table[row].update(from: $0 + document * units, count: units) }
            } else {
                table[row].update(repeating: 0, count: units)
            }
        }
        return table
    }

    /// The gradients of such a table, so far with those of the last states; zeros elsewhere.
    func stateGradients(_ last: Tensor?, units: Int) -> Rows {
        let table = Rows(.zeros([rowCount + batch, units]))
        last?.read { table[rowCount].update(from: $0, count: batch * units) }
        return table
    }
}
