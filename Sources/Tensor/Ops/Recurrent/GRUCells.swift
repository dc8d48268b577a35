import CHornetKernels

/// Both cells mix: `h′ = z·h + (1 − z)·ĥ`, the gates in Keras' order z, r, ĥ. They differ in where r acts. a is the
/// activation, σ the recurrent one.
extension RecurrentRun {
    fileprivate func mix(_ step: RecurrentStep) {
        for place in 0..<step.count {
            let (z, candidate) = (gate(0, step.kept + place), gate(2, step.kept + place))
            let (h, after) = (states[0][step.state + place], states[0][step.next[place]])
            hornet_subtract(h, candidate, after, units)
            hornet_multiply(z, after, after, units)
            hornet_add(candidate, after, after, units)
        }
    }

    /// Turns z and ĥ of a row into their gradients before their functions, and adds the gradient of h for its part in
    /// the mixture.
    fileprivate func mixBackward(_ step: RecurrentStep, _ place: Int, _ dh: Rows) {
        let (s, t, kept) = (step.scratch.row, step.scratch.otherRow, step.kept + place)
        let (z, candidate, h) = (gate(0, kept), gate(2, kept), states[0][step.state + place])
        let (dBefore, dAfter) = (dh[step.state + place], dh[step.next[place]])
        hornet_multiply(dAfter, z, s, units)
        hornet_add(dBefore, s, dBefore, units)
        hornet_subtract(dAfter, s, s, units)
        hornet_subtract(h, candidate, t, units)
        hornet_multiply(dAfter, t, t, units)
        activation.backward(candidate, s, candidate, units, input: gateInput(2, kept))
        recurrentActivation.backward(z, t, z, units, input: gateInput(0, kept))
    }
}

/// `[u_z u_r u_ĥ] = h·recurrentKernel + recurrentBias`, `z = σ(x_z + u_z)`, `r = σ(x_r + u_r)`, `ĥ = a(x_ĥ + r·u_ĥ)`.
struct GRUCell: RecurrentCell {
    private let run: RecurrentRun
    private let h: Rows
    /// u, on the way back its gradient: `[rows, 3·units]`.
    private let u: Rows

    init(_ run: RecurrentRun) {
        self.run = run
        h = run.states[0]
        u = Rows(count: run.keptRows, width: 3 * run.units)
    }

    func forward(_ step: RecurrentStep) {
        let n = run.units
        u.fill(step.kept, step.count, with: run.recurrentBias)
        run.recurrent.add(h[step.state], of: step.rows, gates: 0..<3, to: u[step.kept], scratch: step.scratch.product)
        for kept in step.kept..<step.kept + step.count {
            let (z, r, candidate) = (run.gate(0, kept), run.gate(1, kept), run.gate(2, kept))
            hornet_add(z, u[kept], z, 2 * n)
            run.recurrentActivation.apply(z, n, keeping: run.gateInput(0, kept))
            run.recurrentActivation.apply(r, n, keeping: run.gateInput(1, kept))
            hornet_multiply_add(r, u[kept] + 2 * n, candidate, n)
            run.activation.apply(candidate, n, keeping: run.gateInput(2, kept))
        }
        run.mix(step)
    }

    func backward(_ step: RecurrentStep, _ gradients: StateGradients) {
        let (n, dh, s) = (run.units, gradients.states[0], step.scratch.row)
        for place in 0..<step.count {
            run.mixBackward(step, place, dh)
            let kept = step.kept + place
            let (z, r, candidate, uCandidate) = (run.gate(0, kept), run.gate(1, kept), run.gate(2, kept), u[kept] + 2 * n)
            hornet_multiply(candidate, uCandidate, s, n)
            hornet_multiply(candidate, r, uCandidate, n)
            run.recurrentActivation.backward(r, s, r, n, input: run.gateInput(1, kept))
            u[kept].update(from: z, count: 2 * n)
        }
        gradients.recurrent.add(
            u[step.kept], of: step.rows, gates: 0..<3, to: dh[step.state], scratch: step.scratch.product)
    }

    func recurrentKernelGradient() -> Tensor { run.recurrent.kernelGradient([(h, 0..<3)], u) }
    var recurrentBiasGradient: Tensor? { run.recurrentBias.map { _ in run.packing.columnSums(u) } }
}

/// `z = σ(x_z + h·recurrentKernel_z)`, r likewise, `ĥ = a(x_ĥ + (r·h)·recurrentKernel_ĥ)`: the reset before the
/// product, as in the paper.
struct ResetBeforeGRUCell: RecurrentCell {
    private let run: RecurrentRun
    private let h: Rows
    /// r·h of each row.
    private let reset: Rows

    init(_ run: RecurrentRun) {
        self.run = run
        h = run.states[0]
        reset = Rows(count: run.keptRows, width: run.units)
    }

    func forward(_ step: RecurrentStep) {
        let (n, z, scratch) = (run.units, run.gates[step.kept], step.scratch.product)
        run.recurrent.add(h[step.state], of: step.rows, gates: 0..<2, to: z, scratch: scratch)
        for place in 0..<step.count {
            let kept = step.kept + place
            run.recurrentActivation.apply(run.gate(0, kept), n, keeping: run.gateInput(0, kept))
            run.recurrentActivation.apply(run.gate(1, kept), n, keeping: run.gateInput(1, kept))
            hornet_multiply(run.gate(1, kept), h[step.state + place], reset[kept], n)
        }
        run.recurrent.add(reset[step.kept], of: step.rows, gates: 2..<3, to: z, scratch: scratch)
        for kept in step.kept..<step.kept + step.count {
            run.activation.apply(run.gate(2, kept), n, keeping: run.gateInput(2, kept))
        }
        run.mix(step)
    }

    func backward(_ step: RecurrentStep, _ gradients: StateGradients) {
        let (n, dh, z, dReset) = (run.units, gradients.states[0], run.gates[step.kept], step.scratch.block)
        for place in 0..<step.count { run.mixBackward(step, place, dh) }
        dReset.update(repeating: 0, count: step.count * n)
        gradients.recurrent.add(z, of: step.rows, gates: 2..<3, to: dReset, scratch: step.scratch.product)
        for place in 0..<step.count {
            let (kept, before, s) = (step.kept + place, step.state + place, step.scratch.row)
            let r = run.gate(1, kept)
            hornet_multiply_add(dReset + place * n, r, dh[before], n)
            hornet_multiply(dReset + place * n, h[before], s, n)
            run.recurrentActivation.backward(r, s, r, n, input: run.gateInput(1, kept))
        }
        gradients.recurrent.add(z, of: step.rows, gates: 0..<2, to: dh[step.state], scratch: step.scratch.product)
    }

    func recurrentKernelGradient() -> Tensor {
        run.recurrent.kernelGradient([(h, 0..<2), (reset, 2..<3)], run.gates)
    }
}
