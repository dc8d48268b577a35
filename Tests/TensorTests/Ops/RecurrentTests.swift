import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// The recurrent operation: gradients by differences, dropout factors against Keras, and that padding costs nothing.
@Suite struct RecurrentTests {
    static let kinds: [(name: String, kind: RecurrentKind)] = [
        ("lstm", .lstm), ("gru", .gru(resetAfter: true)), ("gru reset before", .gru(resetAfter: false)),
        ("simple", .simple),
    ]
    static let names = kinds.map(\.name)

    private func kind(_ name: String) -> RecurrentKind { RecurrentTests.kinds.first { $0.name == name }!.kind }

    /// x, kernel, recurrent kernel, bias, initial states.
    private func inputs(_ kind: RecurrentKind, _ batch: Int, _ time: Int, _ width: Int, _ units: Int) -> [Tensor] {
        let columns = kind.gateCount * units
        let bias = kind == .gru(resetAfter: true) ? [2, columns] : [columns]
        let shapes = [[batch, time, width], [width, columns], [units, columns], bias]
            + Array(repeating: [batch, units], count: kind.stateCount)
        return shapes.enumerated().map { Tensor.random($1, seed: UInt64($0 + 1), scale: 0.6) }
    }

    private func run(
        _ kind: RecurrentKind, _ v: [Value], _ arguments: RecurrentArguments
    ) -> (output: Value, states: [Value]) {
        Value.recurrent(
            kind, v[0], kernel: v[1], recurrentKernel: v[2], bias: v[3], initialStates: Array(v[4...]), arguments)
    }

    private static let mask: Tensor = [
        [1, 0, 1, 1], [0, 0, 0, 0], [1, 1, 1, 1], [0, 0, 1, 1], [1, 0, 0, 0], [0, 1, 0, 1], [0, 1, 1, 1], [1, 1, 1, 0],
        [0, 0, 0, 1],
    ]

    /// Everything at once, so that a gradient that is forgotten shows: output and states count.
    private func everything(_ kind: RecurrentKind, _ arguments: RecurrentArguments) -> ([Value]) -> Value {
        { v in
            let (output, states) = run(kind, v, arguments)
            return states.reduce(output.reshaped([output.tensor.count])) { whole, state in
                Value.concatenated([whole, state.reshaped([state.tensor.count])])
            }
        }
    }

    @Test(arguments: names) func gradients(_ name: String) throws {
        let kind = kind(name)
        for (batch, time, width, units) in [(1, 1, 1, 1), (3, 4, 2, 3), (9, 4, 3, 2)] {
            for sequences in [false, true] {
                for backwards in [false, true] {
                    var arguments = RecurrentArguments()
                    arguments.returnSequences = sequences
                    arguments.goBackwards = backwards
                    arguments.reversesOutput = backwards && batch == 3
                    if batch == 9 {
                        arguments.mask = RecurrentTests.mask
                        arguments.zeroOutputForMask = backwards
                    }
                    var check = GradientCheck()
                    check.elementLimit = 24
                    try checkGradient(
                        of: inputs(kind, batch, time, width, units), "\(name) \(batch) \(sequences) \(backwards)",
                        check: check, everything(kind, arguments))
                }
            }
        }
    }

    @Test(arguments: names) func gradientsThroughFormulasAndDropout(_ name: String) throws {
        let kind = kind(name)
        var arguments = RecurrentArguments()
        arguments.mask = RecurrentTests.mask
        arguments.returnSequences = true
        arguments.activation = CellActivation(kernel: nil) { $0 / ($0.squared() + 1) }
        arguments.recurrentActivation = CellActivation(kernel: nil) { $0.softmax() }
        arguments.inputFactors = .random([kind.gateCount, 9, 3], in: 0.2..<1.5, seed: 7)
        arguments.recurrentFactors = .random([kind.gateCount, 9, 2], in: 0.2..<1.5, seed: 8)
        var check = GradientCheck()
        check.elementLimit = 24
        try checkGradient(of: inputs(kind, 9, 4, 3, 2), name, check: check, everything(kind, arguments))
    }

    /// The check notices a gradient that is off in one place: here the mask of the way forward is not that of the way
    /// back.
    @Test(arguments: names) func theGradientCheckCanFail(_ name: String) throws {
        let kind = kind(name)
        let problem = try GradientCheck().mismatch(of: inputs(kind, 9, 4, 3, 2)) { v in
            var arguments = RecurrentArguments()
            arguments.mask = RecurrentTests.mask
            let right = run(kind, v, arguments).output
            arguments.mask = nil
            let wrong = run(kind, v, arguments).output
            // The value of one with the gradient of the other.
            return wrong + Value(right.tensor - wrong.tensor)
        }
        #expect(problem != nil)
    }

    @Test func dropoutFactorsFollowKeras() throws {
        for golden in try Fixture.json("recurrent.json").member("dropout").array() {
            let name = try golden.member("name").string()
            let kind = kind(name.hasSuffix(" recurrent") ? String(name.dropLast(" recurrent".utf8.count)) : name)
            let tape = Tape()
            let weights = try golden.member("weights").tensors()
            let inputs = ([try golden.member("x").tensor()] + weights).map(tape.variable)
            var arguments = RecurrentArguments()
            arguments.mask = try golden.member("mask").tensor()
            arguments.returnSequences = true
            arguments.inputFactors = try golden.optional("input_factors")?.tensor()
            arguments.recurrentFactors = try golden.member("recurrent_factors").tensor()
            let y = run(kind, inputs, arguments).output
            expectClose(y.tensor, try golden.member("y").tensors()[0], absolute: 3e-6, name)
            tape.backward(from: (y * Value(try golden.member("dy").tensors()[0])).sum())
            let expected = [try golden.member("dx").tensor()] + (try golden.member("gradients").tensors())
            for (input, gradient) in zip(inputs, expected) {
                expectClose(tape.gradient(at: input), gradient, absolute: 3e-6, name)
            }
        }
    }

    // MARK: Padding

    /// Every mask gives the results of the same documents without their masked steps, each computed alone.
    @Test(arguments: names, [false, true]) func paddingChangesNothing(_ name: String, _ backwards: Bool) throws {
        let kind = kind(name)
        let (batch, time) = (21, 7)
        let all = inputs(kind, batch, time, 3, 5)
        let mask = Tensor.random([batch, time], in: 0..<1, seed: 5).thresholded(above: 0.5)
        var arguments = RecurrentArguments()
        arguments.goBackwards = backwards
        func results(_ inputs: [Tensor], _ arguments: RecurrentArguments) -> (y: [Tensor], gradients: [Tensor]) {
            let tape = Tape()
            let leaves = inputs.map(tape.variable)
            let (output, states) = run(kind, leaves, arguments)
            tape.backward(from: (output * output).sum() + states.reduce(Value(Tensor(0))) { $0 + ($1 * $1).sum() })
            return (([output] + states).map(\.tensor), leaves.map(tape.gradient(at:)))
        }
        var masked = arguments
        masked.mask = mask
        let whole = results(all, masked)
        var sums = all[1...3].map { Tensor.zeros($0.shape) }
        for document in 0..<batch {
            let real = (0..<time).filter { mask[document, $0] != 0 }
            var alone = all
            alone[0] = all[0][document..<document + 1].reshaped([time, 3]).gathered(real).reshaped([1, real.count, 3])
            for state in 4..<all.count { alone[state] = all[state][document..<document + 1] }
            let single = results(alone, arguments)
            let row = document..<document + 1
            for (a, b) in zip(whole.y, single.y) { expectClose(a[row], b, relative: 1e-5, absolute: 1e-6) }
            for i in 0..<3 { sums[i] += single.gradients[i + 1] }
            for (place, position) in real.enumerated() {
                expectClose(
                    whole.gradients[0][row].reshaped([time, 3])[position..<position + 1],
                    single.gradients[0].reshaped([real.count, 3])[place..<place + 1], relative: 1e-5, absolute: 1e-6)
            }
            for state in 4..<all.count {
                expectClose(whole.gradients[state][row], single.gradients[state], relative: 1e-5, absolute: 1e-6)
            }
        }
        for i in 0..<3 { expectClose(whole.gradients[i + 1], sums[i], relative: 1e-5, absolute: 3e-5) }
    }

    @Test func packingHoldsTheRealStepsAlone() {
        var random = RandomSource(seed: 3)
        for _ in 0..<200 {
            let (batch, time) = (random.integer(below: 30), random.integer(below: 9))
            let share = Float(random.integer(below: 5)) / 4
            let mask = Tensor.uniform([batch, time], low: 0, high: 1, using: &random) .< share
            let backwards = random.integer(below: 2) == 1
            let packing = SequencePacking(batch: batch, time: time, mask: mask, goBackwards: backwards)
            #expect(packing.rowCount == mask.scalars.count { $0 != 0 })
            #expect(packing.groups.map(\.documents.count).reduce(0, +) == batch)
            #expect(packing.groups.allSatisfy { $0.documents.count <= SequencePacking.groupSize })
            // Rows that are computed, group by group and step by step: each once.
            #expect(packing.groups.reduce(0) { $0 + $1.active.reduce(0, +) } == packing.rowCount)
            #expect(packing.groups.allSatisfy { $0.rows.count == $0.active.reduce(0, +) })
            #expect(packing.groups.allSatisfy { $0.active == $0.active.sorted(by: >) })
            #expect(Set(packing.sources).count == packing.rowCount)
            // Following a document from its first row to its last state meets its real steps in order.
            for document in 0..<batch {
                var row = packing.firstRows[document]
                var met: [Int] = []
                while row < packing.rowCount {
                    #expect(packing.document(of: row) == document)
                    met.append(packing.sources[row] - document * time)
                    row = packing.next[row]
                }
                #expect(row == packing.rowCount + document)
                let real = (0..<time).filter { mask[document, $0] != 0 }
                #expect(met == (backwards ? real.reversed() : real))
            }
        }
        let all = SequencePacking(batch: 20, time: 5, mask: nil, goBackwards: false)
        #expect(all.rowCount == 100 && all.groups.map(\.documents.count) == [8, 8, 4])
        #expect(all.groups.map(\.active) == [[8, 8, 8, 8, 8], [8, 8, 8, 8, 8], [4, 4, 4, 4, 4]])
    }

    @Test func trapsOnWhatDoesNotFit() async {
        await #expect(processExitsWith: .failure) {
            _ = SequencePacking(batch: 2, time: 3, mask: .ones([2, 2]), goBackwards: false)
        }
        await #expect(processExitsWith: .failure) {
            _ = Value.recurrent(
                .lstm, Value(.ones([1, 2, 3])), kernel: Value(.ones([3, 8])), recurrentKernel: Value(.ones([2, 6])),
                bias: nil, RecurrentArguments())
        }
    }
}
