import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// The losses for imbalanced labels.
@Suite struct LabelLossTests {
    /// One case of `label_losses.json`.
    private struct Case {
        let name, label: String
        let loss: Loss
        let target: Value
        let prediction, elements, gradient: Tensor

        init(_ fixture: JSON.Cursor) throws {
            func number(_ name: String, _ value: Float) throws -> Float {
                try fixture.optional(name).map { Float(try $0.double()) } ?? value
            }
            func counts() throws -> [Int] { try fixture.member("positive_counts").array().map { try $0.int() } }
            name = try fixture.member("name").string()
            let fromLogits = try fixture.member("from_logits").bool()
            let smoothing = try number("label_smoothing", 0)
            switch name {
            case "binary_focal_crossentropy":
                loss = .binaryFocalCrossentropy(
                    applyClassBalancing: try fixture.optional("apply_class_balancing")?.bool() ?? false,
                    alpha: try number("alpha", 0.25), gamma: try number("gamma", 2), fromLogits: fromLogits,
                    labelSmoothing: smoothing)
            case "positive_weighted_crossentropy":
                loss = .binaryCrossentropy(
                    positiveWeights: try fixture.member("positive_weights").tensor(), fromLogits: fromLogits,
                    labelSmoothing: smoothing)
            case "asymmetric_loss":
                loss = .asymmetric(
                    gammaNegative: try number("gamma_negative", 4), gammaPositive: try number("gamma_positive", 1),
                    margin: try number("margin", 0.05), focusGradient: try fixture.member("focus_gradient").bool(),
                    fromLogits: fromLogits, labelSmoothing: smoothing)
            case "class_balanced_loss":
                loss = .classBalanced(
                    positiveCounts: try counts(), beta: try fixture.member("beta").double(),
                    gamma: try number("gamma", 0),
                    fromLogits: fromLogits)
            default:
                let smoothing = DistributionBalancedLoss.Smoothing(
                    alpha: try number("alpha", 0), beta: try number("beta", 0), mu: try number("mu", 0))
                loss = .distributionBalanced(
                    positiveCounts: try counts(), sampleCount: try fixture.member("sample_count").int(),
                    smoothing: smoothing, lambda: try number("lambda", 0), kappa: try number("kappa", 0),
                    gamma: try number("gamma", 0), fromLogits: fromLogits)
            }
            target = Value(try fixture.member("target").tensor())
            prediction = try fixture.member("prediction").tensor()
            elements = try fixture.member("elements").tensor()
            gradient = try fixture.member("gradient").tensor()
            label = "\(name) of \(prediction.shape), \(loss.config!)"
        }

        static var all: [Case] { get throws { try Fixture.json("label_losses.json").array().map(Case.init) } }
    }

    private static func gradient(_ loss: Loss, _ target: Value, _ prediction: Tensor) throws -> Tensor {
        let tape = Tape()
        let value = tape.variable(prediction)
        tape.backward(from: try loss.reduced(target, value, weights: nil))
        return tape.gradient(at: value)
    }

    /// 1e-5 relative: powers have the error of their logarithms a few times over, and probabilities near 1 few digits.
    @Test func lossesAndGradientsFollowTheirSources() throws {
        let cases = try Case.all
        #expect(Set(cases.map(\.name)).count == 5)
        for testCase in cases {
            #expect(testCase.loss.name == testCase.name)
            let elements = try #require(try testCase.loss.elementwise(testCase.target, Value(testCase.prediction)))
            expectClose(elements.tensor, testCase.elements, relative: 1e-5, absolute: 1e-6, testCase.label)
            let perSample = try testCase.loss.forward(testCase.target, Value(testCase.prediction)).tensor
            expectClose(perSample, testCase.elements.mean(axes: [1]), relative: 1e-5, absolute: 1e-6, testCase.label)
            expectClose(
                try Self.gradient(testCase.loss, testCase.target, testCase.prediction), testCase.gradient,
                relative: 2e-5, absolute: 1e-6, "gradient of \(testCase.label)")
        }
    }

    /// The gradient is that of the loss itself, but where the focus is held.
    @Test func gradientsAreDifferences() throws {
        for testCase in try Case.all where testCase.prediction.count > 1 {
            guard (testCase.loss as? LabelLoss)?.fromLogits == true else { continue }
            // Away from the kink of the margin.
            let check = GradientCheck()
            let problem = try check.mismatch(of: [testCase.prediction.clipped(-2.4, 4)]) {
                try testCase.loss.elementwise(testCase.target, $0[0])!
            }
            let asymmetric = testCase.loss as? AsymmetricLoss
            let isHeld = asymmetric.map { !$0.focusGradient && $0.gammaNegative > 0 } ?? false
            let hasKink = (asymmetric?.margin ?? 0) > 0
            if isHeld {
                #expect(problem != nil, "\(testCase.label)")
            } else if !hasKink {
                #expect(problem == nil, "\(testCase.label): \(problem ?? "")")
            }
        }
        // On either side of the margin: p of 0.018, of which nothing counts, and from 0.12 up.
        let loss = Loss.asymmetric(fromLogits: true)
        let target = Value([[0, 0, 0, 0, 1, 1]])
        try checkGradient(of: [[[-4, -2, 0, 3, -2, 2]]]) { try loss.elementwise(target, $0[0])! }
    }

    private static var losses: [Loss] {
        [
            .binaryCrossentropy(positiveWeights: [3, 0.5, 7, 1]), .binaryFocalCrossentropy,
            .binaryFocalCrossentropy(applyClassBalancing: true, gamma: 0.5, labelSmoothing: 0.1), .asymmetric,
            .asymmetric(focusGradient: false, labelSmoothing: 0.1),
            .classBalanced(positiveCounts: [1, 10, 100, 0], gamma: 1, labelSmoothing: 0.2),
            .distributionBalanced(positiveCounts: [1, 10, 100, 0], sampleCount: 100),
            .distributionBalanced(positiveCounts: [1, 10, 100, 0], sampleCount: 100, labelSmoothing: 0.1),
        ]
    }

    /// Finite everywhere; a wrong answer keeps its gradient however wrong it is.
    @Test func anyLogit() throws {
        for loss in Self.losses {
            let onLogits = try #require(loss.onLogits(of: .sigmoid))
            for size in [Float(0), 1, 20, 90, 120, 1000, 10_000] {
                let logits = Tensor([[size, -size, size, -size], [-size, size, -size, size]])
                for target in [Tensor.zeros([2, 4]), .ones([2, 4]), Tensor([[1, 0, 1, 0], [0, 1, 0, 1]])] {
                    let value = try onLogits.forward(Value(target), Value(logits)).tensor
                    let gradient = try Self.gradient(onLogits, Value(target), logits)
                    #expect(value.isFinite && gradient.isFinite, "\(loss.name) at \(size)")
                    #expect(value.scalars.allSatisfy { $0 >= 0 }, "\(loss.name) at \(size)")
                }
            }
        }
        let wrong = try Self.gradient(
            .binaryFocalCrossentropy(fromLogits: true), Value([[1, 0]]), [[-10_000, 10_000]])
        expectClose(wrong, [[-0.5, 0.5]])
        let cost = try Loss.asymmetric(fromLogits: true).forward(Value([[1]]), Value([[-10_000]])).tensor
        expectClose(cost, [10_000])
    }

    /// On what a sigmoid makes of them, and on the logits.
    @Test func bothWaysAgree() throws {
        let logits = Tensor.random([6, 4], scale: 2)
        let target = Value(Tensor.random([6, 4], in: 0..<1).thresholded(above: 0.5))
        for loss in Self.losses {
            let onLogits = try #require(loss.onLogits(of: .sigmoid))
            #expect(type(of: loss) == type(of: onLogits) && onLogits.onLogits(of: .sigmoid) == nil)
            #expect(loss.onLogits(of: .softmax) == nil)
            let tape = Tape()
            let z = tape.variable(logits)
            let value = try loss.reduced(target, z.sigmoid(), weights: nil)
            tape.backward(from: value)
            expectClose(value.tensor, try onLogits.reduced(target, Value(logits), weights: nil).tensor, relative: 1e-5)
            expectClose(
                tape.gradient(at: z), try Self.gradient(onLogits, target, logits), relative: 1e-4, absolute: 1e-6,
                loss.name)
        }
    }

    /// With nothing special asked for, each of them is the binary cross-entropy.
    @Test func plainOnesAreOne() throws {
        let logits = Value(Tensor.random([5, 3], scale: 3))
        let target = Value(Tensor.random([5, 3], in: 0..<1).thresholded(above: 0.5))
        let plain = try Loss.binaryCrossentropy(fromLogits: true).forward(target, logits).tensor
        let losses: [Loss] = [
            .binaryCrossentropy(positiveWeights: [1, 1, 1], fromLogits: true),
            .binaryFocalCrossentropy(gamma: 0, fromLogits: true),
            .asymmetric(gammaNegative: 0, gammaPositive: 0, margin: 0, fromLogits: true),
            .classBalanced(positiveCounts: [1, 5, 50], beta: 0, fromLogits: true),
            .distributionBalanced(
                positiveCounts: [1, 5, 50], sampleCount: 100, smoothing: .init(alpha: 0.5, beta: 0), lambda: 1,
                kappa: 0,
                gamma: 0, fromLogits: true),
        ]
        for loss in losses { expectClose(try loss.forward(target, logits).tensor, plain, relative: 2e-6, loss.name) }
    }

    @Test func configurationsComeBack() throws {
        for loss in Self.losses {
            let description: JSON = ["class_name": .string(loss.className), "config": .object(loss.config!)]
            let back = try LossRegistry().loss(from: description.cursor(source: "test"))
            #expect(type(of: back) == type(of: loss) && back.config == loss.config, "\(loss.name)")
        }
        let bad: [(String, JSON)] = [
            ("AsymmetricLoss", ["margin": 1]), ("BinaryFocalCrossentropy", ["gamma": -1]),
            ("ClassBalancedLoss", ["positive_counts": [1], "beta": 1]),
            ("DistributionBalancedLoss", ["positive_counts": [9], "sample_count": 8]),
            ("PositiveWeightedCrossentropy", ["positive_weights": [-1]]),
            ("BinaryFocalCrossentropy", ["label_smoothing": 2]),
        ]
        for (name, config) in bad {
            #expect(throws: HornetError.self, "\(name) \(config)") {
                let description: JSON = ["class_name": .string(name), "config": config]
                return try LossRegistry().loss(from: description.cursor(source: "test"))
            }
        }
    }

    @Test func asManyWeightsAsLabels() throws {
        let losses: [Loss] = [
            .binaryCrossentropy(positiveWeights: [1, 2]), .classBalanced(positiveCounts: [1, 2]),
            .distributionBalanced(positiveCounts: [1, 2], sampleCount: 3),
        ]
        for loss in losses {
            let error = try #require(throws: HornetError.self) {
                try loss.forward(Value(.ones([2, 3])), Value(.full([2, 3], 0.5)))
            }
            #expect(error.kind == .configuration && error.problem.contains("for 3 labels"), "\(error)")
        }
    }

    @Test func weightsOfClassBalance() {
        let loss = ClassBalancedLoss(positiveCounts: [0, 1, 10, 1000], beta: 0.99)
        #expect(loss.weights[0] == loss.weights[1])
        #expect(loss.weights[1] > loss.weights[2] && loss.weights[2] > loss.weights[3])
        expectClose(Tensor(loss.weights).sum(), 4)
    }
}
