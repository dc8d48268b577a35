import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Shapes that are known only in part, and shapes that a layer refuses.
@Suite struct LayerShapeTests {
    private func built(_ layer: Layer, _ shape: Shape) throws -> Shape {
        try layer.build(inputShape: shape, random: RandomSource(seed: 1))
    }

    @Test func unknownSizesStayUnknown() throws {
        let time = Embedding(inputDim: 9, outputDim: 4)
        #expect(try built(time, [nil, nil]) == [nil, nil, 4])
        #expect(try built(GlobalMaxPool1D(), [nil, nil, 4]) == [nil, 4])
        #expect(try built(GlobalAveragePooling1D(), [nil, nil, nil]) == [nil, nil])
        #expect(try built(Dense(3), [nil, nil, 4]) == [nil, nil, 3])
        #expect(try built(Dropout(0.1), [nil, nil]) == [nil, nil])
        #expect(try built(SpatialDropout1D(0.1), [nil, nil, 4]) == [nil, nil, 4])
        #expect(try built(Activation(.relu), [nil, 4]) == [nil, 4])
        #expect(try built(Flatten(), [nil, 3, 4]) == [nil, 12])
        #expect(try built(Flatten(), [nil, nil, 4]) == [nil, nil])
        #expect(try built(Flatten(), [nil]) == [nil, 1])
    }

    @Test func refusedShapes() throws {
        let wrong: [(Layer, Shape, String)] = [
            (Dense(3, name: "tags"), [nil], "(None,)"),
            (Dense(3, name: "tags"), [nil, nil], "(None, None)"),
            (GlobalMaxPool1D(), [nil, 4], "(None, 4)"),
            (GlobalMaxPool1D(), [nil, 0, 4], "(None, 0, 4)"),
            (GlobalAveragePooling1D(), [nil, 4], "(None, 4)"),
            (SpatialDropout1D(0.5), [nil, 2, 3, 4], "(None, 2, 3, 4)"),
            (Flatten(), [], "()"),
        ]
        for (layer, shape, text) in wrong {
            let error = try #require(throws: HornetError.self) { try built(layer, shape) }
            #expect(error.kind == .shape)
            #expect(error.place == "layer \(layer.name) (\(layer.className))")
            #expect(error.problem.contains("got the shape \(text)"), "\(error)")
            #expect(layer.parameters.isEmpty && layer.outputShape == nil)
        }
    }

    @Test func buildingAgainChangesNothing() throws {
        let layer = Dense(3)
        let first = try built(layer, [nil, 4])
        let kernel = layer.parameters[0].value
        #expect(try built(layer, [nil, 4]) == first)
        #expect(layer.parameters.count == 2 && layer.parameters[0].value == kernel)
    }

    @Test func initialWeights() throws {
        let dense = Dense(50)
        _ = try built(dense, [nil, 100])
        let limit = (6.0 / 150 as Float).squareRoot()
        #expect(dense.parameters[0].value.scalars.allSatisfy { $0.magnitude <= limit })
        #expect(dense.parameters[0].value.max() > limit * 0.99)
        #expect(dense.parameters[1].value == .zeros([50]))
        let embedding = Embedding(inputDim: 100, outputDim: 50)
        _ = try built(embedding, [nil, 5])
        #expect(embedding.parameters[0].value.scalars.allSatisfy { $0.magnitude <= 0.05 })
        #expect(embedding.parameters[0].value.max() > 0.0495)
        let chosen = Dense(2, kernelInitializer: .constant(3), biasInitializer: .ones)
        _ = try built(chosen, [nil, 1])
        #expect(chosen.parameters[0].value == [[3, 3]] && chosen.parameters[1].value == [1, 1])
    }

    @Test func theSeedDecidesTheWeights() throws {
        func kernel(_ seed: UInt64) throws -> Tensor {
            let layer = Dense(4)
            _ = try layer.build(inputShape: [nil, 3], random: RandomSource(seed: seed))
            return layer.parameters[0].value
        }
        #expect(try kernel(1) == kernel(1))
        #expect(try kernel(1) != kernel(2))
    }

    @Test func tokenIdsOutsideTheTable() throws {
        let layer = Embedding(inputDim: 5, outputDim: 2, name: "words")
        _ = try built(layer, [nil, 2])
        for ids in [Value(Indices([[0, 1], [5, 0]])), Value([[0, 1], [5, 0]])] {
            let error = try #require(throws: HornetError.self) { try layer.forward(ids, .inference()) }
            #expect(error.place == "words/embeddings")
            #expect(error.problem.hasPrefix("token id 5 in row 1, position 0"))
        }
        for bad in [Float.nan, .infinity, 3e9] {
            #expect(throws: HornetError.self) { try layer.forward(Value(Tensor([[bad, 0]])), .inference()) }
        }
    }

    /// Keras casts floats to integers, which cuts towards 0.
    @Test func floatsServeAsTokenIds() throws {
        let layer = Embedding(inputDim: 5, outputDim: 2, maskZero: true)
        _ = try built(layer, [nil, 3])
        let floats = try layer.forward(Value([[1, 4.9, 0.3]]), .inference())
        let ids = try layer.forward(Value(Indices([[1, 4, 0]])), .inference())
        #expect(floats.tensor == ids.tensor)
        #expect(floats.mask == [[1, 1, 0]] && ids.mask == [[1, 1, 0]])
    }

    @Test func shapesPrintAsInPython() {
        #expect("\(Shape([nil, 100, 128]))" == "(None, 100, 128)")
        #expect("\(Shape([nil]))" == "(None,)" && "\(Shape([]))" == "()")
        let shape: Shape = [nil, 3]
        #expect(shape.rank == 2 && shape[0] == nil && shape[1] == 3 && shape.last == 3)
        #expect(shape.replacingLast(with: 7) == [nil, 7] && Shape([]).last == nil)
    }

    @Test func trapsOnArgumentsThatMakeNoSense() async {
        await #expect(processExitsWith: .failure) { _ = Dense(0) }
        await #expect(processExitsWith: .failure) { _ = Embedding(inputDim: 0, outputDim: 1) }
        await #expect(processExitsWith: .failure) { _ = Dropout(1.1) }
        await #expect(processExitsWith: .failure) { _ = SpatialDropout1D(-0.1) }
        await #expect(processExitsWith: .failure) { _ = Dropout(.nan) }
    }
}

@Suite struct LayerNameTests {
    /// Keras' rule, over its own layers and hundreds of random names.
    @Test func snakeCaseFollowsKeras() throws {
        for pair in try Fixture.json("layers.json").member("snake_cases").array() {
            let names = try pair.strings()
            #expect(Layer.snakeCase(names[0]) == names[1], "\(names[0])")
        }
    }

    @Test func givenNamesStay() throws {
        let layer = Dense(1, name: "tags")
        _ = try layer.build(inputShape: [nil, 2], random: RandomSource(seed: 1))
        #expect(layer.name == "tags" && layer.isNamed && layer.parameters[0].path == "tags/kernel")
        #expect(Dense(1).name == "dense" && !Dense(1).isNamed)
        #expect(GlobalMaxPool1D().name == "global_max_pooling1d" && SpatialDropout1D(0).name == "spatial_dropout1d")
    }
}
