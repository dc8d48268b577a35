import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// An embedding joined with the recurrent layer behind it gives what the layers give one after the other.
@Suite(.serialized) struct EmbeddedRecurrentTests {
    private struct Model {
        let layers: [Layer]
        let joint: Layer
        let weights: [Parameter]

        init(_ cell: RecurrentCellOfTests, maskZero: Bool, spatial: Float?, recurrent: RecurrentLayer? = nil) throws {
            let embedding = Embedding(inputDim: 12, outputDim: 5, maskZero: maskZero, embeddingsInitializer: .uniform(-1, 1))
            let dropout = spatial.map { SpatialDropout1D($0) }
            layers = [embedding] + (dropout.map { [$0] } ?? []) + [recurrent ?? cell.layer(6)]
            var shape: Shape = [nil, 9]
            for (number, layer) in layers.enumerated() {
                shape = try layer.build(inputShape: shape, random: RandomSource(seed: UInt64(number)))
            }
            weights = layers.flatMap(\.parameters)
            for weight in weights where weight.role == "bias" { weight.value = .random(weight.shape, seed: 5, scale: 0.3) }
            joint = try #require(layers.dropFirst().reduce(layers[0]) { $0?.fused(with: $1) })
        }

        struct Results {
            let output: Tensor
            let gradients: [Tensor]
        }

        func train(_ ids: Indices, joint isJoint: Bool) throws -> Results {
            let tape = Tape()
            let pass = Pass(tape: tape, isTraining: true, random: RandomSource(seed: 3))
            let run = isJoint ? [joint] : layers
            let y = try run.reduce(Value(ids)) { try $1.forward($0, pass) }
            tape.backward(from: (y * Value(.random(y.shape, seed: 8))).sum())
            return Results(output: y.tensor, gradients: weights.map { tape.gradient(of: $0)!.dense })
        }
    }

    /// Many tokens twice and more, padding at the beginning, a document of padding alone, more than two groups.
    private static let ids: Indices = {
        var ids = Indices.random([19, 9], below: 12, seed: 4).ids
        for document in 0..<19 {
            for step in 0..<document % 10 { ids[document * 9 + step] = 0 }
        }
        return Indices(ids, shape: [19, 9])
    }()

    private func expectSame(_ a: Model.Results, _ b: Model.Results, _ what: String) {
        expectClose(a.output, b.output, relative: 1e-5, absolute: 2e-6, what)
        for (a, b) in zip(a.gradients, b.gradients) { expectClose(a, b, relative: 1e-5, absolute: 2e-5, what) }
    }

    @Test(arguments: RecurrentCellOfTests.allCases) func trainsLikeItsParts(_ cell: RecurrentCellOfTests) throws {
        for maskZero in [false, true] {
            for spatial in [nil, Float(0.4)] {
                for recurrent in [
                    cell.layer(6), cell.layer(6, returnSequences: true, goBackwards: true), cell.layer(6, dropout: 0.3),
                    cell.layer(6, recurrentDropout: 0.3), cell.layer(6, useBias: false, dropout: 0.3, recurrentDropout: 0.3),
                ] {
                    let model = try Model(cell, maskZero: maskZero, spatial: spatial, recurrent: recurrent)
                    let parts = try model.train(Self.ids, joint: false)
                    expectSame(
                        try model.train(Self.ids, joint: true), parts,
                        "mask \(maskZero), dropout \(spatial ?? 0), \(recurrent.config!)")
                }
            }
        }
    }

    /// One token that differs is noticed.
    @Test func theComparisonCanFail() throws {
        let model = try Model(.lstm, maskZero: false, spatial: 0.4)
        let a = try model.train(Self.ids, joint: true)
        var other = Self.ids
        other[3, 7] = (other[3, 7] + 1) % 12
        let b = try model.train(other, joint: false)
        #expect(zip(a.gradients, b.gradients).contains { ($0 - $1).scalars.contains { abs($0) > 1e-4 } })
    }

    @Test(arguments: RecurrentCellOfTests.allCases) func answersLikeItsParts(_ cell: RecurrentCellOfTests) throws {
        for maskZero in [false, true] {
            for recurrent in [cell.layer(6), cell.layer(6, returnSequences: true), cell.layer(6, goBackwards: true)] {
                let model = try Model(cell, maskZero: maskZero, spatial: 0.4, recurrent: recurrent)
                let parts = try model.layers.reduce(Value(Self.ids)) { try $1.forward($0, .inference()) }.tensor
                let pass = Pass(tape: Tape(), isTraining: false, random: RandomSource(seed: 1))
                let recorded = try model.layers.reduce(Value(Self.ids)) { try $1.forward($0, pass) }.tensor
                let prepared = model.joint.prepared(forInputs: .max)
                #expect(prepared !== model.joint && model.joint.prepared(forInputs: 40) === model.joint)
                expectClose(parts, recorded, relative: 1e-5, absolute: 2e-6)
                for layer in [model.joint, prepared] {
                    let all = try layer.forward(Value(Self.ids), .inference()).tensor
                    expectClose(all, parts, relative: 1e-5, absolute: 2e-6)
                    // One document is answered as among others.
                    for document in [0, 1, 9, 18] {
                        let one = try layer.forward(Value(Self.ids[document..<document + 1]), .inference()).tensor
                        expectClose(one, parts[document..<document + 1], relative: 1e-5, absolute: 2e-6)
                    }
                }
            }
        }
    }

    @Test func idsOutsideThrow() throws {
        let model = try Model(.lstm, maskZero: false, spatial: nil)
        for layer in [model.joint, model.joint.prepared(forInputs: .max)] {
            for id: Int32 in [12, -1] {
                #expect(throws: HornetError.self) { try layer.forward(Value(Indices([[0, id]])), .inference()) }
                #expect(throws: HornetError.self) {
                    try layer.forward(
                        Value(Indices([[0, id]])), Pass(tape: Tape(), isTraining: true, random: RandomSource(seed: 1)))
                }
            }
        }
    }

    /// The same bits for any number of threads.
    @Test func threadsDoNotMatter() throws {
        let before = Parallel.threadCount
        defer { Parallel.threadCount = before }
        let model = try Model(.lstm, maskZero: true, spatial: 0.4)
        var results: [Model.Results] = []
        for threads in [1, 2, 3, 7] {
            Parallel.threadCount = threads
            results.append(try model.train(Self.ids, joint: true))
        }
        for other in results.dropFirst() {
            #expect(other.output == results[0].output && other.gradients == results[0].gradients)
        }
    }
}
