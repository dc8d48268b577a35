import CHornetKernels
import HornetSupport

/// One walk of a cell through packed sequences and back. Groups are walked at the same time.
struct RecurrentWalk {
    let run: RecurrentRun
    /// The bias that belongs to the input's part of the gates.
    let inputBias: Tensor?
    private let kind: RecurrentKind
    private let packing: SequencePacking
    private let cell: any RecurrentCell
    /// Which state each place of an output of all steps shows; `nil` when the output is the last step.
    private let outputRows: [Int]?
    private let scratch: Rows

    init(
        _ kind: RecurrentKind, batch: Int, time: Int, _ recurrentKernel: Tensor, _ bias: Tensor?,
        _ initialStates: [Tensor], isRecorded: Bool, _ arguments: RecurrentArguments
    ) {
        let units = recurrentKernel.shape[0]
        require(
            recurrentKernel.shape == [units, kind.gateCount * units], "recurrent",
            "the recurrent kernel \(recurrentKernel.shape) is not [units, \(kind.gateCount)·units]")
        require(
            initialStates.isEmpty
                || initialStates.map(\.shape) == Array(repeating: [batch, units], count: kind.stateCount), "recurrent",
            "the initial states \(initialStates.map(\.shape)) are not \(kind.stateCount) of \([batch, units])")
        self.kind = kind
        let packing = SequencePacking(
            batch: batch, time: time, mask: arguments.mask, goBackwards: arguments.goBackwards,
            keepsStates: isRecorded || arguments.returnSequences)
        self.packing = packing
        // Where r acts on the recurrent product, that has a bias of its own.
        let biases = bias.map { $0.rank == 2 ? [$0[0..<1], $0[1..<2]] : [$0] } ?? []
        inputBias = biases.first
        let hasFormula = arguments.activation.kernel == nil || arguments.recurrentActivation.kernel == nil
        let keptRows = isRecorded ? packing.rowCount : packing.groups.count * SequencePacking.groupSize
        run = RecurrentRun(
            packing: packing, units: units, activation: arguments.activation,
            recurrentActivation: arguments.recurrentActivation, isRecorded: isRecorded,
            gates: Rows(count: keptRows, width: kind.gateCount * units),
            gateInputs: hasFormula && isRecorded ? Rows(count: keptRows, width: kind.gateCount * units) : nil,
            states: (0..<kind.stateCount).map { number in
                packing.stateTable(initialStates.isEmpty ? nil : initialStates[number], units: units)
            },
            recurrent: GateProduct(
                kernel: recurrentKernel, gates: kind.gateCount, factors: arguments.recurrentFactors, packing: packing),
            recurrentBias: biases.count == 2 ? biases[1] : nil)
        cell = kind.cell(run)
        outputRows = arguments.returnSequences
            ? packing.outputRows(reversed: arguments.reversesOutput, zeroMasked: arguments.zeroOutputForMask) : nil
        let factorInputs = arguments.inputFactors?.shape[2] ?? 0
        scratch = Rows(count: packing.groups.count, width: StepScratch.size(units, inputs: factorInputs))
    }

    /// The product of the input with its kernel.
    func inputProduct(_ kernel: Tensor, factors: Tensor?) -> GateProduct {
        GateProduct(kernel: kernel, gates: kind.gateCount, factors: factors, packing: packing)
    }

    func forward(_ input: some RecurrentInput) {
        packing.forEachGroup { number in
            input.begin(number)
            forEachStep(of: number, backwards: false) { step in
                input.fill(step, run.gates)
                cell.forward(step)
            }
        }
    }

    /// Turns the gates into their gradients, from those of the output and of the last states, where there are any, and
    /// adds the gradients of all inputs but the first: kernel, recurrent kernel, bias, initial states.
    func backward(
        _ input: some RecurrentInput, _ dResults: [Tensor?], initialStates: Int, _ dx: inout Cotangents
    ) {
        let states = dResults[1...].map { packing.stateGradients($0, units: run.units) }
        if let dOutput = dResults[0] { add(dOutput, to: states[0]) }
        let gradients = StateGradients(states: states, recurrent: GateProduct.Back(run.recurrent))
        packing.forEachGroup { number in
            input.beginBackward(number)
            forEachStep(of: number, backwards: true) { step in
                if outputRows == nil || dResults[0] == nil { states[0].fill(step.state, step.count, with: nil) }
                cell.backward(step, gradients)
                input.collect(step, run.gates)
            }
        }
        dx.add(input.kernelGradient(run.gates), to: 1)
        dx.add(cell.recurrentKernelGradient(), to: 2)
        if inputBias != nil { dx.add(biasGradient(input), to: 3) }
        for number in 0..<initialStates {
            dx.add(states[number].tensor.gathered(packing.firstRows), to: (inputBias == nil ? 3 : 4) + number)
        }
    }

    private func biasGradient(_ input: some RecurrentInput) -> Tensor {
        let sums = input.biasGradient(run.gates)
        guard let recurrent = cell.recurrentBiasGradient else { return sums }
        return Tensor.concatenated([sums, recurrent]).reshaped([2, sums.count])
    }

    private func forEachStep(of number: Int, backwards: Bool, _ body: (RecurrentStep) -> Void) {
        let group = packing.groups[number]
        let scratch = StepScratch(scratch[number], units: run.units)
        packing.next.withUnsafeBufferPointer { next in
            let gates = run.gates
            var row = backwards ? group.rows.upperBound : group.rows.lowerBound
            func visit(_ running: Int) {
                if backwards { row -= running }
                // The gates of the next step come while this one's product is at work.
                let coming = backwards ? max(row - running, group.rows.lowerBound) : row + running
                if run.isRecorded, coming < group.rows.upperBound {
                    hornet_prefetch(gates[coming], running * gates.width)
                }
                let state = packing.keepsStates ? row : group.documents.lowerBound
                body(
                    RecurrentStep(
                        rows: row..<row + running, kept: run.isRecorded ? row : number * SequencePacking.groupSize,
                        state: state, next: next.baseAddress! + state, scratch: scratch))
                if !backwards { row += running }
            }
            if backwards { group.active.reversed().forEach(visit) } else { group.active.forEach(visit) }
        }
    }

    // MARK: Output

    var lastStates: [Tensor] {
        run.states.map { states in
            packing.keepsStates
                ? states.tensor[packing.rowCount..<packing.rowCount + packing.batch]
                : states.tensor.gathered(packing.lastRows)
        }
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

    /// The gradient of the output joins that of the states that it shows.
    private func add(_ dOutput: Tensor, to dh: Rows) {
        if outputRows != nil { dh.fill(0, packing.rowCount, with: nil) }
        let rows = outputRows ?? packing.lastRows
        dOutput.read { dy in
            for (place, row) in rows.enumerated() where row >= 0 {
                hornet_add(dh[row], dy + place * run.units, dh[row], run.units)
            }
        }
    }
}
