import HornetLayers
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct InitializerTests {
    private static let initializers: [Initializer] = [
        .glorotUniform, .glorotNormal, .heUniform, .heNormal, .lecunUniform, .lecunNormal, .uniform(), .normal(),
        .truncatedNormal(),
    ]

    /// Deviation within 3 % and, where there are bounds, the largest draw within 1 % of Keras', over at least 24,000
    /// draws each (standard error below 0.5 %).
    @Test func distributionsAreThoseOfKeras() throws {
        var seen: Set<String> = []
        for testCase in try Fixture.json("initializers.json").member("cases").array() {
            let name = try testCase.member("name").string()
            let initializer = try #require(Self.initializers.first { $0.name == name })
            let shape = try testCase.member("shape").ints()
            let label = "\(name) of \(shape)"
            var random = RandomSource(seed: 7)
            let draws = (0..<8).flatMap { _ in initializer(shape, using: &random).scalars }
            let deviation = (draws.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(draws.count)).squareRoot()
            let mean = draws.reduce(0.0) { $0 + Double($1) } / Double(draws.count)
            #expect((deviation / (try testCase.member("deviation").double()) - 1).magnitude < 0.03, "\(label)")
            #expect(mean.magnitude < 5 * deviation / Double(draws.count).squareRoot(), "\(label)")
            if name != "RandomNormal" {
                let largest = Double(draws.map(\.magnitude).max()!)
                #expect((largest / (try testCase.member("largest").double()) - 1).magnitude < 0.01, "\(label)")
            }
            seen.insert(name)
        }
        #expect(seen == Set(Self.initializers.map(\.name)))
    }

    @Test func fansFollowKeras() throws {
        for testCase in try Fixture.json("initializers.json").member("fans").array() {
            let shape = try testCase.member("shape").ints()
            let fans = Initializer.fans(of: shape)
            #expect([Int(fans.input), Int(fans.output)] == (try testCase.member("fans").ints()), "\(shape)")
        }
    }

    @Test func uniformOnesKeepTheirBounds() {
        let bounds: [(Initializer, Double)] = [
            (.glorotUniform, 6.0 / 500), (.heUniform, 6.0 / 300), (.lecunUniform, 3.0 / 300), (.uniform(), 0.0025),
        ]
        for (initializer, square) in bounds {
            var random = RandomSource(seed: 1)
            let largest = initializer([300, 200], using: &random).scalars.map(\.magnitude).max()!
            #expect(Double(largest) <= square.squareRoot() * 1.0000002 && Double(largest) > square.squareRoot() * 0.999)
        }
    }

    @Test func constants() {
        var random = RandomSource(seed: 1)
        #expect(Initializer.zeros([2], using: &random) == [0, 0])
        #expect(Initializer.ones([2], using: &random) == [1, 1])
        #expect(Initializer.constant(0.5)([1, 2], using: &random) == [[0.5, 0.5]])
        #expect(random == RandomSource(seed: 1), "constants draw nothing")
        let own = Initializer("Diagonal") { shape, _ in .eye(shape[0]) }
        #expect(own([2, 2], using: &random) == [[1, 0], [0, 1]])
    }

    @Test func theSourceDecides() {
        for initializer in Self.initializers {
            var (a, b, c) = (RandomSource(seed: 1), RandomSource(seed: 1), RandomSource(seed: 2))
            let first = initializer([4, 5], using: &a)
            #expect(first == initializer([4, 5], using: &b))
            #expect(first != initializer([4, 5], using: &c))
            #expect(first != initializer([4, 5], using: &a))
            #expect(first.shape == [4, 5])
        }
    }
}
