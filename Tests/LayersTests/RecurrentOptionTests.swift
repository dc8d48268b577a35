import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// What recurrent layers do beside computing: configs, first weights, dropout, shapes, layers within layers.
@Suite struct RecurrentOptionTests {
    private func built(_ layer: Layer, _ shape: Shape = [nil, 4, 2]) throws -> Shape {
        try layer.build(inputShape: shape, random: RandomSource(seed: 1))
    }

    /// Keras' own configs are understood, and what comes back has Keras' keys with Keras' values.
    @Test func configsFollowKeras() throws {
        for description in try Fixture.json("recurrent.json").member("configs").array() {
            let given = try description.member("config")
            let layer = try LayerRegistry().layer(from: description)
            let config = try #require(layer.config)
            try expect(config, isWithin: given)
            let written = try LayerRegistry.description(of: layer)
            let again = try LayerRegistry().layer(from: written.cursor(source: "test"))
            #expect(again.className == layer.className && again.name == layer.name)
            #expect(again.config == config)
        }
    }

    private func expect(_ config: JSON.Object, isWithin given: JSON.Cursor) throws {
        for (key, value) in config {
            guard case .object(let inner) = value else {
                let expected = try given.optional(key)
                let isEqual = try value == expected?.value ?? .null || value.number == expected?.double()
                #expect(isEqual, "\(key): \(value)")
                continue
            }
            guard case .object(let config)? = inner["config"] else { continue }
            #expect(try inner["class_name"] == given.member(key).member("class_name").value)
            try expect(config, isWithin: given.member(key).member("config"))
        }
    }

    @Test func configsThatMakeNoSense() throws {
        func bidirectional(_ rest: String) -> String {
            #"{"class_name": "Bidirectional", "config": {"name": "b", \#(rest)}}"#
        }
        let lstm = #"{"class_name": "LSTM", "config": {"name": "a", "units": 2, "go_backwards": true}}"#
        let texts = [
            #"{"class_name": "LSTM", "config": {"name": "a", "units": 2, "stateful": true}}"#,
            #"{"class_name": "LSTM", "config": {"name": "a", "units": 0}}"#,
            #"{"class_name": "GRU", "config": {"name": "a", "units": 2, "dropout": 1.5}}"#,
            #"{"class_name": "GRU", "config": {"name": "a", "units": 2, "activation": "nothing"}}"#,
            bidirectional(#""merge_mode": "concat""#),
            bidirectional(#""merge_mode": "concat", "layer": \#(lstm)"#),
            bidirectional(#""layer": \#(lstm), "backward_layer": \#(lstm)"#),
            bidirectional(#""layer": {"class_name": "Flatten", "config": {"name": "c"}}"#),
            bidirectional(#""merge_mode": "max", "layer": {"class_name": "GRU", "config": {"name": "c", "units": 2}}"#),
        ]
        for text in texts {
            let description = try JSON(parsing: text, source: "test").cursor(source: "test")
            #expect(throws: HornetError.self, "\(text)") { try LayerRegistry().layer(from: description) }
        }
    }

    @Test func firstWeights() throws {
        let lstm = LSTM(3)
        #expect(try built(lstm) == [nil, 3])
        #expect(lstm.parameters.map(\.path) == ["kernel", "recurrent_kernel", "bias"].map { "lstm/lstm_cell/" + $0 })
        #expect(lstm.parameters[2].value.scalars == [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0])
        // The recurrent kernel has orthonormal rows.
        let u = lstm.parameters[1].value
        expectClose(u.matmul(u, transposeRight: true), .eye(3), absolute: 1e-6)

        let plain = LSTM(
            2, kernelInitializer: .ones, recurrentInitializer: .zeros, biasInitializer: .constant(2), unitForgetBias: false)
        _ = try built(plain)
        #expect(plain.parameters.map(\.value) == [.ones([2, 8]), .zeros([2, 8]), .full([8], 2)])
        let forgetful = LSTM(1, biasInitializer: .constant(2))
        _ = try built(forgetful)
        #expect(forgetful.parameters[2].value == [2, 1, 2, 2])

        let gru = GRU(2)
        _ = try built(gru)
        #expect(gru.parameters.map(\.shape) == [[2, 6], [2, 6], [2, 6]])
        let before = GRU(2, resetAfter: false)
        _ = try built(before)
        #expect(before.parameters[2].shape == [6])
    }

    @Test func shapes() async throws {
        #expect(try built(LSTM(3, returnSequences: true), [nil, nil, 2]) == [nil, nil, 3])
        #expect(try built(Bidirectional(GRU(3, returnSequences: true)), [nil, nil, 2]) == [nil, nil, 6])
        #expect(try built(Bidirectional(GRU(3), mergeMode: .mul), [nil, nil, 2]) == [nil, 3])
        #expect(try built(Masking(), [nil, nil, 2]) == [nil, nil, 2])
        for layer in [LSTM(3), GRU(3), SimpleRNN(3), Masking(), Bidirectional(LSTM(3))] as [Layer] {
            #expect(throws: HornetError.self) { try built(layer, [nil, 3]) }
        }
        #expect(throws: HornetError.self) { try built(LSTM(3), [nil, 3, nil]) }
        let uneven = Bidirectional(LSTM(3), mergeMode: .sum, backwardLayer: LSTM(2, goBackwards: true))
        #expect(throws: HornetError.self) { try built(uneven) }
        await #expect(processExitsWith: .failure) { _ = LSTM(0) }
        await #expect(processExitsWith: .failure) { _ = GRU(2, recurrentDropout: 1.5) }
    }

    /// A layer of one's own may be made of others: their weights are its weights, read from files and frozen with it.
    @Test func layersWithinLayers() throws {
        final class Twice: Layer {
            let inner = Bidirectional(LSTM(3, name: "words"))
            override func build(inputShape: Shape) throws -> Shape { try build(inner, inputShape: inputShape) }
            override func forward(_ x: Value, _ pass: Pass) throws -> Value { try inner.forward(x, pass) * 2 }
        }
        let layer = Twice()
        layer.isTrainable = false
        #expect(try built(layer) == [nil, 6])
        #expect(layer.parameters.count == 6 && layer.parameters.allSatisfy { !$0.isTrainable })
        #expect(layer.parameters[0].path == "twice/bidirectional/forward_words/lstm_cell/kernel")
        #expect(layer.parameters[3].path == "twice/bidirectional/backward_words/lstm_cell/kernel")
        // Each has a draw of its own.
        #expect(layer.parameters[0].value != layer.parameters[3].value)
        layer.isTrainable = true
        #expect(layer.inner.forwardLayer.isTrainable && layer.parameters.allSatisfy(\.isTrainable))

        let other = Twice()
        _ = try other.build(inputShape: [nil, 4, 2], random: RandomSource(seed: 9), weights: .stored { path in
            layer.parameters.first { $0.path == path }?.value
        })
        #expect(other.parameters.map(\.value) == layer.parameters.map(\.value))
        #expect(throws: HornetError.self) {
            try Twice().build(inputShape: [nil, 4, 2], random: RandomSource(seed: 9), weights: .stored { path in
                layer.parameters.first { $0.path == path && $0.role != "bias" }?.value
            })
        }
    }

    /// Dropout acts in training alone, follows the pass, and keeps what it dropped over all steps of a sequence: with
    /// ones for weights and a linear cell the last state shows how many features were left.
    @Test func dropout() throws {
        for (dropout, recurrent) in [(0.5, 0), (0, 0.5), (0.5, 0.5)] as [(Float, Float)] {
            for cell in RecurrentCellOfTests.allCases {
                let layer = cell.layer(4, dropout: dropout, recurrentDropout: recurrent)
                _ = try built(layer, [nil, 6, 3])
                let x = Value(Tensor.random([9, 6, 3]))
                func run(_ isTraining: Bool, _ seed: UInt64) -> Tensor {
                    layer.forward(x, Pass(tape: nil, isTraining: isTraining, random: RandomSource(seed: seed))).tensor
                }
                #expect(run(false, 1) == run(false, 2))
                #expect(run(true, 1) == run(true, 1))
                #expect(run(true, 1) != run(true, 2))
                #expect(run(true, 1) != run(false, 1))
            }
        }
        func adding(dropout: Float, recurrentDropout: Float) -> SimpleRNN {
            SimpleRNN(
                1, activation: .linear, kernelInitializer: .ones, recurrentInitializer: .ones, dropout: dropout,
                recurrentDropout: recurrentDropout)
        }
        let sum = adding(dropout: 0.5, recurrentDropout: 0)
        _ = try built(sum, [nil, 5, 8])
        let x = Value(Tensor.ones([200, 5, 8]))
        let y = sum.forward(x, Pass(tape: nil, isTraining: true, random: RandomSource(seed: 4))).tensor.scalars
        // 5 steps, each with the same of the 8 features, doubled.
        #expect(y.allSatisfy { $0.truncatingRemainder(dividingBy: 10) == 0 && (0...80).contains($0) })
        #expect((y.reduce(0, +) / 200 - 40).magnitude < 5)
        let memory = adding(dropout: 0, recurrentDropout: 0.5)
        _ = try built(memory, [nil, 5, 1])
        let training = Pass(tape: nil, isTraining: true, random: RandomSource(seed: 4))
        let z = memory.forward(Value(.ones([200, 5, 1])), training)
        // h is either never handed on (1) or always, doubled (1 + 2 + 4 + 8 + 16).
        #expect(Set(z.tensor.scalars) == [1, 31])
    }

    /// Masking alone decides which steps are real; what came before it is replaced.
    @Test func masking() throws {
        let x = Value([[[0, 0], [0, 1]], [[2, 2], [0, 0]]]).masked(by: [[1, 1], [1, 1]])
        let y = Masking().forward(x, .inference())
        #expect(y.mask == [[0, 1], [1, 0]] && y.tensor == x.tensor)
    }
}

extension JSON {
    fileprivate var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}
