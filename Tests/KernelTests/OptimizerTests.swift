import CHornetKernels
import Testing

/// Updates agree with their twins, which round after every operation as Keras does, to the bit.
@Suite struct OptimizerTests {
    @Test(arguments: InstructionSet.available)
    func twins(_ set: InstructionSet) {
        for n in lengths {
            var samples = Samples(seed: UInt64(n) + 21)
            let (w, g) = (samples.floats(n, in: -0.1...0.1), samples.floats(n, in: -0.2...0.2))
            let (m, v) = (samples.floats(n, in: -0.01...0.01), samples.floats(n, in: 0...1e-4))
            expectTwins(set, [w, g], "sgd \(n)") { $0.sgd($1[0], $1[1], 0.01, n) }
            for nesterov in [Int32(0), 1] {
                expectTwins(set, [w, m, g], "sgd_momentum \(n)") {
                    $0.sgd_momentum($1[0], $1[1], $1[2], 0.01, 0.9, nesterov, n)
                }
            }
            expectTwins(set, [w, v, g], "rmsprop \(n)") {
                $0.rmsprop($1[0], $1[1], $1[2], 1e-3, 0.9, 0.1, 1e-7, n)
            }
            expectTwins(set, [w, m, v, g], "adam \(n)") {
                $0.adam($1[0], $1[1], $1[2], $1[3], 3e-4, 0.1, 1e-3, 1e-7, n)
            }
        }
    }

    /// Three steps whose result Keras 3.15 printed.
    @Test(arguments: InstructionSet.available)
    func adamFollowsKeras(_ set: InstructionSet) {
        var (w, m, v): ([Float], [Float], [Float]) = ([1, 2], [0, 0], [0, 0])
        let steps: [(g: [Float], w: [Float])] = [
            ([0.1, -0.2], [0.999, 2.0009999]), ([0.3, 0], [0.99808222, 2.00166988]),
            ([0, 0], [0.99737281, 2.00218773]),
        ]
        var (power1, power2) = (1.0, 1.0)
        for (index, step) in steps.enumerated() {
            power1 *= 0.9
            power2 *= 0.999
            let alpha = Float(1e-3 * (1 - power2).squareRoot() / (1 - power1))
            set.kernels.adam(&w, &m, &v, step.g, alpha, 0.1, 0.001, 1e-7, 2)
            #expect(mismatch(w, step.w, within: 1) == nil, "step \(index + 1)")
        }
    }

    /// Nothing but the rows changes, and they have the bits of the update of each.
    @Test(arguments: InstructionSet.available)
    func rows(_ set: InstructionSet) {
        for width in [1, 5, 16, 37, 64] {
            for rows: [Int32] in [[], [3], [7, 0, 5, 2, 6, 1]] {
                var samples = Samples(seed: UInt64(width * 10 + rows.count))
                let table = { (range: ClosedRange<Float>) in samples.floats(8 * width, in: range) }
                let (w, m, v) = (table(-0.1...0.1), table(-0.01...0.01), table(0...1e-4))
                let g = samples.floats(6 * width, in: -0.2...0.2)
                let places = rows.indices.map { Int32(5 - $0) }
                expectTwins(set, [w, m, v, g], "\(rows.count) rows of \(width)") {
                    $0.adam_rows(
                        $1[0], $1[1], $1[2], $1[3], rows, places, rows.count, width, 3e-4, 0.1, 1e-3, 1e-7)
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func catchingUp(_ set: InstructionSet) {
        let now = 9
        let powers = (0...now).map { [Float(pow(0.9, $0)), Float(pow(0.999, $0))] }
        let (mPowers, vPowers) = (Fenced(powers.map { $0[0] }), Fenced(powers.map { $0[1] }))
        for terms in [1, 2, 4, 5, 6, 7, 16] {
            let sums = (0..<now * terms).map { (i: Int) -> Double in
                let term = Double(i % terms)
                return 3e-3 / (1 + 4 * term) + Double(i) * 1e-5
            }
            for width in [1, 5, 37, 64] {
                for decays in [false, true] {
                    let rows: [Int32] = [4, 0, 7, 2, 1, 6]
                    let since: [Int32] = [0, 8, 3, 5, 8, 1]
                    let factors = Fenced(rows.map { 1 - Float($0) * 0.01 })
                    var samples = Samples(seed: UInt64(width * 100 + terms))
                    let table = { (range: ClosedRange<Float>) in samples.floats(8 * width, in: range) }
                    let (w, m, v) = (table(-0.1...0.1), table(-0.01...0.01), table(0...1e-4))
                    expectTwins(set, [w, m, v], "\(terms) terms, width \(width), decays \(decays)") { kernels, arrays in
                        sums.withUnsafeBufferPointer { sums in
                            var history = hornet_adam_history(
                                sums: sums.baseAddress!, terms: terms, scale: 0.5,
                                w_factors: decays ? factors.pointer : nil, m_powers: mPowers.pointer,
                                v_powers: vPowers.pointer, now: Int32(now), epsilon: 1e-7)
                            kernels.adam_catch_up_rows(
                                arrays[0], arrays[1], arrays[2], rows, since, rows.count, width, &history)
                        }
                    }
                }
            }
        }
    }

    private func pow(_ base: Double, _ exponent: Int) -> Double { (0..<exponent).reduce(1) { power, _ in power * base } }
}
