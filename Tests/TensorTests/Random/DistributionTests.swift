import HornetTensor
import HornetTestSupport
import Testing

/// Moments of 100,000 draws, within five standard errors.
@Suite struct DistributionTests {
    private let count = 100_000

    private func moments(_ x: Tensor) -> (mean: Double, deviation: Double) {
        let values = x.scalars.map(Double.init)
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        return (mean, variance.squareRoot())
    }

    @Test func uniform() {
        var random = RandomSource(seed: 1)
        let x = Tensor.uniform([count], low: -1, high: 3, using: &random)
        #expect(x.scalars.allSatisfy { $0 >= -1 && $0 < 3 })
        let (mean, deviation) = moments(x)
        #expect((mean - 1).magnitude < 5 * 1.1547 / Double(count).squareRoot())
        #expect((deviation - 1.1547).magnitude < 0.01)
        #expect(x.scalars.contains { $0 < -0.999 } && x.scalars.contains { $0 > 2.999 })
    }

    /// Near 2²³ the numbers are 1 apart: half of the draws would round up to the bound.
    @Test func uniformNeverReachesTheUpperBound() {
        var random = RandomSource(seed: 1)
        let x = Tensor.uniform([1000], low: 8_388_608, high: 8_388_609, using: &random)
        #expect(x == .full([1000], 8_388_608))
        #expect(Tensor.uniform([3], low: 2, high: 2, using: &random) == [2, 2, 2])
    }

    @Test func normal() {
        var random = RandomSource(seed: 2)
        let x = Tensor.normal([count], mean: 2, standardDeviation: 3, using: &random)
        let (mean, deviation) = moments(x)
        #expect((mean - 2).magnitude < 5 * 3 / Double(count).squareRoot())
        #expect((deviation - 3).magnitude < 5 * 3 / Double(2 * count).squareRoot())
        // Shares beyond one and two deviations: 31.73 % and 4.55 %.
        for (limit, share) in [(1, 0.3173), (2, 0.0455)] as [(Float, Double)] {
            let beyond = Double(x.scalars.count { ($0 - 2).magnitude > 3 * limit }) / Double(count)
            #expect((beyond - share).magnitude < 5 * (share * (1 - share) / Double(count)).squareRoot())
        }
        #expect(x.isFinite)
    }

    @Test func truncatedNormal() {
        var random = RandomSource(seed: 3)
        let x = Tensor.truncatedNormal([count], mean: 1, standardDeviation: 2, using: &random)
        #expect(x.scalars.allSatisfy { ($0 - 1).magnitude <= 4.000001 })
        let (mean, deviation) = moments(x)
        #expect((mean - 1).magnitude < 5 * 2 / Double(count).squareRoot())
        #expect((deviation - 2 * 0.87962566).magnitude < 0.01)
    }

    @Test func theSourceDecides() {
        var (a, b) = (RandomSource(seed: 4), RandomSource(seed: 4))
        #expect(Tensor.uniform([5], using: &a) == Tensor.uniform([5], using: &b))
        #expect(Tensor.normal([5], using: &a) == Tensor.normal([5], using: &b))
        #expect(Tensor.normal([5], using: &a) != Tensor.normal([5], using: &a))
        #expect(Tensor.normal([0, 3], using: &a).shape == [0, 3])
    }
}
