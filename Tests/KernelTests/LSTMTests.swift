import CHornetKernels
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct LSTMTests {
    private let shapes = [0, 1, 3, 8].flatMap { rows in [0, 1, 7, 16, 33, 64].map { (rows, $0) } }
    /// Where the states after each row go, in tables of ten rows.
    private let next = [3, 1, 2, 0, 9, 8, 4, 6]

    @Test(arguments: InstructionSet.available)
    func gates(_ set: InstructionSet) {
        for (rows, units) in shapes {
            var samples = Samples(seed: UInt64(rows * 100 + units))
            let (z, c) = (samples.floats(rows * 4 * units, in: -12...12), samples.floats(rows * units))
            let (shown, tables) = (samples.floats(rows * units), samples.floats(10 * units))
            expectTwins(set, [z, c, shown, tables, tables], within: 8, orAbsolute: 4e-7, "\(rows)x\(units)") {
                $0.lstm_gates($1[0], $1[1], $1[2], next, $1[3], $1[4], rows, units)
            }
            expectTwins(set, [z, c, tables, tables], within: 8, orAbsolute: 4e-7, "\(rows)x\(units), nothing kept") {
                $0.lstm_gates($1[0], $1[1], nil, next, $1[2], $1[3], rows, units)
            }
        }
    }

    /// The state after a row may take the place of the one before it.
    @Test(arguments: InstructionSet.available)
    func statesInPlace(_ set: InstructionSet) {
        var samples = Samples(seed: 4)
        let (z, states) = (samples.floats(3 * 4 * 19), samples.floats(3 * 19))
        expectTwins(set, [z, states, states], within: 8, orAbsolute: 4e-7) {
            $0.lstm_gates($1[0], $1[1], nil, [0, 1, 2], $1[2], $1[1], 3, 19)
        }
    }

    @Test(arguments: InstructionSet.available)
    func gatesBackward(_ set: InstructionSet) {
        for (rows, units) in shapes {
            var samples = Samples(seed: UInt64(rows * 100 + units) + 1)
            let (gates, c) = (samples.floats(rows * 4 * units, in: -1...1), samples.floats(rows * units))
            let (shown, tables) = (samples.floats(rows * units, in: -1...1), samples.floats(10 * units))
            expectTwins(set, [gates, c, shown, tables, tables, c], within: 4, orAbsolute: 8e-6, "\(rows)x\(units)") {
                $0.lstm_gates_backward($1[0], $1[1], $1[2], next, $1[3], $1[4], $1[5], rows, units)
            }
        }
    }

    /// The error that the header promises, over floats of every exponent and over ordinary ones.
    @Test(arguments: InstructionSet.available)
    func functions(_ set: InstructionSet) {
        var samples = Samples(seed: 8)
        let inputs = stride(from: UInt64(0), through: UInt64(UInt32.max), by: 20_011).map { Float(bitPattern: UInt32($0)) }
            + specialFloats + samples.floats(100_000, in: -20...20) + samples.floats(50_000, in: -1...1)
        let n = inputs.count
        var (z, shown) = (inputs + inputs + inputs + inputs, [Float](repeating: 0, count: n))
        var (h, c) = (shown, shown)
        set.kernels.lstm_gates(&z, shown, &shown, [0], &h, &c, 1, n)
        var worst = (sigmoid: 0.0, tanh: 0.0)
        for (place, x) in inputs.enumerated() {
            let exact = max(1 / (1 + exp(-Double(x))), x.isNaN ? .nan : exp(-87))
            worst.sigmoid = max(worst.sigmoid, ulpError(z[place], exact: exact))
            worst.tanh = max(worst.tanh, ulpError(z[2 * n + place], exact: tanh(Double(x))))
        }
        #expect(worst.sigmoid <= 2.5 && worst.tanh <= 2.5, "\(set): \(worst)")
        #expect(sameBits(Array(z[..<n]), Array(z[n..<2 * n])) && sameBits(Array(z[..<n]), Array(z[(3 * n)...])))
    }
}
