import CHornetKernels

/// Both cells mix: `h′ = z·h + (1 − z)·ĥ`, the gates in Keras' order z, r, ĥ. They differ in where r acts. a is the
/// activation, σ the recurrent one.
extension RecurrentRun {
    fileprivate func mix(_ row: Int) {
        let (z, candidate, h, after) = (gate(0, row), gate(2, row), states[0][row], states[0][packing.next[row]])
        hornet_subtract(h, candidate, after, units)
        hornet_multiply(z, after, after, units)
        hornet_add(candidate, after, after, units)
    }

    /// Turns z and ĥ of a row into their gradients before their functions, and adds the gradient of h for its part in
    /// the mixture.
    fileprivate func mixBackward(
        _ row: Int, _ dh: Rows, _ s: UnsafeMutablePointer<Float>, _ t: UnsafeMutablePointer<Float>
    ) {
        let (z, candidate, h, dAfter) = (gate(0, row), gate(2, row), states[0][row], dh[packing.next[row]])
        hornet_multiply(dAfter, z, s, units)
        hornet_add(dh[row], s, dh[row], units)
        hornet_subtract(dAfter, s, s, units)
        hornet_subtract(h, candidate, t, units)
        hornet_multiply(dAfter, t, t, units)
        activation.backward(candidate, s, candidate, units, input: gateInput(2, row))
        recurrentActivation.backward(z, t, z, units, input: gateInput(0, row))
    }
}

/// `[u_z u_r u_ĥ] = h·recurrentKernel + recurrentBias`, `z = σ(x_z + u_z)`, `r = σ(x_r + u_r)`, `ĥ = a(x_ĥ + r·u_ĥ)`.
struct GRUCell: RecurrentCell {
    private let run: RecurrentRun
    /// u, on the way back its gradient: `[rows, 3·units]`.
    private let u: Rows

    init(_ run: RecurrentRun) {
        self.run = run
        u = Rows(count: run.packing.rowCount, width: 3 * run.units)
    }

    func forward(_ rows: Range<Int>, _ scratch: StepScratch) {
        let n = run.units
        for row in rows {
            if let bias = run.recurrentBias {
                bias.read { u[row].update(from: $0, count: 3 * n) }
            } else {
                u[row].update(repeating: 0, count: 3 * n)
            }
        }
        run.recurrent.add(run.states[0][rows.lowerBound], of: rows, gates: 0..<3, to: u, scratch: scratch.product)
        for row in rows {
            let (z, r, candidate) = (run.gate(0, row), run.gate(1, row), run.gate(2, row))
            hornet_add(z, u[row], z, 2 * n)
            run.recurrentActivation.apply(z, n, keeping: run.gateInput(0, row))
            run.recurrentActivation.apply(r, n, keeping: run.gateInput(1, row))
            hornet_multiply_add(r, u[row] + 2 * n, candidate, n)
            run.activation.apply(candidate, n, keeping: run.gateInput(2, row))
            run.mix(row)
        }
    }

    func backward(_ rows: Range<Int>, _ gradients: [Rows], _ scratch: StepScratch) {
        let (n, dh, s) = (run.units, gradients[0], scratch.row)
        for row in rows {
            run.mixBackward(row, dh, s, scratch.otherRow)
            let (z, r, candidate, uCandidate) = (run.gate(0, row), run.gate(1, row), run.gate(2, row), u[row] + 2 * n)
            hornet_multiply(candidate, uCandidate, s, n)
            hornet_multiply(candidate, r, uCandidate, n)
            run.recurrentActivation.backward(r, s, r, n, input: run.gateInput(1, row))
            u[row].update(from: z, count: 2 * n)
        }
        run.recurrent.addInputGradient(u, of: rows, gates: 0..<3, to: dh[rows.lowerBound], scratch: scratch.product)
    }

    func recurrentKernelGradient() -> Tensor { run.recurrent.kernelGradient(run.states[0], u) }
    var recurrentBiasGradient: Tensor? { run.recurrentBias.map { _ in u.tensor.columnSums() } }
}

/// `z = σ(x_z + h·recurrentKernel_z)`, r likewise, `ĥ = a(x_ĥ + (r·h)·recurrentKernel_ĥ)`: the reset before the
/// product, as in the paper.
struct ResetBeforeGRUCell: RecurrentCell {
    private let run: RecurrentRun
    /// r·h of each row.
    private let reset: Rows

    init(_ run: RecurrentRun) {
        self.run = run
        reset = Rows(count: run.packing.rowCount, width: run.units)
    }

    func forward(_ rows: Range<Int>, _ scratch: StepScratch) {
        let (n, h) = (run.units, run.states[0])
        run.recurrent.add(h[rows.lowerBound], of: rows, gates: 0..<2, to: run.gates, scratch: scratch.product)
        for row in rows {
            run.recurrentActivation.apply(run.gate(0, row), n, keeping: run.gateInput(0, row))
            run.recurrentActivation.apply(run.gate(1, row), n, keeping: run.gateInput(1, row))
            hornet_multiply(run.gate(1, row), h[row], reset[row], n)
        }
        run.recurrent.add(reset[rows.lowerBound], of: rows, gates: 2..<3, to: run.gates, scratch: scratch.product)
        for row in rows {
            run.activation.apply(run.gate(2, row), n, keeping: run.gateInput(2, row))
            run.mix(row)
        }
    }

    func backward(_ rows: Range<Int>, _ gradients: [Rows], _ scratch: StepScratch) {
        let (n, h, dh, dReset) = (run.units, run.states[0], gradients[0], scratch.block)
        for row in rows { run.mixBackward(row, dh, scratch.row, scratch.otherRow) }
        dReset.update(repeating: 0, count: rows.count * n)
        run.recurrent.addInputGradient(run.gates, of: rows, gates: 2..<3, to: dReset, scratch: scratch.product)
        for (place, row) in rows.enumerated() {
            let r = run.gate(1, row)
            hornet_multiply_add(dReset + place * n, r, dh[row], n)
            hornet_multiply(dReset + place * n, h[row], scratch.row, n)
            run.recurrentActivation.backward(r, scratch.row, r, n, input: run.gateInput(1, row))
        }
        run.recurrent.addInputGradient(
            run.gates, of: rows, gates: 0..<2, to: dh[rows.lowerBound], scratch: scratch.product)
    }

    func recurrentKernelGradient() -> Tensor {
        let candidate = run.recurrent.kernelGradient(reset, run.gates, gates: 2..<3)
        return run.recurrent.kernelGradient(run.states[0], run.gates, gates: 0..<2, into: candidate)
    }
}
