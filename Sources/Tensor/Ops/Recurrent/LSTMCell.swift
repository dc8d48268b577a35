import CHornetKernels

/// `[i f ĉ o] = x·kernel + h·recurrentKernel + bias`, `c′ = σ(f)·c + σ(i)·a(ĉ)`, `h′ = σ(o)·a(c′)`, where a is the
/// activation and σ the recurrent one.
struct LSTMCell: RecurrentCell {
    private let run: RecurrentRun
    /// a(c′) of each row.
    private let shown: Rows

    init(_ run: RecurrentRun) {
        self.run = run
        shown = Rows(count: run.packing.rowCount, width: run.units)
    }

    func forward(_ rows: Range<Int>, _ scratch: StepScratch) {
        let (n, h, c) = (run.units, run.states[0], run.states[1])
        run.recurrent.add(h[rows.lowerBound], of: rows, gates: 0..<4, to: run.gates, scratch: scratch.product)
        for row in rows {
            let (i, f, g, o) = (run.gate(0, row), run.gate(1, row), run.gate(2, row), run.gate(3, row))
            let (cAfter, hAfter, shown) = (c[run.packing.next[row]], h[run.packing.next[row]], shown[row])
            run.recurrentActivation.apply(i, n, keeping: run.gateInput(0, row))
            run.recurrentActivation.apply(f, n, keeping: run.gateInput(1, row))
            run.activation.apply(g, n, keeping: run.gateInput(2, row))
            run.recurrentActivation.apply(o, n, keeping: run.gateInput(3, row))
            hornet_multiply(f, c[row], cAfter, n)
            hornet_multiply_add(i, g, cAfter, n)
            shown.update(from: cAfter, count: n)
            run.activation.apply(shown, n)
            hornet_multiply(o, shown, hAfter, n)
        }
    }

    func backward(_ rows: Range<Int>, _ gradients: [Rows], _ scratch: StepScratch) {
        let (n, c, dh, dc) = (run.units, run.states[1], gradients[0], gradients[1])
        let (s, dg) = (scratch.row, scratch.otherRow)
        for row in rows {
            let (i, f, g, o) = (run.gate(0, row), run.gate(1, row), run.gate(2, row), run.gate(3, row))
            let after = run.packing.next[row]
            // h′ = o·a(c′)
            hornet_multiply(dh[after], o, s, n)
            run.activation.backward(shown[row], s, s, n, input: c[after])
            hornet_add(dc[after], s, dc[after], n)
            hornet_multiply(dh[after], shown[row], s, n)
            run.recurrentActivation.backward(o, s, o, n, input: run.gateInput(3, row))
            // c′ = f·c + i·g
            hornet_multiply(dc[after], f, dc[row], n)
            hornet_multiply(dc[after], c[row], s, n)
            run.recurrentActivation.backward(f, s, f, n, input: run.gateInput(1, row))
            hornet_multiply(dc[after], i, dg, n)
            hornet_multiply(dc[after], g, s, n)
            run.recurrentActivation.backward(i, s, i, n, input: run.gateInput(0, row))
            run.activation.backward(g, dg, g, n, input: run.gateInput(2, row))
        }
        run.recurrent.addInputGradient(
            run.gates, of: rows, gates: 0..<4, to: dh[rows.lowerBound], scratch: scratch.product)
    }

    func recurrentKernelGradient() -> Tensor {
        run.recurrent.kernelGradient(run.states[0], run.gates)
    }
}
