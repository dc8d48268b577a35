import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct ActivationFunctionTests {
    /// 1e-6 relative and 1e-7 absolute for values, over −80 … 80; gradients of softmax are differences of larger
    /// terms, 1e-6 absolute.
    @Test func valuesAndGradientsFollowKeras() throws {
        let cases = try Fixture.json("layers.json").member("activations").array()
        #expect(cases.count == LayerTests.activations.count)
        for testCase in cases {
            let name = try testCase.member("name").string()
            let activation = try #require(ActivationFunction.named(name))
            #expect(activation.name == name)
            let tape = Tape()
            let x = tape.variable(try testCase.member("x").tensor())
            let y = activation(x)
            expectClose(y.tensor, try testCase.member("y").tensor(), relative: 2e-6, name)
            tape.backward(from: (y * Value(try testCase.member("dy").tensor())).sum())
            let dx = try testCase.member("dx").tensor()
            expectClose(tape.gradient(at: x), dx, relative: 5e-6, absolute: 1e-6, "gradient of \(name)")
        }
    }

    @Test func namesThatAreNone() {
        #expect(ActivationFunction.named("Relu") == nil && ActivationFunction.named("") == nil)
    }

    @Test func losesTheLastActivationForTheLoss() throws {
        let layer: Layer = Dense(3, activation: .sigmoid)
        _ = try layer.build(inputShape: [nil, 2], random: RandomSource(seed: 1))
        let x = Value(Tensor.random([4, 2]))
        let logits = try #require(try layer.logits(x, .inference()))
        #expect(layer.outputActivation?.name == "sigmoid")
        expectClose(logits.sigmoid().tensor, try layer.forward(x, .inference()).tensor)
        #expect(Activation(.softmax).logits(x, .inference())?.tensor == x.tensor)
        #expect(Activation(.softmax).outputActivation?.name == "softmax")
        #expect(try Dropout(0.1).logits(x, .inference()) == nil)
    }
}
