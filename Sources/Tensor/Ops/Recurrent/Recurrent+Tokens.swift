import CHornetKernels
import HornetSupport

extension Value {
    /// ``embedding(_:ids:tape:)``, a multiplication with `factors [batch, width]` at all steps (dropout), and
    /// ``recurrent(_:_:kernel:recurrentKernel:bias:initialStates:_:)`` as one node, without the `[batch, time, width]`
    /// arrays between them. `ids` are `[batch, time]`; throws when one is outside the table.
    package static func recurrent(
        _ kind: RecurrentKind, embeddings: Parameter, ids: Indices, factors: Tensor?, kernel: Value,
        recurrentKernel: Value, bias: Value?, tape: Tape?, _ arguments: RecurrentArguments
    ) throws -> (output: Value, states: [Value]) {
        guard let tape else {
            // Each distinct token is projected once.
            var numbering = RowSlots()
            try embeddings.settleChecking(rows: ids)
            let (slots, rows) = numbering.assign(ids, rowCount: embeddings.shape[0])!
            var x = Tensor(uninitialized: [rows.count, embeddings.shape[1]])
            reading(embeddings.storage, rows) { table, ids in
                x.write { hornet_gather_rows(table, ids, $0, rows.count, embeddings.shape[1]) }
            }
            let table = x.gateTable(kind, kernel: kernel.tensor, bias: bias?.tensor)
            return recurrent(
                kind, gateTable: table, ids: slots, recurrentKernel: recurrentKernel.tensor, bias: bias?.tensor,
                initialStates: [], arguments)
        }
        require(
            ids.rank == 2 && kernel.shape == [embeddings.shape[1], kind.gateCount * recurrentKernel.shape[0]], "recurrent",
            "ids \(ids.shape), embeddings \(embeddings.shape), kernel \(kernel.shape) and recurrent kernel "
                + "\(recurrentKernel.shape) do not fit")
        let walk = RecurrentWalk(
            kind, batch: ids.shape[0], time: ids.shape[1], recurrentKernel.tensor, bias?.tensor, [], isRecorded: true,
            arguments)
        let input = try TokenInput(
            embeddings, ids, factors: factors, walk.inputProduct(kernel.tensor, factors: nil), bias: walk.inputBias)
        walk.forward(input)
        // The table is read in place: its leaf stands for it.
        let leaf = embeddings.isTrainable ? tape.leaf(of: embeddings) : -1
        let table = Value(.tensor(Tensor(0)), tape: tape, node: leaf)
        let inputs = [table, kernel, recurrentKernel] + (bias.map { [$0] } ?? [])
        let results = recorded([walk.output()] + walk.lastStates, from: inputs) { dy, dx in
            walk.backward(input, dy, initialStates: 0, &dx)
            dx.add(rows: input.tableGradient(), to: 0)
        }
        return (results[0], Array(results[1...]))
    }

    /// The answer for tokens whose projections `gateTable [rows, gates·units]` holds; `ids` are within it. `bias` is only
    /// looked at for what belongs to the recurrent product.
    package static func recurrent(
        _ kind: RecurrentKind, gateTable: Tensor, ids: Indices, recurrentKernel: Tensor, bias: Tensor?,
        initialStates: [Tensor], _ arguments: RecurrentArguments
    ) -> (output: Value, states: [Value]) {
        let walk = RecurrentWalk(
            kind, batch: ids.shape[0], time: ids.shape[1], recurrentKernel, bias, initialStates, isRecorded: false,
            arguments)
        walk.forward(TableInput(gateTable, ids, walk.run.packing))
        return (Value(walk.output()), walk.lastStates.map { Value($0) })
    }

    /// The states before each of `ids [time]`, and the last: `[time + 1, units]` of each state.
    package static func recurrentStates(
        _ kind: RecurrentKind, gateTable: Tensor, ids: Indices, recurrentKernel: Tensor, bias: Tensor?,
        _ arguments: RecurrentArguments
    ) -> [Tensor] {
        var arguments = arguments
        arguments.returnSequences = true
        let walk = RecurrentWalk(
            kind, batch: 1, time: ids.count, recurrentKernel, bias, [], isRecorded: false, arguments)
        walk.forward(TableInput(gateTable, ids, walk.run.packing))
        return walk.run.states.map(\.tensor)
    }
}

extension Tensor {
    /// The input's part of the gates for each of these rows, `[rows, in] → [rows, gates·units]`.
    package func gateTable(_ kind: RecurrentKind, kernel: Tensor, bias: Tensor?) -> Tensor {
        let (inputs, columns, block) = (shape[1], kernel.shape[1], 64)
        let inputBias = bias.map { $0.rank == 2 ? $0[0..<1] : $0 }
        let table = Rows(count: shape[0], width: columns)
        reading(self, kernel) { x, kernel in
            Parallel.forEachRange(of: shape[0], by: block, if: count > 1 << 12) { rows in
                table.fill(rows.lowerBound, rows.count, with: inputBias)
                hornet_gemm(
                    x + rows.lowerBound * inputs, inputs, 1, kernel, columns, table[rows.lowerBound], columns, rows.count,
                    columns, inputs, 1)
            }
        }
        return table.tensor
    }
}
