import CHornetKernels
import Testing

@Suite struct RowTests {
    private static let activations = [HORNET_LINEAR, HORNET_RELU, HORNET_SIGMOID, HORNET_TANH]
    private let shapes = [0, 1, 3].flatMap { rows in lengths.map { (rows, $0) } }

    @Test(arguments: InstructionSet.available)
    func biasAndActivation(_ set: InstructionSet) {
        for (rows, columns) in shapes {
            var samples = Samples(seed: UInt64(rows * 5000 + columns))
            let (z, bias) = (samples.floats(rows * columns), samples.floats(columns))
            for activation in Self.activations {
                let what = "\(rows)x\(columns), activation \(activation.rawValue)"
                expectTwins(set, [z, bias], within: 2, what) {
                    $0.bias_activation($1[0], $1[1], rows, columns, activation)
                }
                expectTwins(set, [z], within: 2, what + ", no bias") {
                    $0.bias_activation($1[0], nil, rows, columns, activation)
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func softmax(_ set: InstructionSet) {
        for (rows, columns) in shapes {
            var samples = Samples(seed: UInt64(rows * 5000 + columns) + 1)
            let (x, y) = (samples.floats(rows * columns, in: -200...30), samples.floats(rows * columns))
            expectTwins(set, [x, y], within: 8, "\(rows)x\(columns)") { $0.softmax($1[0], $1[1], rows, columns) }
            expectTwins(set, [x], within: 8, "in place \(rows)x\(columns)") {
                $0.softmax($1[0], $1[0], rows, columns)
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func softmaxOfSpecialRows(_ set: InstructionSet) {
        for columns in [1, 5, 8, 19] {
            for special in [Float.nan, .infinity, -.infinity, 3e38, -3e38] {
                for place in Set([0, columns - 1]) {
                    var x = [Float](repeating: 1, count: columns)
                    x[place] = special
                    expectTwins(set, [x], within: 2, "\(special) at \(place) of \(columns)") {
                        $0.softmax($1[0], $1[0], 1, columns)
                    }
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func softmaxBackward(_ set: InstructionSet) {
        for (rows, columns) in shapes {
            var samples = Samples(seed: UInt64(rows * 5000 + columns) + 2)
            let (y, dy) = (samples.floats(rows * columns, in: 0...0.1), samples.floats(rows * columns))
            expectTwins(set, [y, dy], within: 1, orAbsolute: 5e-6, "\(rows)x\(columns)") {
                $0.softmax_backward($1[0], $1[1], $1[1], rows, columns)
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func binaryCrossentropy(_ set: InstructionSet) {
        for (rows, columns) in shapes where columns > 0 {
            for smoothing in [Float(0), 0.1] {
                var samples = Samples(seed: UInt64(rows * 5000 + columns) + 3)
                let z = samples.floats(rows * columns, in: -40...40)
                let y = samples.ids(rows * columns, below: 2).map { Float($0) }
                let scale = samples.floats(rows, in: 0...2)
                let what = "\(rows)x\(columns), smoothing \(smoothing)"
                expectTwins(set, [z, y, scale], within: 8, orAbsolute: 2e-6, what) {
                    $0.bce_with_logits($1[0], $1[1], smoothing, $1[2], rows, columns)
                }
                expectTwins(set, [z, y, scale], within: 4, orAbsolute: 3e-7, what) {
                    $0.bce_with_logits_backward($1[0], $1[1], smoothing, $1[2], $1[0], rows, columns)
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func binaryCrossentropyOfLargeLogits(_ set: InstructionSet) {
        let z: [Float] = [50, -50, 1000, -1000, 100, -100]
        let y: [Float] = [0, 1, 1, 0, 0, 0]
        var loss = [Float](repeating: 0, count: 6)
        set.kernels.bce_with_logits(z, y, 0, &loss, 6, 1)
        #expect(loss[..<5] == [50, 50, 0, 0, 100])
        #expect(ulpDistance(loss[5], Float(bitPattern: 27)) <= 2)
    }

    @Test(arguments: InstructionSet.available)
    func focalCrossentropy(_ set: InstructionSet) {
        let forms = [
            hornet_focal_options(
                smoothing: 0, gamma_positive: 0, gamma_negative: 0, margin: 0, negative_scale: 1, holds_focus: 0),
            hornet_focal_options(
                smoothing: 0.1, gamma_positive: 2, gamma_negative: 2, margin: 0, negative_scale: 1, holds_focus: 0),
            hornet_focal_options(
                smoothing: 0, gamma_positive: 1, gamma_negative: 4, margin: 0.05, negative_scale: 1, holds_focus: 1),
            hornet_focal_options(
                smoothing: 0.2, gamma_positive: 0.5, gamma_negative: 2, margin: 0.1, negative_scale: 2.5,
                holds_focus: 0),
        ]
        for (rows, columns) in shapes {
            var samples = Samples(seed: UInt64(rows * 5000 + columns) + 4)
            let z = samples.floats(rows * columns, in: -20...20)
            let y = samples.ids(rows * columns, below: 2).map { Float($0) }
            let arrays = [
                z, y, samples.floats(columns, in: 0.1...20), samples.floats(columns, in: -2...2),
                Array(repeating: 0, count: rows * columns), Array(repeating: 0, count: rows * columns),
            ]
            for options in forms {
                var options = options
                let what = "\(rows)x\(columns), \(options)"
                // The power of a number near 0 has the error of its logarithm many times over.
                expectTwins(set, arrays, within: 60, orAbsolute: 2e-6, what) {
                    $0.focal_with_logits($1[0], $1[1], $1[2], $1[3], &options, $1[4], $1[5], rows, columns)
                }
                expectTwins(set, arrays, within: 60, orAbsolute: 2e-6, what + ", plain") {
                    $0.focal_with_logits($1[0], $1[1], nil, nil, &options, $1[4], $1[5], rows, columns)
                }
            }
        }
    }
}
