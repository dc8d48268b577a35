import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// States: what a layer of one's own gets and gives, against Keras; and what a model says to layers with several
/// results.
@Suite struct RecurrentStateTests {
    private func inference() -> Pass { .inference() }

    /// Holds results and gradients of `run` against a case of `recurrent.json`.
    private func check(
        _ name: String, _ layer: Layer, sourceLocation: SourceLocation = #_sourceLocation,
        _ run: (_ x: Value, _ states: [Value], _ pass: Pass) -> [Value]
    ) throws {
        let cases = try Fixture.json("recurrent.json").member("states").array()
        let found = try cases.first { try $0.member("name").string() == name }
        let golden = try #require(found, sourceLocation: sourceLocation)
        let x = try golden.member("x").tensor()
        /// As a layer that contains this one would build it.
        final class Outer: Layer {
            let inner: Layer
            init(_ inner: Layer) { self.inner = inner; super.init() }
            override func build(inputShape: Shape) throws -> Shape { try build(inner, inputShape: inputShape) }
        }
        let outer = Outer(layer)
        _ = try outer.build(inputShape: [nil, nil, x.shape[2]], random: RandomSource(seed: 1))
        let weights = try golden.member("weights").tensors()
        for (parameter, value) in zip(outer.parameters, weights) { parameter.value = value }

        let tape = Tape()
        let input = tape.variable(x)
        let states = try golden.member("states").tensors().map(tape.variable)
        let mask = try golden.optional("mask")?.tensor()
        let pass = Pass(tape: tape, isTraining: false, random: RandomSource(seed: 1))
        let results = run(input.masked(by: mask), states, pass)
        func expect(_ actual: [Tensor], _ key: String) throws {
            let expected = try golden.member(key).tensors()
            #expect(actual.count == expected.count, "\(name), \(key)", sourceLocation: sourceLocation)
            for (a, b) in zip(actual, expected) {
                expectClose(a, b, absolute: 3e-6, "\(name), \(key)", sourceLocation: sourceLocation)
            }
        }
        try expect(results.map(\.tensor), "y")
        let losses = zip(results, try golden.member("dy").tensors()).map { ($0 * Value($1)).sum() }
        tape.backward(from: losses.dropFirst().reduce(losses[0], +))
        try expect(outer.parameters.compactMap { tape.gradient(of: $0)?.dense }, "gradients")
        try expect(states.map(tape.gradient(at:)), "state_gradients")
        expectClose(
            tape.gradient(at: input), try golden.member("dx").tensor(), absolute: 3e-6, "\(name), dx",
            sourceLocation: sourceLocation)
    }

    @Test(arguments: RecurrentCellOfTests.allCases, [false, true])
    func statesFollowKeras(_ cell: RecurrentCellOfTests, _ backwards: Bool) throws {
        for sequences in [false, true] {
            for suffix in ["", " holes"] {
                let name = cell.rawValue + (sequences ? " sequences" : "") + (backwards ? " backwards" : "") + suffix
                let layer = cell.layer(returnSequences: sequences, goBackwards: backwards)
                try check(name, layer) { x, states, pass in
                    let (output, last) = layer.outputAndStates(x, initialState: states, pass)
                    return [output] + last
                }
            }
        }
    }

    @Test func bothDirections() throws {
        let merged = Bidirectional(LSTM(2, returnSequences: true, returnState: true))
        try check("bidirectional concat", merged) { x, states, pass in
            let (output, last) = merged.outputAndStates(x, initialState: states, pass)
            return [output] + last
        }
        let apart = Bidirectional(LSTM(2, returnSequences: true, returnState: true), mergeMode: nil)
        try check("bidirectional None", apart) { x, states, pass in
            let (forward, backward, last) = apart.directions(x, initialState: states, pass)
            return [forward, backward] + last
        }
    }

    @Test func theComparisonCanFail() {
        withKnownIssue {
            let layer = LSTM(3)
            try check("lstm", layer) { x, states, pass in
                let (output, last) = layer.outputAndStates(x, initialState: states.reversed(), pass)
                return [output] + last
            }
        }
    }

    /// Half a sequence, then the other half from where the first ended.
    @Test(arguments: RecurrentCellOfTests.allCases) func statesCarryOn(_ cell: RecurrentCellOfTests) throws {
        let layer = cell.layer(5, returnSequences: true)
        _ = try layer.build(inputShape: [nil, nil, 2], random: RandomSource(seed: 3))
        let x = Value(Tensor.random([10, 8, 2]))
        let whole = layer.outputAndStates(x, inference())
        let first = layer.outputAndStates(x.sliced(0..<3, axis: 1), inference())
        let second = layer.outputAndStates(x.sliced(3..<8, axis: 1), initialState: first.states, inference())
        expectClose(Tensor.concatenated([first.output.tensor, second.output.tensor], axis: 1), whole.output.tensor)
        for (a, b) in zip(second.states, whole.states) { expectClose(a.tensor, b.tensor) }
        expectClose(whole.states[0].tensor, whole.output.tensor.sliced(7..<8, axis: 1).reshaped([10, 5]))
    }

    @Test func aModelRefusesSeveralResults() throws {
        let layers: [(Layer, String)] = [
            (LSTM(2, returnState: true, name: "reader"), "layer reader (LSTM): it gives its states"),
            (Bidirectional(GRU(2, returnState: true)), "it gives the states of its layers"),
            (Bidirectional(GRU(2), mergeMode: nil), "it gives two outputs"),
        ]
        for (layer, text) in layers {
            let error = try #require(throws: HornetError.self) {
                try layer.build(inputShape: [nil, 3, 2], random: RandomSource(seed: 1))
            }
            #expect(error.kind == .configuration && "\(error)".contains(text), "\(error)")
            #expect(layer.parameters.isEmpty)
        }
    }

    @Test func trapsOnStatesThatDoNotFit() async {
        await #expect(processExitsWith: .failure) {
            let layer = LSTM(2)
            _ = try layer.build(inputShape: [nil, 3, 2], random: RandomSource(seed: 1))
            _ = layer.outputAndStates(Value(.ones([1, 3, 2])), initialState: [Value(.ones([1, 2]))], .inference())
        }
        await #expect(processExitsWith: .failure) { _ = Bidirectional(LSTM(2, goBackwards: true)) }
        await #expect(processExitsWith: .failure) {
            _ = Bidirectional(LSTM(2), backwardLayer: LSTM(2, returnSequences: true, goBackwards: true))
        }
        await #expect(processExitsWith: .failure) {
            let layer = Bidirectional(LSTM(2), mergeMode: nil)
            _ = try layer.forward(Value(.ones([1, 3, 2])), .inference())
        }
    }
}
