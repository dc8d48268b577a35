import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct LossTests {
    /// One case of `losses.json`.
    private struct Case {
        let loss: Loss
        let label: String
        let target: Value
        let prediction, weights, losses, gradient, weightedGradient: Tensor
        let mean, weightedMean: Float

        init(_ fixture: JSON.Cursor) throws {
            let name = try fixture.member("name").string()
            let fromLogits = try fixture.optional("from_logits")?.bool() ?? false
            let smoothing = Float(try fixture.optional("label_smoothing")?.double() ?? 0)
            let isSparse = name == "sparse_categorical_crossentropy"
            switch name {
            case "binary_crossentropy": loss = .binaryCrossentropy(fromLogits: fromLogits, labelSmoothing: smoothing)
            case "categorical_crossentropy":
                loss = .categoricalCrossentropy(fromLogits: fromLogits, labelSmoothing: smoothing)
            case "mean_squared_error": loss = .meanSquaredError
            default: loss = .sparseCategoricalCrossentropy(fromLogits: fromLogits)
            }
            let target = try fixture.member("target")
            self.target = try isSparse ? Value(target.indices()) : Value(target.tensor())
            prediction = try fixture.member("prediction").tensor()
            label = "\(name) of \(prediction.shape), from logits \(fromLogits), smoothing \(smoothing)"
            #expect(loss.name == name)
            weights = try fixture.member("weights").tensor()
            losses = try fixture.member("losses").tensor()
            gradient = try fixture.member("gradient").tensor()
            weightedGradient = try fixture.member("weighted_gradient").tensor()
            mean = try fixture.member("mean").tensor().scalar
            weightedMean = try fixture.member("weighted_mean").tensor().scalar
        }
    }

    /// 2e-6 relative: both sides round in Float32, in another order.
    @Test func lossesAndGradientsFollowKeras() throws {
        for testCase in try Fixture.json("losses.json").array().map(Case.init) {
            let perSample = try testCase.loss.forward(testCase.target, Value(testCase.prediction)).tensor
            expectClose(perSample, testCase.losses, relative: 2e-6, absolute: 2e-7, testCase.label)
            let ways = [
                (nil, testCase.mean, testCase.gradient),
                (testCase.weights, testCase.weightedMean, testCase.weightedGradient),
            ]
            for (weights, mean, gradient) in ways {
                let tape = Tape()
                let prediction = tape.variable(testCase.prediction)
                let loss = try testCase.loss.reduced(testCase.target, prediction, weights: weights)
                #expect(loss.shape == [])
                expectClose(loss.tensor, Tensor(mean), relative: 2e-6, absolute: 2e-7, testCase.label)
                tape.backward(from: loss)
                expectClose(
                    tape.gradient(at: prediction), gradient, relative: 5e-6, absolute: 5e-7,
                    "gradient of \(testCase.label)")
            }
        }
    }

    /// Probabilities are held within 1e-7 of 0 and 1, in Float32: exact figures.
    @Test func binaryCrossentropyOfCertainties() throws {
        let (target, prediction) = (Value([[0], [0], [1], [1]]), Value([[1], [0], [1], [0]]))
        let losses = try Loss.binaryCrossentropy.forward(target, prediction).tensor
        expectClose(losses, [15.942385, 1.1920929e-7, 1.1920929e-7, 16.118095], absolute: 0)
    }

    /// A wrong logit of 50 costs 50, not the 16 of the clipped probability.
    @Test func logitsDoNotSaturate() throws {
        let loss = Loss.binaryCrossentropy(fromLogits: true)
        expectClose(try loss.forward(Value([[0], [1]]), Value([[50], [-1000]])).tensor, [50, 1000])
    }

    @Test func whatSeesThroughItsActivation() {
        #expect(Loss.binaryCrossentropy.onLogits(of: .sigmoid)?.name == "binary_crossentropy")
        #expect(Loss.binaryCrossentropy.onLogits(of: .softmax) == nil)
        #expect(Loss.binaryCrossentropy(fromLogits: true).onLogits(of: .sigmoid) == nil)
        #expect(Loss.categoricalCrossentropy.onLogits(of: .softmax) != nil)
        #expect(Loss.categoricalCrossentropy.onLogits(of: .sigmoid) == nil)
        #expect(Loss.sparseCategoricalCrossentropy.onLogits(of: .softmax) != nil)
        #expect(Loss.meanSquaredError.onLogits(of: .sigmoid) == nil)
        let smoothed = Loss.binaryCrossentropy(labelSmoothing: 0.2).onLogits(of: .sigmoid) as? BinaryCrossentropy
        #expect(smoothed?.fromLogits == true && smoothed?.labelSmoothing == 0.2)
    }

    /// The loss on logits and the loss on what the activation makes of them are one function.
    @Test func bothWaysAgree() throws {
        let logits = Tensor.random([6, 5], scale: 2)
        let multi = Value(Tensor.random([6, 5], in: 0..<1).thresholded(above: 0.5))
        let one = Value(Tensor.eye(5).gathered([0, 3, 1, 4, 2, 2]))
        let ways: [(Loss, ActivationFunction, Value)] = [
            (.binaryCrossentropy(labelSmoothing: 0.1), .sigmoid, multi), (.categoricalCrossentropy, .softmax, one),
            (.sparseCategoricalCrossentropy, .softmax, Value(Indices([0, 3, 1, 4, 2, 2]))),
        ]
        for (loss, activation, target) in ways {
            var results: [[Tensor]] = []
            let onLogits = try #require(loss.onLogits(of: activation))
            for isLogits in [true, false] {
                let tape = Tape()
                let z = tape.variable(logits)
                let value =
                    try isLogits
                    ? onLogits.reduced(target, z, weights: nil) : loss.reduced(target, activation(z), weights: nil)
                tape.backward(from: value)
                results.append([value.tensor, tape.gradient(at: z)])
            }
            expectClose(results[0][0], results[1][0], relative: 5e-6)
            expectClose(results[0][1], results[1][1], relative: 2e-5, absolute: 1e-7)
        }
    }
}

/// Weights for samples and for labels.
@Suite struct LossWeightTests {
    private let target = Value([[0, 1, 1], [1, 0, 0]])
    private let prediction = Tensor([[0.2, 0.7, 0.4], [0.9, 0.5, 0.1]])

    @Test(arguments: [false, true])
    func weightsForLabels(fromLogits: Bool) throws {
        let loss = Loss.binaryCrossentropy(fromLogits: fromLogits)
        let weights: Tensor = [[1, 0, 2], [0.5, 3, 1]]
        let losses = try #require(try loss.elementwise(target, Value(prediction)))
        let expected = (losses.tensor * weights).sum() / 6
        expectClose(try loss.reduced(target, Value(prediction), weights: weights).tensor, Tensor(expected))
        // Their mean over labels is the loss of the sample.
        expectClose(losses.tensor.mean(axes: [1]), try loss.forward(target, Value(prediction)).tensor)
        // Equal weights for all labels are a weight for the sample.
        let perSample = try loss.reduced(target, Value(prediction), weights: [2, 3]).tensor
        expectClose(try loss.reduced(target, Value(prediction), weights: [[2, 2, 2], [3, 3, 3]]).tensor, perSample)
        expectClose(try loss.reduced(target, Value(prediction), weights: [[2], [3]]).tensor, perSample)
        try checkGradient(of: [prediction]) { try loss.reduced(target, $0[0], weights: weights) }
    }

    @Test func meansDivideByTheBatchAndNotByTheWeights() throws {
        let loss = Loss.meanSquaredError
        let plain = try loss.forward(target, Value(prediction)).tensor
        let doubled = try loss.reduced(target, Value(prediction), weights: [2, 2]).tensor
        expectClose(doubled, Tensor(plain.mean() * 2))
        expectClose(try loss.reduced(target, Value(prediction), weights: [0, 1]).tensor, Tensor(plain[1] / 2))
    }

    @Test func lossesWithoutLabelsTakeNoWeightsForThem() throws {
        let losses = [Loss.categoricalCrossentropy, .custom("own") { ($0 - $1).squared().sum(axes: [1]) }]
        for loss in losses {
            let error = try #require(throws: HornetError.self) {
                try loss.reduced(target, Value(prediction), weights: .ones([2, 3]))
            }
            #expect(error.kind == .configuration && error.place == "loss \(loss.name)")
        }
    }
}

/// Losses from closures, and targets that do not fit.
@Suite struct LossErrorTests {
    @Test func aClosureIsALoss() throws {
        let loss = Loss.custom("squared") { y, p in (y - p).squared().mean(axes: [-1]) }
        let (target, prediction) = (Value([[1, 0], [0, 1]]), Tensor([[0.5, 0.5], [1, 0]]))
        #expect(loss.name == "squared")
        expectClose(
            try loss.forward(target, Value(prediction)).tensor,
            try Loss.meanSquaredError.forward(target, Value(prediction)).tensor)
        expectClose(try loss.reduced(target, Value(prediction), weights: [1, 3]).tensor, Tensor(1.625))
        try checkGradient(of: [prediction]) { try loss.reduced(target, $0[0], weights: nil) }
    }

    @Test func aClosureMustGiveOneNumberASample() throws {
        let loss = Loss.custom("wrong") { y, p in (y - p).squared().mean() }
        let error = try #require(throws: HornetError.self) {
            try loss.forward(Value([[1], [2]]), Value([[1], [2]]))
        }
        #expect(error.place == "loss wrong" && error.problem.contains("the closure gave the shape []"))
    }

    @Test func shapesThatDiffer() throws {
        let losses: [Loss] = [
            .binaryCrossentropy, .binaryCrossentropy(fromLogits: true), .categoricalCrossentropy, .meanSquaredError,
        ]
        let pairs: [([Int], [Int])] = [([2, 3], [2, 4]), ([3], [3, 1]), ([3, 2], [2, 2]), ([2, 1], [2, 3]), ([3], [3])]
        for loss in losses {
            for (target, prediction) in pairs {
                let error = try #require(throws: HornetError.self, "\(loss.name) \(target) \(prediction)") {
                    try loss.forward(Value(.ones(target)), Value(.ones(prediction)))
                }
                #expect(error.kind == .shape && error.place == "loss \(loss.name)")
                #expect(error.problem.contains("targets have the shape \(target), the predictions \(prediction)"))
            }
        }
    }

    @Test func classNumbers() throws {
        let loss = Loss.sparseCategoricalCrossentropy
        let prediction = Value(Tensor.full([3, 4], 0.25))
        for good in [Value(Indices([0, 3, 1])), Value([0, 3, 1]), Value([[0], [3], [1]])] {
            expectClose(try loss.forward(good, prediction).tensor, .full([3], 1.3862944))
        }
        let bad: [(Value, String)] = [
            (Value(Indices([0, 4, 1])), "4.0 in row 1"), (Value(Indices([0, 1, -1])), "-1.0 in row 2"),
            (Value([0.5, 1, 1]), "0.5 in row 0"), (Value(Tensor([0, 1, Float.nan] as [Float])), "nan in row 2"),
        ]
        for (target, text) in bad {
            let error = try #require(throws: HornetError.self) { try loss.forward(target, prediction) }
            #expect(error.kind == .data && error.problem.contains("the target \(text)"), "\(error)")
            #expect(error.problem.contains("0..<4"))
        }
        for shape in [[2], [3, 2], [3, 1, 1]] {
            let error = try #require(throws: HornetError.self) {
                try loss.forward(Value(.zeros(shape)), prediction)
            }
            #expect(error.kind == .shape && error.problem.contains("targets have the shape \(shape)"))
        }
    }

    @Test func trapsWithoutAForward() async {
        await #expect(processExitsWith: .failure) { _ = try Loss(name: "own").forward(Value([[1]]), Value([[1]])) }
    }
}
