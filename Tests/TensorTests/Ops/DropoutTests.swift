import HornetTensor
import HornetTestSupport
import Testing

@Suite struct DropoutTests {
    private let x = Tensor.random([100, 200], in: 1..<2)

    private func dropped(_ rate: Float, seed: UInt64 = 1, noiseShape: [Int]? = nil) -> Tensor {
        var random = RandomSource(seed: seed)
        return Value(x).dropout(rate: rate, noiseShape: noiseShape, using: &random).tensor
    }

    /// 20,000 draws: the share of zeros is within five standard deviations of the rate.
    @Test(arguments: [0.1, 0.2, 0.5, 0.9] as [Float])
    func dropsTheRateAndScalesTheRest(rate: Float) {
        let y = dropped(rate)
        let zeros = y.scalars.count { $0 == 0 }
        let expected = Double(rate) * 20_000
        let deviation = (expected * (1 - Double(rate))).squareRoot()
        #expect((Double(zeros) - expected).magnitude < 5 * deviation)
        for (before, after) in zip(x.scalars, y.scalars) where after != 0 {
            #expect((after / before - 1 / (1 - rate)).magnitude < 1e-5)
        }
    }

    @Test func theEndsOfTheRate() {
        #expect(dropped(0) == x)
        #expect(dropped(1) == .zeros(x.shape))
    }

    @Test func theSeedDecides() {
        #expect(dropped(0.5, seed: 3) == dropped(0.5, seed: 3))
        #expect(dropped(0.5, seed: 3) != dropped(0.5, seed: 4))
        var random = RandomSource(seed: 3)
        let first = Tensor.dropoutFactors([50], rate: 0.5, using: &random)
        #expect(first != Tensor.dropoutFactors([50], rate: 0.5, using: &random))
    }

    /// An odd count has its last element drawn too.
    @Test func everyPlaceIsDropped() {
        for count in [1, 2, 7] {
            var random = RandomSource(seed: 1)
            var zeros = [Int](repeating: 0, count: count)
            for _ in 0..<400 {
                for (i, factor) in Tensor.dropoutFactors([count], rate: 0.5, using: &random).scalars.enumerated()
                where factor == 0 { zeros[i] += 1 }
            }
            for count in zeros { #expect((150...250).contains(count)) }
        }
    }

    @Test func oneDrawServesAWholeAxis() {
        var random = RandomSource(seed: 1)
        let ones = Value(Tensor.ones([8, 5, 40]))
        let y = ones.dropout(rate: 0.5, noiseShape: [8, 1, 40], using: &random).tensor
        for step in 1..<5 { #expect(y.sliced(step..<(step + 1), axis: 1) == y.sliced(0..<1, axis: 1)) }
        #expect(y[0..<1] != y[1..<2])
        expectClose(y.mean(), 1, relative: 0.2)
    }

    @Test func keepsTheMaskAndTheTape() throws {
        var random = RandomSource(seed: 1)
        let mask: Tensor = [[1, 0]]
        let tape = Tape()
        let y = tape.variable(.ones([1, 2, 3])).masked(by: mask).dropout(rate: 0.5, using: &random)
        #expect(y.mask == mask && y.isRecorded)
        try checkGradient(of: [Tensor.random([5, 7])]) {
            var random = RandomSource(seed: 9)
            return $0[0].dropout(rate: 0.4, using: &random)
        }
    }
}
