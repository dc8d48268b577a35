import HornetTensor
import HornetTestSupport
import Testing

@Suite struct NormalizationTests {
    private static let shapes = [[4, 1], [2, 5], [3, 7, 17], [150, 3], [1, 2, 3, 4]]

    private static func weights(_ shape: [Int]) -> [Tensor] {
        [.random([shape.last!], seed: 2), .random([shape.last!], seed: 3)]
    }

    @Test func batchGradients() throws {
        for shape in Self.shapes {
            let x = Tensor.random(shape) * Tensor(2) + Tensor(1)
            let rows = shape.dropLast().reduce(1, *)
            // One element of many moves little, and the rounding of all outputs adds up.
            var check = GradientCheck()
            if rows > 10 { check.step = 1 / 2 }
            try checkGradient(of: [x] + Self.weights(shape), "batch \(shape)", check: check) {
                $0[0].batchNormalized(Moments(of: $0[0].tensor, mask: nil), gamma: $0[1], beta: $0[2], epsilon: 0.1)
            }
            try checkGradient(of: [x], "batch \(shape) alone", check: check) {
                $0[0].batchNormalized(Moments(of: $0[0].tensor, mask: nil), gamma: nil, beta: nil, epsilon: 0.1)
            }
            let mask = Tensor((0..<rows).map { $0 % 3 == 1 ? 0 : 1 }, shape: shape.dropLast())
            try checkGradient(of: [x] + Self.weights(shape), "masked batch \(shape)", check: check) {
                $0[0].batchNormalized(Moments(of: $0[0].tensor, mask: mask), gamma: $0[1], beta: $0[2], epsilon: 0.1)
            }
        }
    }

    @Test func gradientsWithGivenMoments() throws {
        for shape in Self.shapes + [[0, 3]] {
            let moments = Moments(mean: .random([shape.last!], seed: 4), variance: .random([shape.last!], in: 0.5..<2))
            try checkGradient(of: [.random(shape)] + Self.weights(shape), "\(shape)") {
                $0[0].batchNormalized(moments, gamma: $0[1], beta: $0[2], epsilon: 1e-3)
            }
            try checkGradient(of: [.random(shape), Self.weights(shape)[0]], "\(shape) without gamma") {
                $0[0].batchNormalized(moments, gamma: nil, beta: $0[1], epsilon: 1e-3)
            }
        }
    }

    @Test func layerGradients() throws {
        for shape in Self.shapes + [[0, 3]] {
            try checkGradient(of: [.random(shape)] + Self.weights(shape), "\(shape)") {
                $0[0].layerNormalized(gamma: $0[1], beta: $0[2], epsilon: 0.1)
            }
            try checkGradient(of: [.random(shape), Self.weights(shape)[0]], "\(shape) without gamma") {
                $0[0].layerNormalized(gamma: nil, beta: $0[1], epsilon: 0.1)
            }
        }
    }

    /// Moments that are taken for given, where they are the batch's, are noticed.
    @Test func theGradientCheckCanFail() throws {
        let problem = try GradientCheck().mismatch(of: [.random([4, 3])]) {
            let moments = Moments(of: $0[0].tensor, mask: nil)
            return $0[0].batchNormalized(
                Moments(mean: moments.mean, variance: moments.variance), gamma: nil, beta: nil, epsilon: 0.1)
        }
        #expect(problem != nil)
    }

    /// Far from 0 and over many rows, where sums of squares or one long sum would lose the variance.
    @Test func momentsOfManyRowsFarFromZero() {
        let rows = 20_000
        let x = Tensor((0..<rows).map { 100 + Float($0 % 8) / 8 }, shape: [rows, 1])
        let moments = Moments(of: x, mask: nil)
        expectClose(moments.mean, [100.4375], relative: 1e-6)
        expectClose(moments.variance, [63.0 / 12 / 64], relative: 1e-5)
    }

    @Test func permutedAxes() throws {
        let x = Tensor((0..<24).map(Float.init), shape: [2, 3, 4])
        let y = x.permuted([2, 0, 1])
        #expect(y.shape == [4, 2, 3])
        for i in 0..<2 { for j in 0..<3 { for k in 0..<4 { #expect(y[k, i, j] == x[i, j, k]) } } }
        #expect(Tensor.zeros([0, 3]).permuted([1, 0]).shape == [3, 0])
        for axes in [[2, 0, 1], [0, 2, 1], [0, 1, 2]] {
            try checkGradient(of: [.random([2, 3, 4])], "\(axes)") { $0[0].permuted(axes) }
        }
    }
}
