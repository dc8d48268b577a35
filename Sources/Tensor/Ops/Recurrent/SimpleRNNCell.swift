/// `h′ = a(x·kernel + h·recurrentKernel + bias)`, where a is the activation.
struct SimpleRNNCell: RecurrentCell {
    private let run: RecurrentRun

    init(_ run: RecurrentRun) { self.run = run }

    func forward(_ rows: Range<Int>, _ scratch: StepScratch) {
        let h = run.states[0]
        run.recurrent.add(h[rows.lowerBound], of: rows, gates: 0..<1, to: run.gates, scratch: scratch.product)
        for row in rows {
            run.activation.apply(run.gates[row], run.units, keeping: run.gateInput(0, row))
            h[run.packing.next[row]].update(from: run.gates[row], count: run.units)
        }
    }

    func backward(_ rows: Range<Int>, _ gradients: [Rows], _ scratch: StepScratch) {
        let dh = gradients[0]
        for row in rows {
            run.activation.backward(
                run.gates[row], dh[run.packing.next[row]], run.gates[row], run.units, input: run.gateInput(0, row))
        }
        run.recurrent.addInputGradient(
            run.gates, of: rows, gates: 0..<1, to: dh[rows.lowerBound], scratch: scratch.product)
    }

    func recurrentKernelGradient() -> Tensor { run.recurrent.kernelGradient(run.states[0], run.gates) }
}
