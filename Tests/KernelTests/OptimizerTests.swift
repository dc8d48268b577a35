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
                $0.rmsprop_with_complement($1[0], $1[1], $1[2], 1e-3, 0.9, 0.1, 1e-7, n)
            }
            expectTwins(set, [w, m, v, g], "adam \(n)") {
                $0.adam_with_complements($1[0], $1[1], $1[2], $1[3], 3e-4, 0.1, 1e-3, 1e-7, n)
            }
            expectTwins(set, [w, m, v], "adam_decay \(n)") {
                $0.adam_decay_with_complements($1[0], $1[1], $1[2], 3e-4, 0.1, 1e-3, 1e-7, n)
            }
            let sums: [Float] = [3e-3, 2e-4, 1e-5]
            for terms in 1...3 {
                expectTwins(set, [w, m, v], "adam_catch_up \(n)") {
                    $0.adam_catch_up($1[0], $1[1], $1[2], sums, terms, 0.99, 0.5, 0.9, 1e-7, n)
                }
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
            if index < 2 {
                set.kernels.adam_with_complements(&w, &m, &v, step.g, alpha, 0.1, 0.001, 1e-7, 2)
            } else {  // a step without gradient
                set.kernels.adam_decay_with_complements(&w, &m, &v, alpha, 0.1, 0.001, 1e-7, 2)
            }
            #expect(mismatch(w, step.w, within: 1) == nil, "step \(index + 1)")
        }
    }

    /// The decay is the update with a gradient of zero.
    @Test(arguments: InstructionSet.available)
    func decayIsAdamWithoutGradient(_ set: InstructionSet) {
        var samples = Samples(seed: 4)
        let n = 77
        let start = [samples.floats(n), samples.floats(n), samples.floats(n, in: 0...1)]
        let (full, decay) = (start.map { Fenced($0) }, start.map { Fenced($0) })
        let zero = [Float](repeating: 0, count: n)
        set.kernels.adam_with_complements(
            full[0].pointer, full[1].pointer, full[2].pointer, zero, 1e-3, 0.1, 1e-3, 1e-7, n)
        set.kernels.adam_decay_with_complements(
            decay[0].pointer, decay[1].pointer, decay[2].pointer, 1e-3, 0.1, 1e-3, 1e-7, n)
        #expect(zip(full, decay).allSatisfy { sameBits($0.elements, $1.elements) })
    }

    /// The forms that take a beta subtract it from 1 in float.
    @Test func betasAndComplements() {
        var samples = Samples(seed: 6)
        let n = 19
        let start = [samples.floats(n), samples.floats(n), samples.floats(n, in: 0...1), samples.floats(n)]
        let (beta1, beta2): (Float, Float) = (0.9, 0.999)
        let (a, b) = (start.map { Fenced($0) }, start.map { Fenced($0) })
        hornet_adam(a[0].pointer, a[1].pointer, a[2].pointer, a[3].pointer, 1e-3, beta1, beta2, 1e-7, n)
        hornet_adam_with_complements(
            b[0].pointer, b[1].pointer, b[2].pointer, b[3].pointer, 1e-3, 1 - beta1, 1 - beta2, 1e-7, n)
        #expect(zip(a, b).allSatisfy { sameBits($0.elements, $1.elements) })
        hornet_adam_decay(a[0].pointer, a[1].pointer, a[2].pointer, 1e-3, beta1, beta2, 1e-7, n)
        hornet_adam_decay_with_complements(
            b[0].pointer, b[1].pointer, b[2].pointer, 1e-3, 1 - beta1, 1 - beta2, 1e-7, n)
        #expect(zip(a, b).allSatisfy { sameBits($0.elements, $1.elements) })
        hornet_rmsprop(a[0].pointer, a[2].pointer, a[3].pointer, 1e-3, beta1, 1e-7, n)
        hornet_rmsprop_with_complement(b[0].pointer, b[2].pointer, b[3].pointer, 1e-3, beta1, 1 - beta1, 1e-7, n)
        #expect(zip(a, b).allSatisfy { sameBits($0.elements, $1.elements) })
        #expect(!zip(a, start).allSatisfy { sameBits($0.elements, $1) })
    }
}
