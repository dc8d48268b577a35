import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Puts a layer, or a chain of layers, through what every layer must stand, against the case `name` of a fixture:
/// building without a batch size, names and shapes of weights, forward, masks, gradients of weights and input, sparse
/// rows as input, one step of gradient descent, samples that do not see each other, the empty batch, freezing.
///
/// 1e-6 relative; 3e-6 absolute for what is a sum of terms near 1, as Keras rounds in another order.
func runLayerTest(
    _ name: String, in fixture: String = "layers.json", sourceLocation: SourceLocation = #_sourceLocation,
    _ make: () throws -> [Layer]
) throws {
    let ordeal = try LayerOrdeal(name, fixture, try make(), sourceLocation)
    try ordeal.checkShapesAndWeights()
    try ordeal.checkForward()
    try ordeal.checkGradients()
    try ordeal.checkSparseInput()
    try ordeal.checkSamplesAreIndependent()
    try ordeal.checkFrozen()
    try ordeal.checkStep()
}

/// The shape with an unknown number of samples.
private func batch(of sizes: [Int]) -> Shape { Shape([nil] + sizes.dropFirst().map { $0 }) }

private struct LayerOrdeal {
    private struct Weight {
        let role: String
        /// Without the layer's own name; where Keras has more than the role.
        let path: String?
        let value: Tensor
        /// `nil` for a weight that gradients do not change.
        let gradient: Tensor?
        let stepped: Tensor
    }

    private let name: String
    private let layers: [Layer]
    private let sourceLocation: SourceLocation
    private let x: Value
    private let y, dy: Tensor
    private let dx, outMask: Tensor?
    private let weights: [Weight]
    private let rate: Float
    private let className: String
    private let outputShape: Shape

    init(_ name: String, _ file: String, _ layers: [Layer], _ sourceLocation: SourceLocation) throws {
        let document = Fixture.json(file)
        let found = try document.member("layers").array().first { try $0.member("name").string() == name }
        let fixture = try #require(found, "no case \"\(name)\"")
        self.name = name
        self.layers = layers
        self.sourceLocation = sourceLocation
        let rate = Float(try document.optional("rate")?.double() ?? 0.1)
        self.rate = rate
        className = try fixture.member("class").string()
        let input = try fixture.member("x")
        x = try (fixture.member("is_ids").bool() ? Value(input.indices()) : Value(input.tensor()))
            .masked(by: fixture.optional("mask")?.tensor())
        y = try fixture.member("y").tensor()
        dy = try fixture.member("dy").tensor()
        dx = try fixture.optional("dx")?.tensor()
        outMask = try fixture.optional("out_mask")?.tensor()
        weights = try fixture.member("weights").array().map {
            let (value, gradient) = (try $0.member("value").tensor(), try $0.optional("gradient")?.tensor())
            return try Weight(
                role: $0.member("role").string(), path: $0.optional("path")?.string(), value: value, gradient: gradient,
                stepped: $0.optional("stepped")?.tensor() ?? gradient.map { value - $0 * rate } ?? value)
        }
        var shape = batch(of: x.shape)
        for (i, layer) in layers.enumerated() {
            shape = try layer.build(inputShape: shape, random: RandomSource(seed: UInt64(i)))
        }
        outputShape = shape
        guard parameters.map(\.shape) == weights.map(\.value.shape) else { return }
        for (parameter, weight) in zip(parameters, weights) { parameter.value = weight.value }
    }

    private var parameters: [Parameter] { layers.flatMap(\.parameters) }

    private func forward(_ x: Value, _ tape: Tape?) throws -> Value {
        let pass = Pass(tape: tape, isTraining: false, random: RandomSource(seed: 0))
        return try layers.reduce(x) { try $1.forward($0, pass) }
    }

    private func expect(_ actual: Tensor, _ expected: Tensor, _ what: String) {
        expectClose(actual, expected, absolute: 3e-6, "\(name), \(what)", sourceLocation: sourceLocation)
    }

    func checkShapesAndWeights() throws {
        #expect(layers[0].className == className, sourceLocation: sourceLocation)
        #expect(outputShape == batch(of: y.shape), sourceLocation: sourceLocation)
        #expect(layers.last!.outputShape == outputShape, sourceLocation: sourceLocation)
        #expect(parameters.map(\.role) == weights.map(\.role), sourceLocation: sourceLocation)
        // Nothing further makes sense with other shapes.
        try #require(parameters.map(\.shape) == weights.map(\.value.shape), sourceLocation: sourceLocation)
        for layer in layers {
            #expect(layer.name == Layer.snakeCase(layer.className), sourceLocation: sourceLocation)
            #expect(layer.makesWeights == !layer.parameters.isEmpty, sourceLocation: sourceLocation)
        }
        let names = layers.flatMap { layer in layer.parameters.map { _ in layer.name } }
        for (parameter, (name, weight)) in zip(parameters, zip(names, weights)) {
            #expect(parameter.path == "\(name)/\(weight.path ?? weight.role)", sourceLocation: sourceLocation)
        }
    }

    func checkForward() throws {
        let result = try forward(x, nil)
        expect(result.tensor, y, "forward")
        try #require(result.shape == y.shape, sourceLocation: sourceLocation)
        #expect(!result.isRecorded, sourceLocation: sourceLocation)
        #expect(result.mask == outMask, "\(name): the mask behind the layer", sourceLocation: sourceLocation)
    }

    /// The input as a leaf of the tape where it is a tensor.
    private func recorded(on tape: Tape) -> Value {
        guard case .tensor(let tensor) = x.content else { return x }
        return tape.variable(tensor).masked(by: x.mask)
    }

    private func backward() throws -> (tape: Tape, input: Value) {
        let tape = Tape()
        let input = recorded(on: tape)
        tape.backward(from: (try forward(input, tape) * Value(dy)).sum())
        return (tape, input)
    }

    func checkGradients() throws {
        guard dx != nil || !weights.isEmpty else { return }
        let (tape, input) = try backward()
        for (parameter, weight) in zip(parameters, weights) {
            guard let expected = weight.gradient else {
                #expect(!parameter.isTrainable && tape.gradient(of: parameter) == nil, sourceLocation: sourceLocation)
                continue
            }
            let gradient = try #require(tape.gradient(of: parameter), sourceLocation: sourceLocation)
            expect(gradient.dense, expected, "gradient of \(weight.role)")
            if case .dense = gradient, weight.role == "embeddings" {
                Issue.record("\(name): an embedding's gradient must be row-sparse", sourceLocation: sourceLocation)
            }
        }
        if let dx { expect(tape.gradient(at: input), dx, "gradient of the input") }
    }

    /// The same rows without their zeros give the same.
    func checkSparseInput() throws {
        guard case .tensor(let tensor) = x.content, tensor.rank == 2 else { return }
        let rows = Value(SparseMatrix(tensor))
        expect(try forward(rows, nil).tensor, y, "forward of sparse rows")
        guard weights.contains(where: { $0.gradient != nil }) else { return }
        let tape = Tape()
        tape.backward(from: (try forward(rows, tape) * Value(dy)).sum())
        for (parameter, weight) in zip(parameters, weights) {
            guard let expected = weight.gradient else { continue }
            let gradient = try #require(tape.gradient(of: parameter), sourceLocation: sourceLocation)
            expect(gradient.dense, expected, "gradient of \(weight.role) from sparse rows")
        }
    }

    func checkSamplesAreIndependent() throws {
        for range in (0..<x.shape[0]).map({ $0..<($0 + 1) }) + [0..<0] {
            let part: Value
            switch x.content {
            case .tensor(let tensor): part = Value(tensor[range])
            case .indices(let ids): part = Value(ids[range])
            case .sparse: return
            }
            expect(try forward(part.masked(by: x.mask?[range]), nil).tensor, y[range], "samples \(range)")
        }
    }

    func checkFrozen() throws {
        guard dx != nil, !weights.isEmpty else { return }
        for layer in layers { layer.isTrainable = false }
        defer { for layer in layers { layer.isTrainable = true } }
        let (tape, input) = try backward()
        for parameter in parameters { #expect(tape.gradient(of: parameter) == nil, sourceLocation: sourceLocation) }
        if let dx { expect(tape.gradient(at: input), dx, "gradient of the input of a frozen layer") }
    }

    func checkStep() throws {
        guard !weights.isEmpty else { return }
        let tape = try backward().tape
        for (parameter, weight) in zip(parameters, weights) {
            if weight.gradient != nil { parameter.value -= try #require(tape.gradient(of: parameter)).dense * rate }
            expect(parameter.value, weight.stepped, "\(weight.role) after a step")
        }
    }
}
