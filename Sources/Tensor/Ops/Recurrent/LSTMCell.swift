import CHornetKernels

/// `[i f ĉ o] = x·kernel + h·recurrentKernel + bias`, `c′ = σ(f)·c + σ(i)·a(ĉ)`, `h′ = σ(o)·a(c′)`, where a is the
/// activation and σ the recurrent one. With tanh and sigmoid the gates are one kernel.
struct LSTMCell: RecurrentCell {
    private let run: RecurrentRun
    private let h, c: Rows
    /// a(c′) of each row.
    private let shown: Rows
    private let hasKernel: Bool

    init(_ run: RecurrentRun) {
        self.run = run
        (h, c) = (run.states[0], run.states[1])
        shown = Rows(count: run.keptRows, width: run.units)
        hasKernel = run.activation.kernel == .tanh && run.recurrentActivation.kernel == .sigmoid
    }

    func forward(_ step: RecurrentStep) {
        let z = run.gates[step.kept]
        run.recurrent.add(h[step.state], of: step.rows, gates: 0..<4, to: z, scratch: step.scratch.product)
        guard hasKernel else { return formulas(step) }
        hornet_lstm_gates(
            z, c[step.state], run.isRecorded ? shown[step.kept] : nil, step.next, h[0], c[0], step.count, run.units)
    }

    func backward(_ step: RecurrentStep, _ gradients: StateGradients) {
        let (z, dh, dc) = (run.gates[step.kept], gradients.states[0], gradients.states[1])
        if hasKernel {
            hornet_lstm_gates_backward(
                z, c[step.state], shown[step.kept], step.next, dh[0], dc[0], dc[step.state], step.count, run.units)
        } else {
            formulasBackward(step, dh, dc)
        }
        gradients.recurrent.add(z, of: step.rows, gates: 0..<4, to: dh[step.state], scratch: step.scratch.product)
    }

    private func formulas(_ step: RecurrentStep) {
        let n = run.units
        for place in 0..<step.count {
            let (kept, before, after) = (step.kept + place, step.state + place, step.next[place])
            let (i, f, g, o) = (run.gate(0, kept), run.gate(1, kept), run.gate(2, kept), run.gate(3, kept))
            run.recurrentActivation.apply(i, n, keeping: run.gateInput(0, kept))
            run.recurrentActivation.apply(f, n, keeping: run.gateInput(1, kept))
            run.activation.apply(g, n, keeping: run.gateInput(2, kept))
            run.recurrentActivation.apply(o, n, keeping: run.gateInput(3, kept))
            hornet_multiply(f, c[before], c[after], n)
            hornet_multiply_add(i, g, c[after], n)
            shown[kept].update(from: c[after], count: n)
            run.activation.apply(shown[kept], n)
            hornet_multiply(o, shown[kept], h[after], n)
        }
    }

    private func formulasBackward(_ step: RecurrentStep, _ dh: Rows, _ dc: Rows) {
        let (n, s, dg) = (run.units, step.scratch.row, step.scratch.otherRow)
        for place in 0..<step.count {
            let (kept, before, after) = (step.kept + place, step.state + place, step.next[place])
            let (i, f, g, o) = (run.gate(0, kept), run.gate(1, kept), run.gate(2, kept), run.gate(3, kept))
            // h′ = o·a(c′)
            hornet_multiply(dh[after], o, s, n)
            run.activation.backward(shown[kept], s, s, n, input: c[after])
            hornet_add(dc[after], s, dc[after], n)
            hornet_multiply(dh[after], shown[kept], s, n)
            run.recurrentActivation.backward(o, s, o, n, input: run.gateInput(3, kept))
            // c′ = f·c + i·g
            hornet_multiply(dc[after], f, dc[before], n)
            hornet_multiply(dc[after], c[before], s, n)
            run.recurrentActivation.backward(f, s, f, n, input: run.gateInput(1, kept))
            hornet_multiply(dc[after], i, dg, n)
            hornet_multiply(dc[after], g, s, n)
            run.recurrentActivation.backward(i, s, i, n, input: run.gateInput(0, kept))
            run.activation.backward(g, dg, g, n, input: run.gateInput(2, kept))
        }
    }

    func recurrentKernelGradient() -> Tensor { run.recurrent.kernelGradient([(h, 0..<4)], run.gates) }
}
