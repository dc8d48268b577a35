import HornetSupport

extension Value {
    /// The product with a weight, read in place: `[…, in] · [in, out] → […, out]`.
    ///
    /// Of sparse rows only the weight's rows that they name are read, and its gradient has these alone, so that a step costs
    /// what is stored, whatever the number of columns. `tape` is where to record; `nil` for answers. Traps when the inner
    /// sizes differ.
    public func matmul(_ weight: Parameter, on tape: Tape?) -> Value {
        linear(kernel: weight, bias: nil, activation: .linear, on: tape)
    }

    /// A dense layer as one node: `activation(self · kernel + bias)`.
    package func linear(kernel: Parameter, bias: Value?, activation: FusedActivation, on tape: Tape?) -> Value {
        guard case .sparse(let rows) = content else {
            return linear(kernel: tape?.value(of: kernel) ?? Value(kernel.value), bias: bias, activation: activation)
        }
        return rows.linear(kernel: kernel, bias: bias, activation: activation, on: tape)
    }
}

extension SparseMatrix {
    fileprivate func linear(kernel: Parameter, bias: Value?, activation: FusedActivation, on tape: Tape?) -> Value {
        require(
            kernel.shape.count == 2 && columnCount == kernel.shape[0], "linear",
            "sparse \(shape) · \(kernel.shape) is no matrix product")
        let named = storedColumns[storedRange]
        let wantsKernel = tape != nil && kernel.isTrainable
        let distinct = wantsKernel ? kernel.distinctRows(named: named) : nil
        kernel.settle(rows: distinct?.rows ?? named)

        let (rowCount, outputs) = (self.rowCount, kernel.shape[1])
        let biasTensor = bias?.tensor
        let y = Tensor([rowCount, outputs]) { y in
            kernel.storage.read { kernel in
                SparseProduct(self, width: outputs).run(kernel, y) { first, rows in
                    activation.apply(biasTensor, first, rows: rows, columns: outputs)
                }
            }
        }
        return Value.recorded(y, reading: kernel, and: bias.map { [$0] } ?? [], on: tape) { dy, dx in
            let dz = activation.backward(y, dy)
            if let distinct { dx.add(rows: rowGradient(dz, distinct, rowCount: kernel.shape[0]), to: 0) }
            if bias != nil { dx.add(dz.columnSums(), to: 1) }
        }
    }

    /// `selfᵀ · dz` in the rows that are not zero by form: those of `distinct`, the columns that are stored here.
    private func rowGradient(_ dz: Tensor, _ distinct: (slots: Indices, rows: Indices), rowCount: Int) -> RowSparse {
        let (count, width) = (storedCount, dz.shape[1])
        let touched = distinct.rows.count
        // Rooms for the worst case, so that no buffer's size follows the number of distinct columns.
        var starts = NDArray<Int>(uninitialized: [count + 1])
        var (samples, factors) = (Indices(uninitialized: [count]), Tensor(uninitialized: [count]))
        starts.withUnsafeMutableBufferPointer { starts in
            samples.write { samples in
                factors.write { factors in
                    read { ownStarts, _, values in
                        distinct.slots.read { slots in
                            // The slots are numbered from the first value of this matrix.
                            SparseMatrix.transpose(
                                ownStarts, slots - ownStarts[0], values, rowCount: self.rowCount, columnCount: touched,
                                starts.baseAddress!, samples, factors)
                        }
                    }
                }
            }
        }
        let columns = SparseMatrix(
            rowCount: touched, columnCount: self.rowCount, starts: starts.slice(0..<touched + 1), columns: samples,
            values: factors)
        var sums = Tensor(uninitialized: [count, width])
        sums.write { sums in dz.read { SparseProduct(columns, width: width).run($0, sums) } }
        return RowSparse(rows: distinct.rows, values: sums[0..<touched], rowCount: rowCount, rowCapacity: count)
    }
}

extension Parameter {
    /// The distinct rows among `rows`, which exist, and the number of each one's row among them.
    fileprivate func distinctRows(named rows: Indices) -> (slots: Indices, rows: Indices) {
        rowSlots.assign(rows, rowCount: shape[0])!
    }
}
