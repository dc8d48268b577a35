import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Convolution, pooling in windows, normalization and reshaping against Keras; the fixture comes from
/// `Tests/Oracles/convolution.py`.
@Suite struct WindowLayerTests {
    private static let fixture = Fixture.json("convolution.json")

    private func built(_ layer: Layer, _ shape: Shape) throws -> Shape {
        try layer.build(inputShape: shape, random: RandomSource(seed: 1))
    }

    /// Each case is made from Keras' own config and goes through the ordeal; the config that comes back has Keras' values.
    @Test func everyLayerFollowsKeras() throws {
        let cases = try Self.fixture.member("layers").array()
        #expect(cases.count > 120)
        for testCase in cases {
            let name = try testCase.member("name").string()
            let description = try testCase.member("layer")
            try runLayerTest(name, in: "convolution.json") { [try LayerRegistry().layer(from: description)] }
            let layer = try LayerRegistry().layer(from: description)
            let config = try #require(layer.config)
            for (key, value) in config {
                let expected = try description.member("config").optional(key)
                #expect(value == expected?.value, "\(name): \(key) is \(value)")
            }
            let again = try LayerRegistry().layer(from: LayerRegistry.description(of: layer).cursor(source: "test"))
            #expect(again.className == layer.className && again.name == layer.name && again.config == config)
        }
    }

    @Test func argumentsMeanWhatKerasMeansByThem() throws {
        let cases: [(String, Layer)] = [
            ("conv1d", Conv1D(6, kernelSize: 3)), ("conv1d relu", Convolution1D(6, kernelSize: 3, activation: .relu)),
            ("conv1d without bias", Conv1D(5, kernelSize: 2, activation: .relu, useBias: false)),
            ("conv1d same 4 3 1 1 10", Conv1D(6, kernelSize: 4, strides: 3, padding: .same, activation: .tanh)),
            ("conv1d causal 3 1 2 6 11", Conv1D(
                6, kernelSize: 3, padding: .causal, dilationRate: 2, groups: 6, activation: .tanh)),
            ("max valid 2 2 9", MaxPooling1D()), ("max same 4 2 9", MaxPool1D(poolSize: 4, strides: 2, padding: .same)),
            ("average valid 3 3 10", AveragePooling1D(poolSize: 3)),
            ("average same 5 4 10", AvgPool1D(poolSize: 5, strides: 4, padding: .same)),
            ("batch normalization", BatchNormalization()),
            ("batch normalization alone", BatchNormalization(center: false, scale: false)),
            ("layer normalization", LayerNormalization()), ("layer normalization rank 4", LayerNormalization(epsilon: 0.1)),
            ("layer normalization without beta", LayerNormalization(center: false)),
            ("reshape to what is left", Reshape([2, -1, 3])), ("permute", Permute([2, 1])),
            ("repeat vector", RepeatVector(3)),
        ]
        for (name, layer) in cases { try runLayerTest(name, in: "convolution.json") { [layer] } }
    }

    /// The ordeal notices a layer that is not the one that the fixture knows.
    @Test func theOrdealCanFail() {
        func expectIssue(_ name: String, _ layer: Layer) {
            withKnownIssue { try runLayerTest(name, in: "convolution.json") { [layer] } }
        }
        expectIssue("conv1d same 4 1 1 1 10", Conv1D(6, kernelSize: 4, padding: .causal, activation: .tanh))
        expectIssue("max same 4 2 9", MaxPooling1D(poolSize: 4, strides: 3, padding: .same))
        expectIssue("average same 5 4 10", AveragePooling1D(poolSize: 5, strides: 4))
        expectIssue("batch normalization", BatchNormalization(epsilon: 0.1))
        expectIssue("layer normalization", LayerNormalization(epsilon: 0.1))
    }

    // MARK: Batch normalization in training

    /// 1e-6 relative; 1e-5 absolute, as gradients are differences of larger sums. Of a single row nothing is left.
    @Test func batchNormalizationTrainsAsInKeras() throws {
        let cases = try Self.fixture.member("training").array()
        #expect(cases.count == 10)
        for testCase in cases {
            let name = try testCase.member("name").string()
            let layer = try LayerRegistry().layer(from: testCase.member("layer"))
            let x = try testCase.member("x").tensor()
            _ = try built(layer, Shape([nil] + x.shape.dropFirst().map { $0 }))
            let weights = try testCase.member("weights").array()
            for (parameter, weight) in zip(layer.parameters, weights) { parameter.value = try weight.member("value").tensor() }
            let tape = Tape()
            let input = tape.variable(x).masked(by: try testCase.optional("mask")?.tensor())
            let y = try layer.forward(input, Pass(tape: tape, isTraining: true, random: RandomSource(seed: 1)))
            #expect(y.mask == input.mask)
            expectClose(y.tensor, try testCase.member("y").tensor(), absolute: 3e-6, name)
            tape.backward(from: (y * Value(try testCase.member("dy").tensor())).sum())
            expectClose(tape.gradient(at: input), try testCase.member("dx").tensor(), absolute: 1e-5, "\(name): dx")
            for (parameter, weight) in zip(layer.parameters, weights) {
                let label = "\(name): \(parameter.role)"
                if let gradient = try weight.optional("gradient")?.tensor() {
                    let found = try #require(tape.gradient(of: parameter)).dense
                    expectClose(found, gradient, absolute: 1e-5, label)
                } else {
                    #expect(tape.gradient(of: parameter) == nil)
                    expectClose(parameter.value, try weight.member("after").tensor(), absolute: 1e-6, label)
                }
            }
        }
    }

    @Test func frozenBatchNormalizationAnswersInTraining() throws {
        let layer = BatchNormalization()
        _ = try built(layer, [nil, 3])
        layer.isTrainable = false
        #expect(layer.parameters.map(\.isTrainable) == [false, false, false, false])
        let training = Pass(tape: nil, isTraining: true, random: RandomSource(seed: 1))
        let x = Value(Tensor.random([5, 3]))
        let before = layer.parameters.map(\.value)
        #expect(try layer.forward(x, training).tensor == layer.forward(x, .inference()).tensor)
        #expect(layer.parameters.map(\.value) == before)
        layer.isTrainable = true
        #expect(layer.parameters.map(\.isTrainable) == [true, true, false, false])
        #expect(try layer.forward(x, training).tensor != layer.forward(x, .inference()).tensor)
        #expect(layer.parameters.map(\.value)[2...] != before[2...])
    }

    @Test func masksThatDoNotFitAreRefused() throws {
        let layer = BatchNormalization()
        _ = try built(layer, [nil, 4, 3])
        let x = Value(Tensor.random([2, 4, 3])).masked(by: .ones([2, 3]))
        #expect(throws: HornetError.self) {
            try layer.forward(x, Pass(tape: nil, isTraining: true, random: RandomSource(seed: 1)))
        }
    }

    // MARK: Convolution and the maximum behind it

    @Test func convolutionAndMaximumEqualTheTwo() throws {
        for (padding, strides, time) in [(Conv1D.Padding.valid, 1, 12), (.same, 1, 12), (.causal, 2, 3), (.same, 3, 2)] {
            for activation in [ActivationFunction.linear, .relu, .sigmoid, .tanh] {
                for useBias in [true, false] {
                    let layer = Conv1D(
                        17, kernelSize: 3, strides: strides, padding: padding, activation: activation, useBias: useBias)
                    let pooling = GlobalMaxPool1D()
                    _ = try built(layer, [nil, time, 5])
                    if useBias { layer.parameters[1].value = .random([17], seed: 5) }
                    let fused = try #require(layer.fused(with: pooling))
                    let (x, dy) = (Tensor.random([9, time, 5]), Value(Tensor.random([9, 17], seed: 3)))
                    var results: [[Tensor]] = []
                    for layers in [[fused], [layer, pooling]] {
                        let tape = Tape()
                        let pass = Pass(tape: tape, isTraining: true, random: RandomSource(seed: 1))
                        let input = tape.variable(x)
                        let y = try layers.reduce(input) { try $1.forward($0, pass) }
                        tape.backward(from: (y * dy).sum())
                        results.append(
                            [y.tensor, tape.gradient(at: input)] + layer.parameters.map { tape.gradient(of: $0)!.dense })
                    }
                    #expect(results[0][0] == results[1][0])
                    for (a, b) in zip(results[0], results[1]) {
                        expectClose(a, b, absolute: 3e-6, "\(padding) \(strides) \(activation.name)")
                    }
                }
            }
        }
    }

    /// In a batch with few distinct tokens, which are multiplied once, in one with many, and for answers.
    @Test func anEmbeddingJoinsAConvolution() throws {
        for (bound, pools, padding, strides) in [
            (6, true, Conv1D.Padding.valid, 1), (6, false, .same, 2), (200, true, .causal, 1), (200, false, .valid, 1),
        ] {
            let embedding = Embedding(inputDim: bound, outputDim: 5, embeddingsInitializer: .uniform(-1, 1))
            let convolution = Conv1D(17, kernelSize: 3, strides: strides, padding: padding, activation: .tanh)
            let layers = [embedding, convolution] + (pools ? [GlobalMaxPool1D()] : [])
            _ = try built(convolution, try built(embedding, [nil, 12]))
            convolution.parameters[1].value = .random([17], seed: 5)
            let joint = try #require(layers.dropFirst().reduce(layers[0]) { $0?.fused(with: $1) })
            let ids = Value(Indices.random([9, 12], below: bound, seed: 2))
            var results: [[Tensor]] = []
            for layers in [[joint], layers] {
                let tape = Tape()
                let pass = Pass(tape: tape, isTraining: true, random: RandomSource(seed: 1))
                let y = try layers.reduce(ids) { try $1.forward($0, pass) }
                tape.backward(from: (y * Value(Tensor.random(y.shape, seed: 3))).sum())
                let weights = embedding.parameters + convolution.parameters
                results.append([y.tensor] + weights.map { tape.gradient(of: $0)!.dense })
            }
            for (a, b) in zip(results[0], results[1]) { expectClose(a, b, absolute: 3e-6, "\(bound) \(padding)") }
            let prepared = joint.prepared(forInputs: .max)
            #expect(prepared !== joint && joint.prepared(forInputs: 20) === joint)
            for layer in [joint, prepared] {
                expectClose(try layer.forward(ids, .inference()).tensor, results[1][0], absolute: 3e-6)
                #expect(throws: HornetError.self) { try layer.forward(Value(Indices([[0, Int32(bound), 1]])), .inference()) }
            }
        }
    }

    @Test func otherConvolutionsStayApart() {
        let pooling = GlobalMaxPool1D()
        let embedding = Embedding(inputDim: 5, outputDim: 4)
        #expect(embedding.fused(with: Conv1D(4, kernelSize: 3, groups: 2)) == nil)
        #expect(embedding.fused(with: Conv1D(4, kernelSize: 3, activation: .softmax)) == nil)
        #expect(embedding.fused(with: Conv1D(4, kernelSize: 3, dilationRate: 2))?.fused(with: pooling) == nil)
        #expect(Conv1D(4, kernelSize: 3, dilationRate: 2).fused(with: pooling) == nil)
        #expect(Conv1D(4, kernelSize: 3, groups: 2).fused(with: pooling) == nil)
        #expect(Conv1D(4, kernelSize: 3, activation: .softmax).fused(with: pooling) == nil)
        #expect(Conv1D(4, kernelSize: 3).fused(with: GlobalAveragePooling1D()) == nil)
    }

    // MARK: Shapes and arguments

    @Test func unknownSizesStayUnknown() throws {
        #expect(try built(Conv1D(6, kernelSize: 3), [nil, nil, 4]) == [nil, nil, 6])
        #expect(try built(MaxPooling1D(), [nil, nil, nil]) == [nil, nil, nil])
        #expect(try built(AveragePooling1D(padding: .same), [nil, 5, nil]) == [nil, 3, nil])
        #expect(try built(BatchNormalization(), [nil, nil, 4]) == [nil, nil, 4])
        #expect(try built(LayerNormalization(), [nil, nil, 4]) == [nil, nil, 4])
        #expect(try built(Reshape([2, -1]), [nil, nil, 4]) == [nil, 2, nil])
        #expect(try built(Permute([2, 1]), [nil, nil, 4]) == [nil, 4, nil])
        #expect(try built(RepeatVector(3), [nil, nil]) == [nil, 3, nil])
    }

    @Test func refusedShapes() throws {
        let wrong: [(Layer, Shape)] = [
            (Conv1D(3, kernelSize: 2), [nil, 4]), (Conv1D(3, kernelSize: 2), [nil, 4, nil]),
            (Conv1D(3, kernelSize: 5), [nil, 4, 2]), (Conv1D(3, kernelSize: 3, dilationRate: 2), [nil, 4, 2]),
            (Conv1D(4, kernelSize: 1, groups: 2), [nil, 4, 3]), (Conv1D(3, kernelSize: 2, padding: .same), [nil, 0, 2]),
            (MaxPooling1D(poolSize: 5), [nil, 4, 2]), (MaxPooling1D(), [nil, 4]), (AveragePooling1D(), [nil, 1, 4]),
            (BatchNormalization(), [nil]), (BatchNormalization(), [nil, nil]), (BatchNormalization(axis: 1), [nil, 4, 3]),
            (LayerNormalization(axis: -2), [nil, 4, 3]), (LayerNormalization(), [nil, 4, 0]),
            (Reshape([5]), [nil, 4]), (Reshape([3, -1]), [nil, 4]), (Reshape([0, -1]), [nil, 4]),
            (Permute([2, 1]), [nil, 4]), (RepeatVector(2), [nil, 4, 3]),
        ]
        for (layer, shape) in wrong {
            let error = try #require(throws: HornetError.self, "\(layer.className) \(shape)") { try built(layer, shape) }
            #expect(error.kind == .shape && error.problem.contains("got the shape \(shape)"), "\(error)")
            #expect(error.place == "layer \(layer.name) (\(layer.className))" && layer.parameters.isEmpty)
        }
    }

    /// A length that nobody knew when the layer was built.
    @Test func textsThatAreTooShort() throws {
        for layer in [Conv1D(3, kernelSize: 3), MaxPooling1D(poolSize: 3), AveragePooling1D(poolSize: 3)] as [Layer] {
            _ = try built(layer, [nil, nil, 2])
            #expect(try layer.forward(Value(Tensor.ones([2, 3, 2])), .inference()).shape[1] == 1)
            #expect(throws: HornetError.self) { try layer.forward(Value(Tensor.ones([2, 2, 2])), .inference()) }
        }
        #expect(throws: HornetError.self) { try Reshape([4]).forward(Value(Tensor.ones([2, 3])), .inference()) }
    }

    @Test func firstWeights() throws {
        let layer = Conv1D(50, kernelSize: 4, groups: 2)
        _ = try built(layer, [nil, 9, 60])
        #expect(layer.parameters.map(\.path) == ["conv1d/kernel", "conv1d/bias"])
        #expect(layer.parameters.map(\.shape) == [[4, 30, 50], [50]])
        // Fans are those of a tap times the taps.
        let limit = (6.0 / (4 * 30 + 4 * 50) as Float).squareRoot()
        #expect(layer.parameters[0].value.scalars.allSatisfy { $0.magnitude <= limit })
        #expect(layer.parameters[0].value.max() > limit * 0.99)
        #expect(layer.parameters[1].value == .zeros([50]))
        let norm = BatchNormalization()
        _ = try built(norm, [nil, 3])
        let roles = ["gamma", "beta", "moving_mean", "moving_variance"]
        #expect(norm.parameters.map(\.path) == roles.map { "batch_normalization/" + $0 })
        #expect(norm.parameters.map(\.value) == [.ones([3]), .zeros([3]), .zeros([3]), .ones([3])])
    }

    @Test func configsThatMakeNoSense() throws {
        let texts = [
            #""Conv1D", "config": {"name": "a", "filters": 2, "kernel_size": [1, 2]}"#,
            #""Conv1D", "config": {"name": "a", "filters": 2, "kernel_size": 0}"#,
            #""Conv1D", "config": {"name": "a", "filters": 2, "kernel_size": 2, "padding": "full"}"#,
            #""Conv1D", "config": {"name": "a", "filters": 2, "kernel_size": 2, "data_format": "channels_first"}"#,
            #""Conv1D", "config": {"name": "a", "filters": 3, "kernel_size": 2, "groups": 2}"#,
            #""Conv1D", "config": {"name": "a", "filters": 2, "kernel_size": 2, "strides": [2], "dilation_rate": [2]}"#,
            #""MaxPooling1D", "config": {"name": "a", "padding": "causal"}"#,
            #""BatchNormalization", "config": {"name": "a", "renorm": true}"#,
            #""LayerNormalization", "config": {"name": "a", "rms_scaling": true}"#,
            #""LayerNormalization", "config": {"name": "a", "axis": [1, 2]}"#,
            #""Reshape", "config": {"name": "a", "target_shape": [-1, -1]}"#,
            #""Permute", "config": {"name": "a", "dims": [0, 1]}"#,
            #""RepeatVector", "config": {"name": "a", "n": 0}"#,
        ]
        for text in texts {
            let description = try JSON(parsing: #"{"class_name": \#(text)}"#, source: "test").cursor(source: "test")
            #expect(throws: HornetError.self, "\(text)") { try LayerRegistry().layer(from: description) }
        }
    }

    @Test func trapsOnArgumentsThatMakeNoSense() async {
        await #expect(processExitsWith: .failure) { _ = Conv1D(0, kernelSize: 1) }
        await #expect(processExitsWith: .failure) { _ = Conv1D(3, kernelSize: 1, groups: 2) }
        await #expect(processExitsWith: .failure) { _ = Conv1D(2, kernelSize: 2, strides: 2, dilationRate: 2) }
        await #expect(processExitsWith: .failure) { _ = MaxPooling1D(poolSize: 0) }
        await #expect(processExitsWith: .failure) { _ = Reshape([-2]) }
        await #expect(processExitsWith: .failure) { _ = Permute([1, 1]) }
        await #expect(processExitsWith: .failure) { _ = RepeatVector(0) }
    }
}
