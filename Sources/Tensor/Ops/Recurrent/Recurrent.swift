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

    func cell(_ run: RecurrentRun) -> any RecurrentCell {
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
        require(
            x.rank == 3 && kernel.shape == [x.shape[2], kind.gateCount * recurrentKernel.shape[0]], "recurrent",
            "x \(x.shape), kernel \(kernel.shape) and recurrent kernel \(recurrentKernel.shape) do not fit")
        let inputs = [x, kernel, recurrentKernel] + (bias.map { [$0] } ?? []) + initialStates
        let walk = RecurrentWalk(
            kind, batch: x.shape[0], time: x.shape[1], recurrentKernel.tensor, bias?.tensor,
            initialStates.map(\.tensor), isRecorded: inputs.contains { $0.isRecorded }, arguments)
        let input = PackedInput(
            x.tensor, walk.inputProduct(kernel.tensor, factors: arguments.inputFactors), bias: walk.inputBias)
        walk.forward(input)
        let results = recorded([walk.output()] + walk.lastStates, from: inputs) { dy, dx in
            walk.backward(input, dy, initialStates: initialStates.count, &dx)
            dx.add(input.inputGradient(walk.run.gates), to: 0)
        }
        return (results[0], Array(results[1...]))
    }
}
