import CHornetKernels
import HornetSupport

/// The kinds of recurrent cells.
package enum RecurrentKind: Sendable, Equatable {
    case simple, lstm
    /// With `resetAfter` the reset gate acts on `h·recurrentKernel`, and the bias is `[2, 3·units]`; else on h.
    case gru(resetAfter: Bool)

    package var gateCount: Int {
        switch self {
        case .simple: 1
        case .lstm: 4
        case .gru: 3
        }
    }

    /// h, and for LSTM c.
    package var stateCount: Int { self == .lstm ? 2 : 1 }

    fileprivate func cell(_ run: RecurrentRun) -> any RecurrentCell {
        switch self {
        case .simple: SimpleRNNCell(run)
        case .lstm: LSTMCell(run)
        case .gru(let resetAfter): resetAfter ? GRUCell(run) : ResetBeforeGRUCell(run)
        }
    }
}

/// How a recurrent cell walks through its input.
package struct RecurrentArguments {
    package var activation = CellActivation.tanh
    package var recurrentActivation = CellActivation.sigmoid
    /// 0 where a step is padding, `[batch, time]`.
    package var mask: Tensor?
    /// Whether each sequence is read from its end.
    package var goBackwards = false
    /// Whether the output has every step, in the order in which they were read, or only the last.
    package var returnSequences = false
    /// Whether the output's steps are turned round.
    package var reversesOutput = false
    /// Whether the output is 0 at masked steps, instead of what it was at the step before.
    package var zeroOutputForMask = false
    /// What x and h are multiplied with on their way to each gate, `[gates, batch, in]` and `[gates, batch, units]`.
    package var inputFactors, recurrentFactors: Tensor?

    package init() {}
}

extension Value {
    /// A recurrent layer over whole sequences, as one node.
    ///
    /// `x [batch, time, in]`, `kernel [in, gates·units]`, `recurrentKernel [units, gates·units]`, `bias [gates·units]`;
    /// `initialStates [batch, units]` each, else 0. Gives the h of each step `[batch, time, units]` or of the last one
    /// `[batch, units]`, and the last states. Only the steps that the mask leaves are computed.
    package static func recurrent(
        _ kind: RecurrentKind, _ x: Value, kernel: Value, recurrentKernel: Value, bias: Value?,
        initialStates: [Value] = [], _ arguments: RecurrentArguments
    ) -> (output: Value, states: [Value]) {
        let walk = RecurrentWalk(
            kind, x.tensor, kernel.tensor, recurrentKernel.tensor, bias?.tensor, initialStates.map(\.tensor), arguments)
        walk.forward()
        let inputs = [x, kernel, recurrentKernel] + (bias.map { [$0] } ?? []) + initialStates
        let results = recorded([walk.output()] + walk.lastStates, from: inputs) { dy, dx in
            let gradients = walk.backward(dy[0], Array(dy[1...]))
            dx.add(walk.inputGradient(), to: 0)
            dx.add(walk.kernelGradient(), to: 1)
            dx.add(walk.cell.recurrentKernelGradient(), to: 2)
            if bias != nil { dx.add(walk.biasGradient(), to: 3) }
            for number in initialStates.indices {
                dx.add(walk.initialGradient(gradients[number]), to: inputs.count - initialStates.count + number)
            }
        }
        return (results[0], Array(results[1...]))
    }
}

/// One walk of a cell through packed sequences and back.
private struct RecurrentWalk {
    private let kind: RecurrentKind
    private let packing: SequencePacking
    private let run: RecurrentRun
    let cell: any RecurrentCell
    /// The packed input, `[rows, in]`.
    private let x: Rows
    private let input: GateProduct
    /// Which state each place of an output of all steps shows; `nil` when the output is the last step.
    private let outputRows: [Int]?
    private let scratch: Rows

    init(
        _ kind: RecurrentKind, _ x: Tensor, _ kernel: Tensor, _ recurrentKernel: Tensor, _ bias: Tensor?,
        _ initialStates: [Tensor], _ arguments: RecurrentArguments
    ) {
        let units = recurrentKernel.shape[0]
        require(
            x.rank == 3 && kernel.shape == [x.shape[2], kind.gateCount * units]
                && recurrentKernel.shape == [units, kind.gateCount * units], "recurrent",
            "x \(x.shape), kernel \(kernel.shape) and recurrent kernel \(recurrentKernel.shape) do not fit")
        require(
            initialStates.isEmpty
                || initialStates.map(\.shape) == Array(repeating: [x.shape[0], units], count: kind.stateCount), "recurrent",
            "the initial states \(initialStates.map(\.shape)) are not \(kind.stateCount) of \([x.shape[0], units])")
        self.kind = kind
        let packing = SequencePacking(
            batch: x.shape[0], time: x.shape[1], mask: arguments.mask, goBackwards: arguments.goBackwards)
        self.packing = packing
        self.x = packing.packed(x)
        input = GateProduct(
            kernel: kernel, gates: kind.gateCount, factors: arguments.inputFactors, packing: packing)
        // Where r acts on the recurrent product, that has a bias of its own.
        let biases = bias.map { $0.rank == 2 ? [$0[0..<1], $0[1..<2]] : [$0] } ?? []
        let gates = input.projected(self.x, bias: biases.first.map { $0.reshaped([kernel.shape[1]]) })
        let hasFormula = arguments.activation.kernel == nil || arguments.recurrentActivation.kernel == nil
        run = RecurrentRun(
            packing: packing, units: units, activation: arguments.activation,
            recurrentActivation: arguments.recurrentActivation, gates: gates,
            gateInputs: hasFormula ? Rows(count: packing.rowCount, width: gates.width) : nil,
            states: (0..<kind.stateCount).map { number in
                packing.stateTable(initialStates.isEmpty ? nil : initialStates[number], units: units)
            },
            recurrent: GateProduct(
                kernel: recurrentKernel, gates: kind.gateCount, factors: arguments.recurrentFactors, packing: packing),
            recurrentBias: biases.count == 2 ? biases[1] : nil)
        cell = kind.cell(run)
        outputRows = arguments.returnSequences
            ? packing.outputRows(reversed: arguments.reversesOutput, zeroMasked: arguments.zeroOutputForMask) : nil
        scratch = Rows(count: packing.groups.count, width: StepScratch.size(units))
    }

    func forward() {
        for (number, group) in packing.groups.enumerated() {
            let scratch = StepScratch(scratch[number], units: run.units)
            var row = group.rows.lowerBound
            for running in group.active {
                cell.forward(row..<row + running, scratch)
                row += running
            }
        }
    }

    /// Turns the gates into their gradients, from the gradients of the output and of the last states, where there are
    /// any. Gives the gradients of the states.
    func backward(_ dOutput: Tensor?, _ dStates: [Tensor?]) -> [Rows] {
        let gradients = dStates.map { packing.stateGradients($0, units: run.units) }
        if let dOutput { add(dOutput, to: gradients[0]) }
        for (number, group) in packing.groups.enumerated() {
            let scratch = StepScratch(scratch[number], units: run.units)
            var row = group.rows.upperBound
            for running in group.active.reversed() {
                row -= running
                cell.backward(row..<row + running, gradients, scratch)
            }
        }
        return gradients
    }

    // MARK: Output

    var lastStates: [Tensor] {
        run.states.map { $0.tensor[packing.rowCount..<packing.rowCount + packing.batch] }
    }

    func output() -> Tensor {
        guard let outputRows else { return lastStates[0] }
        var y = Tensor(uninitialized: [packing.batch, packing.time, run.units])
        y.write { y in
            for (place, row) in outputRows.enumerated() {
                let target = y + place * run.units
                if row < 0 {
                    target.update(repeating: 0, count: run.units)
                } else {
                    target.update(from: run.states[0][row], count: run.units)
                }
            }
        }
        return y
    }

    private func add(_ dOutput: Tensor, to dh: Rows) {
        let rows = outputRows ?? (0..<packing.batch).map { packing.rowCount + $0 }
        dOutput.read { dy in
            for (place, row) in rows.enumerated() where row >= 0 {
                hornet_add(dh[row], dy + place * run.units, dh[row], run.units)
            }
        }
    }

    // MARK: Gradients, once the gates hold theirs

    /// `[batch, time, in]`, 0 at masked steps.
    func inputGradient() -> Tensor { packing.unpacked(input.inputGradient(run.gates)) }
    func kernelGradient() -> Tensor { input.kernelGradient(x, run.gates) }

    func biasGradient() -> Tensor {
        let sums = run.gates.tensor.columnSums()
        guard let recurrent = cell.recurrentBiasGradient else { return sums }
        return Tensor.concatenated([sums, recurrent]).reshaped([2, sums.count])
    }

    func initialGradient(_ gradient: Rows) -> Tensor { gradient.tensor.gathered(packing.firstRows) }
}
