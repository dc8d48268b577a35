import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct ArithmeticTests {
    /// One rounding: 1e-7 relative would do; the division of some kernels takes two.
    @Test func followsNumPysBroadcasting() throws {
        for testCase in try cases("binary") {
            let (a, b) = (try testCase.member("a").tensor(), try testCase.member("b").tensor())
            let label = "\(a.shape) with \(b.shape)"
            let (x, y) = (Value(a), Value(b))
            let results: [(String, Tensor, Value)] = [
                ("+", a + b, x + y), ("-", a - b, x - y), ("*", a * b, x * y), ("/", a / b, x / y),
            ]
            for (operation, tensor, value) in results {
                let expected = try testCase.member(operation).tensor()
                expectClose(tensor, expected, relative: 2e-7, "\(operation) \(label)")
                #expect(value.tensor == tensor, "\(operation) \(label)")
            }
        }
    }

    @Test func updatesInPlaceAsTheOperatorsDo() throws {
        var seen = 0
        for testCase in try cases("binary") {
            let (a, b) = (try testCase.member("a").tensor(), try testCase.member("b").tensor())
            guard (a + b).shape == a.shape else { continue }
            var (sum, difference, product, quotient) = (a, a, a, a)
            sum += b
            difference -= b
            product *= b
            quotient /= b
            #expect(sum == a + b && difference == a - b && product == a * b && quotient == a / b)
            seen += 1
        }
        #expect(seen > 20)
    }

    @Test func worksOnItself() {
        var x: Tensor = [1, 2, 3]
        x += x
        #expect(x == [2, 4, 6])
        x *= x
        #expect(x == [4, 16, 36])
        x -= x[0..<3]
        #expect(x == [0, 0, 0])
    }

    @Test func takesNumbersOnBothSides() {
        let x: Tensor = [-4, 0.5, 2]
        #expect(x + 1 == [-3, 1.5, 3] && Float(1) + x == x + 1)
        #expect(x - 1 == [-5, -0.5, 1] && Float(1) - x == [5, 0.5, -1])
        #expect(x * 3 == [-12, 1.5, 6] && Float(3) * x == x * 3)
        #expect(x / 2 == [-2, 0.25, 1] && Float(2) / x == [-0.5, 4, 1])
        var y = x
        y += 1
        y *= 2
        y -= 3
        #expect(y == [-9, 0, 3])
        let v = Value(x)
        #expect((v + 1).tensor == x + 1 && (Float(1) + v).tensor == x + 1)
        #expect((v - 1).tensor == x - 1 && (Float(1) - v).tensor == Float(1) - x)
        #expect((v * 3).tensor == x * 3 && (Float(3) * v).tensor == x * 3)
        #expect((v / 2).tensor == x / 2 && (Float(2) / v).tensor == Float(2) / x)
    }

    private static let pairs: [([Int], [Int])] = [
        ([], []), ([1], [1]), ([3], []), ([], [2, 2]), ([2, 3], [3]), ([2, 3], [2, 1]), ([2, 1], [1, 3]),
        ([2, 1, 3], [4, 1]), ([0], [1]), ([0, 3], [3]), ([7], [7]), ([3, 5], [1, 1, 5]),
    ]

    @Test(arguments: pairs)
    func gradients(a: [Int], b: [Int]) throws {
        let x = Tensor.random(a)
        // Away from 0, for the division.
        let y = Tensor.random(b, in: 0.75..<2, seed: 2)
        for (first, second) in [(x, y), (y, x)] {
            try checkGradient(of: [first, second], "\(a) + \(b)") { $0[0] + $0[1] }
            try checkGradient(of: [first, second], "\(a) - \(b)") { $0[0] - $0[1] }
            try checkGradient(of: [first, second], "\(a) * \(b)") { $0[0] * $0[1] }
        }
        try checkGradient(of: [x, y], "\(a) / \(b)") { $0[0] / $0[1] }
    }

    @Test func gradientsWithNumbers() throws {
        let x = Tensor.random([5], in: 0.75..<2)
        try checkGradient(of: [x]) { ($0[0] + 2) * 3 - 1 }
        try checkGradient(of: [x]) { 2 - 3 * $0[0] }
        try checkGradient(of: [x]) { 2 / $0[0] + $0[0] / 3 }
        try checkGradient(of: [x]) { -(1 + $0[0]) }
    }

    /// The same value on both sides gets both shares.
    @Test func gradientsOfAValueUsedTwice() throws {
        let x = Tensor.random([4], in: 0.75..<2)
        try checkGradient(of: [x]) { $0[0] * $0[0] + $0[0] / $0[0] - $0[0] }
    }

    @Test func trapsOnShapesThatDoNotBroadcast() async {
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]) + Tensor.ones([2]) }
        await #expect(processExitsWith: .failure) { _ = Value(Tensor.ones([0])) * Value(Tensor.ones([2])) }
        await #expect(processExitsWith: .failure) {
            var x = Tensor.ones([1, 3])
            x += Tensor.ones([2, 3])
        }
    }
}
