/// `h′ = a(x·kernel + h·recurrentKernel + bias)`, where a is the activation.
struct SimpleRNNCell: RecurrentCell {
    private let run: RecurrentRun
    private let h: Rows

    init(_ run: RecurrentRun) {
        self.run = run
        h = run.states[0]
    }

    func forward(_ step: RecurrentStep) {
        run.recurrent.add(
            h[step.state], of: step.rows, gates: 0..<1, to: run.gates[step.kept], scratch: step.scratch.product)
        for place in 0..<step.count {
            let z = run.gates[step.kept + place]
            run.activation.apply(z, run.units, keeping: run.gateInput(0, step.kept + place))
            h[step.next[place]].update(from: z, count: run.units)
        }
    }

    func backward(_ step: RecurrentStep, _ gradients: StateGradients) {
        let dh = gradients.states[0]
        for place in 0..<step.count {
            let z = run.gates[step.kept + place]
            run.activation.backward(z, dh[step.next[place]], z, run.units, input: run.gateInput(0, step.kept + place))
        }
        gradients.recurrent.add(
            run.gates[step.kept], of: step.rows, gates: 0..<1, to: dh[step.state], scratch: step.scratch.product)
    }

    func recurrentKernelGradient() -> Tensor { run.recurrent.kernelGradient([(h, 0..<1)], run.gates) }
}
