import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct SparseDenseTests {
    private let kernel: SparseMatrix
    private let bias = Tensor([0.5, -1, 0])
    private let x: SparseMatrix

    init() {
        var random = RandomSource(seed: 1)
        kernel = .random(20, 3, density: 0.3, using: &random)
        x = .random(40, 20, density: 0.2, using: &random)
    }

    private func built(_ layer: SparseDense, weights: Layer.WeightOrigin = .drawn) throws -> SparseDense {
        _ = try layer.build(inputShape: [nil, 20], random: RandomSource(seed: 0), weights: weights)
        return layer
    }

    @Test func isTheDenseProduct() throws {
        let layer = try built(SparseDense(kernel: kernel, bias: bias, activation: .sigmoid))
        let expected = (x.dense.matmul(kernel.dense) + bias).sigmoid()
        for input in [Value(x), Value(x.dense)] {
            expectClose(try layer.forward(input, .inference()).tensor, expected, absolute: 1e-6, "forward")
            let prepared = layer.prepared(forInputs: .max)
            #expect(try prepared.forward(input, .inference()).tensor == layer.forward(input, .inference()).tensor)
        }
        #expect(try layer.forward(Value(x[0..<0]), .inference()).shape == [0, 3])
        #expect(layer.outputShape == [nil, 3])
    }

    /// Made again from its arguments and weights, as a file has them.
    @Test func comesBackFromItsWeights() throws {
        let layer = try built(SparseDense(kernel: kernel, bias: bias, name: "linear"))
        let description = try LayerRegistry.description(of: layer).cursor(source: "test")
        let weights = Dictionary(uniqueKeysWithValues: layer.parameters.map { ($0.path, $0.value) })
        let copy = try #require(try LayerRegistry().layer(from: description) as? SparseDense)
        #expect(try built(copy, weights: .stored { weights[$0] }).forward(Value(x), .inference()).tensor
            == layer.forward(Value(x), .inference()).tensor)
        #expect(layer.parameters.allSatisfy { !$0.isTrainable })
    }

    /// A file may hold any numbers.
    @Test(arguments: [
        ("linear/kernel_columns", Float(3)), ("linear/kernel_columns", -1), ("linear/kernel_columns", 0.5),
        ("linear/kernel_columns", .nan), ("linear/kernel_counts", 4), ("linear/kernel_counts", -1),
        ("linear/kernel_counts", .infinity),
    ])
    func refusesWeightsThatAreNoMatrix(_ path: String, _ number: Float) throws {
        let layer = try built(SparseDense(kernel: kernel, bias: bias, name: "linear"))
        let description = try LayerRegistry.description(of: layer).cursor(source: "test")
        var weights = Dictionary(uniqueKeysWithValues: layer.parameters.map { ($0.path, $0.value) })
        var scalars = try #require(weights[path]).scalars
        scalars[0] = number
        weights[path] = Tensor(scalars)
        let copy = try #require(try LayerRegistry().layer(from: description) as? SparseDense)
        #expect(throws: HornetError.self) { try built(copy, weights: .stored { weights[$0] }) }
    }

    @Test func refusesOtherInputs() throws {
        let layer = SparseDense(kernel: kernel, bias: bias)
        let error = #expect(throws: HornetError.self) {
            try layer.build(inputShape: [nil, 21], random: RandomSource(seed: 0))
        }
        #expect(error?.description.contains("(batch, 20)") == true)
    }
}
