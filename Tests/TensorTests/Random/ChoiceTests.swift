import HornetTensor
import HornetTestSupport
import Testing

/// Frequencies of 60,000 draws, within five standard errors.
@Suite struct ChoiceTests {
    private let count = 60_000

    private func expectShares(_ ids: Indices, _ shares: [Double]) {
        for (id, share) in shares.enumerated() {
            let found = Double(ids.ids.count { $0 == Int32(id) }) / Double(ids.count)
            #expect((found - share).magnitude <= 5 * (share * (1 - share) / Double(ids.count)).squareRoot(), "\(id)")
        }
    }

    @Test func integers() {
        var random = RandomSource(seed: 1)
        let x = Indices.integers([count], in: -2..<4, using: &random)
        expectShares(Indices(x.ids.map { $0 + 2 }), [Double](repeating: 1 / 6, count: 6))
        #expect(Indices.integers([2, 0], in: 0..<1, using: &random).shape == [2, 0])
    }

    @Test func bernoulli() {
        var random = RandomSource(seed: 2)
        let x = Tensor.bernoulli([count], probability: 0.3, using: &random)
        expectShares(Indices(x), [0.7, 0.3])
        #expect(Tensor.bernoulli([9], probability: 0, using: &random) == .zeros([9]))
        #expect(Tensor.bernoulli([9], probability: 1, using: &random) == .ones([9]))
    }

    @Test func choice() {
        var random = RandomSource(seed: 3)
        expectShares(.choice(count, below: 4, using: &random), [0.25, 0.25, 0.25, 0.25])
        expectShares(.choice(count, below: 4, weights: [1, 0, 2, 1], using: &random), [0.25, 0, 0.5, 0.25])
        for weights in [nil, Tensor([1, 0, 2, 1, 5])] {
            let ids = Indices.choice(4, below: 5, repeating: false, weights: weights, using: &random)
            #expect(Set(ids.ids).count == 4 && (weights == nil || !ids.ids.contains(1)))
        }
        // The first of two draws without repetition: as with it.
        let firsts = (0..<count / 10).map { _ in
            Indices.choice(2, below: 3, repeating: false, weights: [1, 1, 2], using: &random)[0]
        }
        expectShares(Indices(firsts), [0.25, 0.25, 0.5])
    }

    @Test func shuffles() {
        var random = RandomSource(seed: 4)
        let x = Tensor.arange(40).reshaped([20, 2])
        let y = x.shuffled(using: &random)
        #expect(y != x && y[..., 0].sorted() == x[..., 0] && y[..., 1] == y[..., 0] + 1)
        #expect(Indices.permutation(9, using: &random).sorted() == .arange(9))
    }

    @Test func trapsOnWhatCanNotBeDrawn() async {
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 1)
            _ = Indices.integers([1], in: 3..<3, using: &random)
        }
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 1)
            _ = Indices.choice(3, below: 2, repeating: false, using: &random)
        }
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 1)
            _ = Indices.choice(1, below: 2, weights: [0, 0], using: &random)
        }
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 1)
            _ = Tensor.bernoulli([1], probability: 1.5, using: &random)
        }
    }
}
