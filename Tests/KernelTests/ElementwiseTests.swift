import CHornetKernels
import Testing

@Suite struct ElementwiseTests {
    /// What a fused multiply-add may differ by for factors up to 3.
    private let fusing: Float = 2e-6

    @Test(arguments: InstructionSet.available)
    func arithmetic(_ set: InstructionSet) {
        for n in lengths {
            var samples = Samples(seed: UInt64(n))
            let arrays = [samples.floats(n), samples.floats(n), samples.floats(n)]
            expectTwins(set, arrays, "add \(n)") { $0.add($1[0], $1[1], $1[2], n) }
            expectTwins(set, arrays, "add in place \(n)") { $0.add($1[0], $1[1], $1[0], n) }
            expectTwins(set, arrays, "subtract \(n)") { $0.subtract($1[0], $1[1], $1[2], n) }
            expectTwins(set, arrays, "multiply \(n)") { $0.multiply($1[0], $1[1], $1[1], n) }
            expectTwins(set, arrays, "divide \(n)") { $0.divide($1[0], $1[1], $1[2], n) }
        }
    }

    @Test(arguments: InstructionSet.available)
    func arithmeticOfSpecialFloats(_ set: InstructionSet) {
        let pairs = specialFloats.flatMap { a in specialFloats.map { b in (a, b) } }
        let (a, b, n) = (pairs.map(\.0), pairs.map(\.1), pairs.count)
        expectTwins(set, [a, b], "add") { $0.add($1[0], $1[1], $1[0], n) }
        expectTwins(set, [a, b], "subtract") { $0.subtract($1[0], $1[1], $1[0], n) }
        expectTwins(set, [a, b], "multiply") { $0.multiply($1[0], $1[1], $1[0], n) }
        expectTwins(set, [a, b], "divide") { $0.divide($1[0], $1[1], $1[0], n) }
        expectTwins(set, [a, b], "relu_backward") { $0.relu_backward($1[0], $1[1], $1[0], n) }
    }

    @Test(arguments: InstructionSet.available)
    func multiplyAndAdd(_ set: InstructionSet) {
        for n in lengths {
            var samples = Samples(seed: UInt64(n) + 7)
            let arrays = [samples.floats(n), samples.floats(n), samples.floats(n)]
            expectTwins(set, arrays, within: 1, orAbsolute: fusing, "affine \(n)") {
                $0.affine($1[0], 1.7, -0.3, $1[1], n)
            }
            expectTwins(set, arrays, within: 1, orAbsolute: fusing, "axpy \(n)") { $0.axpy(-2.3, $1[0], $1[1], n) }
            expectTwins(set, arrays, within: 1, orAbsolute: fusing, "multiply_add \(n)") {
                $0.multiply_add($1[0], $1[1], $1[2], n)
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func gradients(_ set: InstructionSet) {
        for n in lengths {
            var samples = Samples(seed: UInt64(n) + 11)
            let (unit, dy) = (samples.floats(n, in: 0...1), samples.floats(n))
            let both = samples.floats(n, in: -1...1)
            expectTwins(set, [both, dy], within: 1, orAbsolute: fusing, "tanh_backward \(n)") {
                $0.tanh_backward($1[0], $1[1], $1[1], n)
            }
            expectTwins(set, [unit, dy], within: 1, orAbsolute: fusing, "sigmoid_backward \(n)") {
                $0.sigmoid_backward($1[0], $1[1], $1[1], n)
            }
            expectTwins(set, [both, dy], "relu_backward \(n)") { $0.relu_backward($1[0], $1[1], $1[1], n) }
        }
    }
}
