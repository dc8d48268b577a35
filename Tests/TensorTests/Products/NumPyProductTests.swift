import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Products of small integers: exact in every order of summation.
@Suite struct NumPyProductTests {
    private static let document = Fixture.json("numpy_products.json")

    private func cases(_ group: String) throws -> [JSON.Cursor] { try Self.document.member(group).array() }

    private func sides(_ testCase: JSON.Cursor) throws -> (a: Tensor, b: Tensor, y: Tensor) {
        (try testCase.member("a").tensor(), try testCase.member("b").tensor(), try testCase.member("y").tensor())
    }

    @Test func matmulBroadcasts() throws {
        for testCase in try cases("matmuls") {
            let (a, b, y) = try sides(testCase)
            let (left, right) = (try testCase.member("left").bool(), try testCase.member("right").bool())
            let label = "\(a.shape)\(left ? "ᵀ" : "") · \(b.shape)\(right ? "ᵀ" : "")"
            #expect(a.matmul(b, transposeLeft: left, transposeRight: right) == y, "\(label)")
            try checkGradient(of: [a, b], label) { $0[0].matmul($0[1], transposeLeft: left, transposeRight: right) }
        }
    }

    @Test func pairs() throws {
        for testCase in try cases("pairs") {
            let (a, b, y) = try sides(testCase)
            let op = try testCase.member("op").string()
            func apply<T: Contractible>(_ a: T, _ b: T) -> T {
                switch op {
                case "inner": a.inner(b)
                case "outer": a.outer(b)
                case "dot": a.dot(b)
                case "vdot": a.vdot(b)
                default: a.kron(b)
                }
            }
            #expect(apply(a, b) == y, "\(op) of \(a.shape) and \(b.shape)")
            try checkGradient(of: [a, b], "\(op) of \(a.shape) and \(b.shape)") { apply($0[0], $0[1]) }
        }
    }

    @Test func tensorDots() throws {
        for testCase in try cases("tensor_dots") {
            let (a, b, y) = try sides(testCase)
            let axes = (try testCase.member("left").ints(), try testCase.member("right").ints())
            #expect(a.tensorDot(b, axes: axes) == y, "\(a.shape) and \(b.shape) along \(axes)")
            try checkGradient(of: [a, b], "\(a.shape) and \(b.shape)") { $0[0].tensorDot($0[1], axes: axes) }
        }
        let (a, b) = (Tensor.arange(24).reshaped([2, 3, 4]), Tensor.arange(24).reshaped([3, 4, 2]))
        #expect(a.tensorDot(b) == a.reshaped([2, 12]).matmul(b.reshaped([12, 2])))
        #expect(a.tensorDot(b, axes: 0).shape == [2, 3, 4, 3, 4, 2])
    }

    @Test func einsums() throws {
        for testCase in try cases("einsums") {
            let formula = try testCase.member("formula").string()
            let operands = try testCase.member("operands").tensors()
            let label = "\(formula) of \(operands.map(\.shape))"
            #expect(einsumOf(formula, operands) == (try testCase.member("y").tensor()), "\(label)")
            // Products of four factors grow: their gradients are checked near 1.
            let small = operands.map { $0 * 0.25 }
            try checkGradient(of: small, label) { einsumOf(formula, $0) }
        }
    }

    private func einsumOf<T: Contractible>(_ formula: String, _ x: [T]) -> T {
        switch x.count {
        case 1: einsum(formula, x[0])
        case 2: einsum(formula, x[0], x[1])
        case 3: einsum(formula, x[0], x[1], x[2])
        default: einsum(formula, x[0], x[1], x[2], x[3])
        }
    }

    /// Sizes on both sides of the bounds between our kernel, BLAS and threads, against sums in Double.
    @Test(arguments: [
        ([1, 1, 5000], 1), ([1, 1, 300_000], 1), ([700, 1, 500], 1), ([1, 700, 500], 1), ([600, 700, 1], 1), ([80, 70, 90], 1),
        ([64, 64, 64], 9), ([3, 2, 4], 2000), ([1, 1, 64], 3000), ([90, 80, 70], 3),
    ])
    func followsSumsInDouble(sizes: [Int], batch: Int) {
        let (m, n, k) = (sizes[0], sizes[1], sizes[2])
        for (left, right) in [(false, false), (false, true), (true, false), (true, true)] {
            let a = Tensor.random([batch] + (left ? [k, m] : [m, k]))
            let b = Tensor.random([batch] + (right ? [n, k] : [k, n]), seed: 2)
            let y = a.matmul(b, transposeLeft: left, transposeRight: right)
            let (x, z) = (left ? a.swappedAxes(1, 2) : a, right ? b : b.swappedAxes(1, 2))
            var random = RandomSource(seed: 3)
            var isNear = y.shape == [batch, m, n]
            for _ in 0..<200 {
                let (i, r, c) = (random.integer(below: batch), random.integer(below: m), random.integer(below: n))
                let row: Tensor = x[i, r], column: Tensor = z[i, c]
                let sum = zip(row.scalars, column.scalars).reduce(0) { $0 + Double($1.0) * Double($1.1) }
                isNear = isNear && abs(sum - Double(y[i, r, c])) < 2e-7 * Double(k).squareRoot() * 20
            }
            #expect(isNear, "\(batch) times \(sizes), transposed \(left) \(right)")
        }
    }

    @Test func trapsOnFormulasThatMakeNoSense() async {
        await #expect(processExitsWith: .failure) { _ = einsum("ij,jk->ik", Tensor.ones([2, 3])) }
        await #expect(processExitsWith: .failure) { _ = einsum("ij->ik", Tensor.ones([2, 3])) }
        await #expect(processExitsWith: .failure) { _ = einsum("ij->ii", Tensor.ones([2, 3])) }
        await #expect(processExitsWith: .failure) { _ = einsum("ijk", Tensor.ones([2, 3])) }
        await #expect(processExitsWith: .failure) { _ = einsum("ij,jk", Tensor.ones([2, 3]), .ones([2, 3])) }
        await #expect(processExitsWith: .failure) { _ = einsum("i1", Tensor.ones([2, 3])) }
        await #expect(processExitsWith: .failure) { _ = einsum("i.j", Tensor.ones([2, 3])) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).tensorDot(.ones([2, 3]), axes: ([0], [1])) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).vdot(.ones([5])) }
    }
}
