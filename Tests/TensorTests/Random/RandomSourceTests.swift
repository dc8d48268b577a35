import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct RandomSourceTests {
    /// Another implementation of the paper, in Python, gives the same bits.
    @Test func followsThePaper() throws {
        for testCase in try cases("random_streams") {
            var source = RandomSource(seed: try #require(UInt64(testCase.member("seed").string())))
            for expected in try testCase.member("first").strings() { #expect(String(source.next()) == expected) }
            var child = source.split()
            for expected in try testCase.member("child").strings() { #expect(String(child.next()) == expected) }
            for expected in try testCase.member("after").strings() { #expect(String(source.next()) == expected) }
        }
    }

    @Test func equalSeedsGiveEqualStreams() {
        var (a, b, c) = (RandomSource(seed: 5), RandomSource(seed: 5), RandomSource(seed: 6))
        let first = (0..<10).map { _ in a.next() }
        #expect(first == (0..<10).map { _ in b.next() })
        #expect(first != (0..<10).map { _ in c.next() })
        #expect(a == b)
        var (system, other) = (RandomSource(), RandomSource())
        #expect(system.next() != other.next())
    }

    /// What a split stream gives does not depend on how much its parent draws afterwards, and the two differ.
    @Test func splitsAreIndependent() {
        var parent = RandomSource(seed: 1)
        var child = parent.split()
        var copy = child
        let expected = (0..<100).map { _ in copy.next() }
        let drawn = (0..<100).map { _ in parent.next() }
        #expect((0..<100).map { _ in child.next() } == expected)
        #expect(Set(drawn).isDisjoint(with: expected))
        var sibling = parent.split()
        #expect(Set((0..<100).map { _ in sibling.next() }).isDisjoint(with: expected))
        expectUncorrelated(seeds: (0..<64).map { _ in parent.split() })
    }

    @Test func streamsLeaveTheirSourceAlone() {
        let source = RandomSource(seed: 9)
        var (a, b, again) = (source.stream(0), source.stream(1), source.stream(0))
        #expect(a == again && a != b)
        #expect(a.next() == again.next() && a.next() != b.next())
        #expect(source == RandomSource(seed: 9))
        expectUncorrelated(seeds: (0..<64).map { source.stream($0) })
        expectUncorrelated(seeds: (0..<64).map { RandomSource(seed: UInt64($0)) })
    }

    /// Sums over 64 related streams behave as sums of independent draws: each of 200 is within 5 deviations.
    private func expectUncorrelated(seeds: [RandomSource]) {
        var streams = seeds
        for draw in 0..<200 {
            let sum = streams.indices.reduce(0.0) { $0 + Double(streams[$1].uniform()) - 0.5 }
            #expect(sum.magnitude < 5 * (Double(seeds.count) / 12).squareRoot(), "draw \(draw)")
        }
    }

    /// χ² of 30,000 draws over 3, 7 and 30 values stays within 5 deviations of its mean.
    @Test(arguments: [1, 2, 3, 7, 30])
    func integersAreUniform(bound: Int) {
        var random = RandomSource(seed: 3)
        var counts = [Int](repeating: 0, count: bound)
        for _ in 0..<30_000 { counts[random.integer(below: bound)] += 1 }
        let expected = 30_000 / Double(bound)
        let chi = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        let freedom = Double(bound - 1)
        #expect((chi - freedom).magnitude <= 5 * (2 * freedom).squareRoot())
    }

    @Test func integersOfHugeBounds() {
        var random = RandomSource(seed: 3)
        let bound = Int.max / 4 * 3
        let draws = (0..<1000).map { _ in random.integer(below: bound) }
        #expect(draws.allSatisfy { $0 >= 0 && $0 < bound })
        // A plain remainder of 64 bits would favour the lower third.
        #expect((300...370).contains(draws.count { $0 < bound / 3 }))
    }

    @Test func permutationsHaveEachNumberOnceAndAllOrders() {
        var random = RandomSource(seed: 4)
        #expect(random.permutation(0) == [] && random.permutation(1) == [0])
        #expect(random.permutation(100).sorted() == Array(0..<100))
        var orders: [[Int]: Int] = [:]
        for _ in 0..<6000 { orders[random.permutation(3), default: 0] += 1 }
        #expect(orders.count == 6)
        for count in orders.values { #expect((850...1150).contains(count)) }
    }

    @Test func trapsWithoutARange() async {
        await #expect(processExitsWith: .failure) {
            var random = RandomSource(seed: 1)
            _ = random.integer(below: 0)
        }
    }
}
