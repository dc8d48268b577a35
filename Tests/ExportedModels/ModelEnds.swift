import Hornet
import HornetExport
import HornetSupport

/// A model with several inputs or outputs.
struct ModelEnds {
    let name: String
    private let make: () throws -> Model

    static var all: [ModelEnds] { [
        ModelEnds(name: "two-ends") {
            let (title, text) = (Input(shape: [4], name: "title"), Input(shape: [9], name: "text"))
            let facts = Input(shape: [3], name: "facts")
            let (words, read) = (Embedding(inputDim: 40, outputDim: 7, maskZero: true), LSTM(5))
            let all = Concatenate()([read(words(title)), read(words(text)), facts])
            let tags = Dense(4, activation: .sigmoid)(all)
            return try Model(
                inputs: [title, text, facts], outputs: [tags, Dense(2)(Concatenate()([tags, facts])), facts, tags], seed: 1)
        },
        ModelEnds(name: "one-input-two-outputs") {
            let ids = Input(shape: [9], name: "ids")
            let words = Embedding(inputDim: 40, outputDim: 7)(ids)
            return try Model(inputs: [ids], outputs: [GlobalMaxPool1D()(words), Dense(3)(Flatten()(words))], seed: 1)
        },
        // A layer on values of two shapes.
        ModelEnds(name: "two-shapes") {
            let (a, b) = (Input(shape: [4], name: "a"), Input(shape: [6], name: "b"))
            let (words, flat) = (Embedding(inputDim: 40, outputDim: 6, maskZero: true), Reshape([-1]))
            return try Model(inputs: [a, b], outputs: [flat(words(a)), flat(words(b))], seed: 1)
        },
        ModelEnds(name: "sparse-kernel") {
            let facts = Input(shape: [3], name: "facts")
            let kernel = SparseMatrix(ones: [[0, 3], [], [1]], columnCount: 4) * 0.5
            let linear = SparseDense(kernel: kernel, bias: [0.1, 0.2, -0.3, 0.4], activation: .sigmoid)(facts)
            return try Model(inputs: [facts], outputs: [linear, Dense(2)(linear)], seed: 1)
        },
        ModelEnds(name: "merged-masks") { try merging(.keras3) },
        ModelEnds(name: "merged-masks-keras2") { try merging(.keras2) },
    ] }

    private static func merging(_ masks: MaskMerging) throws -> Model {
        let (a, b) = (Input(shape: [9], name: "a"), Input(shape: [9], name: "b"))
        let words = Embedding(inputDim: 40, outputDim: 7, maskZero: true)
        let (x, y) = (words(a), words(b))
        let plain = RepeatVector(9)(GlobalMaxPool1D()(x))
        let merges: [Node] = [
            Multiply()([x, y]), Multiply()([x, plain]), Maximum()([x, y]), Minimum()([plain, x, y]), Maximum()([y, plain]),
            Add()([x, y]), Concatenate()([plain, y]),
            Concatenate(axis: 1)([x, plain]),
        ]
        let model = try Model(inputs: [a, b], outputs: merges.map { GRU(3)($0) } + [merges[0], merges[2]], seed: 1)
        for case let layer as MergeLayer in model.layers { layer.maskMerging = masks }
        return model
    }

    func write(to root: String) throws {
        let model = try make()
        var random = RandomSource(seed: 2)
        try model.setWeights(
            model.weights.map {
                $0.isTrainable ? Tensor.normal($0.shape, standardDeviation: 0.4, using: &random) : $0.value
            })
        let folder = "\(root)/\(name)"
        try model.export(to: folder + "/saved_model")
        try model.export(to: folder + "/model.onnx")
        var arrays: [(name: String, tensor: Tensor)] = []
        for count in [1, 3, 32] {
            let x = model.inputShapes.enumerated().map { number, shape in
                let size = shape[1]!
                guard model.inputNames[number] != "facts" else {
                    return Tensor.normal([count, size], standardDeviation: 1, using: &random)
                }
                // Padded at the beginning.
                let ids = (0..<count).flatMap { _ in
                    let padding = random.integer(below: size)
                    return (0..<size).map { $0 < padding ? 0 : Float(1 + random.integer(below: 39)) }
                }
                return Tensor(ids, shape: [count, size])
            }
            let y = try model.predict(x)
            arrays += zip(model.inputNames, x).map { ("x_\(count)_\($0)", $1) }
            arrays += y.enumerated().map { ("y_\(count)_output_\($0)", $1) }
        }
        try SafetensorsFile.write(to: folder + "/answers.safetensors", arrays, metadata: [("takes_ids", "by name")])
    }
}
