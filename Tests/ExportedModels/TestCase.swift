import Hornet
import HornetSupport

/// A model with inputs for it.
struct TestCase {
    let name: String
    let inputShape: Shape
    /// What goes in.
    let feed: Feed
    private let make: (Shape, String) throws -> Model
    private var random: RandomSource

    static let words = 40

    enum Feed { case ids, idsAsFloats, floats }

    /// A stack of layers.
    init(_ name: String, input inputShape: Shape = [nil, 12], feed: Feed = .ids, _ layers: [Layer]) {
        (self.name, self.inputShape, self.feed) = (name, inputShape, feed)
        random = RandomSource(seed: 1)
        make = { shape, name in
            let model = Sequential(layers, name: name, seed: 1)
            try model.build(inputShape: shape)
            return model
        }
    }

    /// What `output` makes of the input.
    init(
        _ name: String, input inputShape: Shape = [nil, 12], feed: Feed = .ids, graph output: @escaping (Node) -> Node
    ) {
        (self.name, self.inputShape, self.feed) = (name, inputShape, feed)
        random = RandomSource(seed: 1)
        make = { shape, name in
            let input = Input(shape: Array(shape.sizes.dropFirst()))
            return try Model(inputs: input, outputs: output(input), name: name, seed: 1)
        }
    }

    /// Built, with weights that are all far from 0, biases too; variances are positive.
    mutating func model() throws -> Model {
        let model = try make(inputShape, name)
        try model.setWeights(
            model.weights.map { weight in
                let values = Tensor.normal(weight.shape, standardDeviation: 0.4, using: &random)
                return weight.path.hasSuffix("/moving_variance") ? values * values + Tensor(0.5) : values
            })
        return model
    }

    /// Inputs of so many samples, as floats, with the model's answers.
    mutating func sampled(_ count: Int, _ model: Model) throws -> (x: Tensor, y: Tensor) {
        let shape = [count] + inputShape.sizes.dropFirst().map { $0 ?? 9 }
        guard feed != .floats else {
            var x = Tensor.normal(shape, standardDeviation: 1, using: &random)
            if shape.count == 3 { pad(&x, steps: shape[1]) }
            return (x, try model.predict(x))
        }
        let ids = (0..<shape[0] * shape[1]).map { _ in Float(1 + random.integer(below: TestCase.words - 1)) }
        var x = Tensor(ids, shape: shape)
        pad(&x, steps: shape[1])
        guard feed == .ids else { return (x, try model.predict(x)) }
        return (x, try model.predict(Indices(x.scalars.map { Int32($0) }, shape: shape)))
    }

    /// Makes padding of some steps: of the first sample's beginning, the second's end, all of the third, none of the
    /// fourth, and anywhere in the fifth; and so on.
    private mutating func pad(_ x: inout Tensor, steps: Int) {
        let samples = x.shape[0]
        let width = x.count / (samples * steps)
        for sample in 0..<samples {
            let length = 1 + random.integer(below: steps)
            for step in 0..<steps {
                let isReal =
                    switch sample % 5 {
                    case 0: step >= steps - length
                    case 1: step < length
                    case 2: false
                    case 3: true
                    default: random.integer(below: 2) == 0
                    }
                if isReal { continue }
                x.withUnsafeMutableBufferPointer { x in
                    for place in (sample * steps + step) * width..<(sample * steps + step + 1) * width { x[place] = 0 }
                }
            }
        }
    }
}
