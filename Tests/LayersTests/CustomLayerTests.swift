import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Layers as a user would write them.
@Suite struct CustomLayerTests {
    private final class Doubled: Layer {
        override func forward(_ x: Value, _ pass: Pass) -> Value { x * 2 }
    }

    private final class MeanOverTime: Layer {
        override func forward(_ x: Value, _ pass: Pass) -> Value { x.mean(axes: [1]) }
    }

    private final class Outer: Layer {
        override func forward(_ x: Value, _ pass: Pass) -> Value {
            let (batch, width) = (x.shape[0], x.shape[1])
            let products = x.reshaped([batch, width, 1]) * x.reshaped([batch, 1, width])
            return products.reshaped([batch, width * width])
        }
    }

    /// `x · scale + shift`, then a nonlinearity of its own.
    private final class Affine: Layer {
        private var scale: Parameter!
        private var shift: Parameter!

        override func build(inputShape: Shape) throws -> Shape {
            guard let width = inputShape.last else {
                throw HornetError(.shape, at: "layer \(name)", "the width must be known")
            }
            scale = addWeight("scale", shape: [width], initializer: .ones)
            shift = addWeight("shift", shape: [width], initializer: .normal())
            return inputShape
        }

        override func forward(_ x: Value, _ pass: Pass) -> Value {
            (x * pass.value(of: scale) + pass.value(of: shift)).tanh()
        }
    }

    private final class Forgetful: Layer {}

    @Test func theShapeOfTheOutputIsTraced() throws {
        let random = RandomSource(seed: 1)
        #expect(try Doubled().build(inputShape: [nil, 5], random: random) == [nil, 5])
        #expect(try Doubled().build(inputShape: [nil, nil, 5], random: random) == [nil, nil, 5])
        #expect(try MeanOverTime().build(inputShape: [nil, nil, 5], random: random) == [nil, 5])
        #expect(try MeanOverTime().build(inputShape: [nil, 7, 5], random: random) == [nil, 5])
        #expect(try Outer().build(inputShape: [nil, 4], random: random) == [nil, 16])
        #expect(try Doubled().build(inputShape: [3, 4], random: random) == [3, 4])
    }

    @Test func gradientsNeedNoCode() throws {
        for layer in [Doubled(), Outer()] as [Layer] {
            try checkGradient(of: [Tensor.random([3, 4])]) { try layer.forward($0[0], .inference()) }
        }
    }

    @Test func weightsOfItsOwn() throws {
        let layer: Layer = Affine()
        #expect(layer.name == "affine" && !layer.makesWeights)
        #expect(try layer.build(inputShape: [nil, 4], random: RandomSource(seed: 1)) == [nil, 4])
        #expect(layer.parameters.map(\.path) == ["affine/scale", "affine/shift"])
        #expect(layer.parameters.map(\.shape) == [[4], [4]])
        let x = Tensor.random([5, 4])
        try checkGradient(of: layer.parameters) { tape in
            try layer.forward(Value(x), Pass(tape: tape, isTraining: true, random: RandomSource(seed: 1)))
        }
        layer.isTrainable = false
        let tape = Tape()
        let y = try layer.forward(Value(x), Pass(tape: tape, isTraining: true, random: RandomSource(seed: 1)))
        #expect(!y.isRecorded)
        #expect(throws: HornetError.self) { try Affine().build(inputShape: [nil, nil], random: RandomSource(seed: 1)) }
    }

    @Test func weightsMadeWhileFrozenAreFrozen() throws {
        let layer = Affine()
        layer.isTrainable = false
        _ = try layer.build(inputShape: [nil, 4], random: RandomSource(seed: 1))
        #expect(layer.parameters.allSatisfy { !$0.isTrainable })
    }

    @Test func aFormulaAsActivation() throws {
        let swish = ActivationFunction("swish") { x in x * x.sigmoid() }
        let layer: Layer = Dense(3, activation: swish)
        _ = try layer.build(inputShape: [nil, 2], random: RandomSource(seed: 1))
        let same: Layer = Dense(3, activation: .silu)
        _ = try same.build(inputShape: [nil, 2], random: RandomSource(seed: 1))
        let x = Value(Tensor.random([4, 2]))
        expectClose(try layer.forward(x, .inference()).tensor, try same.forward(x, .inference()).tensor)
    }

    @Test func trapsWithoutAForward() async {
        await #expect(processExitsWith: .failure) { _ = try Forgetful().forward(Value([1]), .inference()) }
    }
}

/// A pair of layers that is computed at once.
@Suite struct FusedLayerTests {
    @Test func embeddingAndMaximumEqualTheTwo() throws {
        let embedding = Embedding(inputDim: 50, outputDim: 17)
        let pooling = GlobalMaxPool1D()
        _ = try embedding.build(inputShape: [nil, 12], random: RandomSource(seed: 1))
        let fused = try #require(embedding.fused(with: pooling))
        let ids = Value(Indices.random([9, 12], below: 50))
        let dy = Value(Tensor.random([9, 17], seed: 3))
        var results: [[Tensor]] = []
        for layers in [[fused], [embedding, pooling]] {
            let tape = Tape()
            let pass = Pass(tape: tape, isTraining: true, random: RandomSource(seed: 1))
            let y = try layers.reduce(ids) { try $1.forward($0, pass) }
            tape.backward(from: (y * dy).sum())
            results.append([y.tensor, try #require(tape.gradient(of: embedding.parameters[0])).dense])
        }
        #expect(results[0][0] == results[1][0])
        expectClose(results[0][1], results[1][1], absolute: 1e-6)
    }

    @Test func otherPairsStayApart() {
        let embedding = Embedding(inputDim: 5, outputDim: 2)
        #expect(embedding.fused(with: GlobalAveragePooling1D()) == nil)
        #expect(embedding.fused(with: Dense(3)) == nil)
        #expect(Dense(3).fused(with: GlobalMaxPool1D()) == nil)
    }
}
