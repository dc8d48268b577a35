import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct MatrixNormTests {
    private let names: [(String, MatrixNorm)] = [
        ("frobenius", .frobenius), ("nuclear", .nuclear), ("one", .one), ("two", .two), ("infinity", .infinity),
    ]

    @Test func followsNumPy() throws {
        for testCase in try linearAlgebraCases("norms") {
            let a = try testCase.member("a").tensor()
            for (name, norm) in names {
                let expected = try testCase.member(name).tensor()
                expectClose(try a.matrixNorm(norm), expected, relative: 2e-6, "\(name) of \(a.shape)")
                expectClose(try Value(a).matrixNorm(norm).tensor, expected, relative: 2e-6, "\(name) of \(a.shape)")
            }
            expectClose(a.trace(), try testCase.member("trace").tensor())
            #expect(Value(a).trace().tensor == a.trace())
        }
    }

    @Test func conditionNumbersFollowNumPy() throws {
        for testCase in try linearAlgebraCases("inverse") {
            let a = try testCase.member("a").tensor()
            let tolerance = try testCase.member("tolerance").double()
            guard a.shape.suffix(2).allSatisfy({ $0 > 0 }) else {
                expectError(.shape, saying: "conditionNumber: ", "empty") { try a.conditionNumber() }
                continue
            }
            for (name, norm) in names {
                let expected = try testCase.member("condition").member(name).tensor()
                expectClose(try a.conditionNumber(norm), expected, relative: tolerance, "\(name) of \(a.shape)")
            }
        }
    }

    @Test func singularMatricesHaveAnInfiniteConditionNumber() throws {
        let stack = Tensor.concatenated([.zeros([2, 2]), .eye(2), .ones([2, 2])]).reshaped([3, 2, 2])
        for (name, norm) in names {
            let found = try stack.conditionNumber(norm)
            #expect(found[0] == .infinity && found[2] > 1e6, "\(name)")
            expectClose(found[1..<2], norm == .frobenius ? [2] : norm == .nuclear ? [4] : [1])
        }
        #expect(try Tensor([[2, 0, 0], [0, 1, 0]]).conditionNumber().scalar == 2)
    }

    @Test func passesNaNAndInfinityOn() throws {
        let (nan, infinity): (Tensor, Tensor) = ([[1, .init(.nan)], [8, 1]], [[1, .init(-.infinity)], [8, 1]])
        for norm in [MatrixNorm.frobenius, .one, .infinity] {
            #expect(try nan.matrixNorm(norm).scalar.isNaN)
            #expect(try infinity.matrixNorm(norm).scalar == .infinity)
        }
        for norm in [MatrixNorm.nuclear, .two] {
            expectError(.data, saying: "matrixNorm: ", "[0, 1]", "nan") { try nan.matrixNorm(norm) }
        }
        #expect((Tensor.eye(2) * .nan).trace().scalar.isNaN)
    }

    @Test func refusals() async {
        for (_, norm) in names {
            expectError(.shape, saying: "matrixNorm: ", "[3]") { try Tensor.ones([3]).matrixNorm(norm) }
            expectError(.shape, saying: "[3]") { try Value(.ones([3])).matrixNorm(norm) }
            expectError(.shape, saying: "3000000000") { try Tensor.zeros([0, 3_000_000_000]).matrixNorm(norm) }
            expectRefusals(of: "conditionNumber", isSquare: norm != .two) { try $0.conditionNumber(norm) }
        }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3]).trace() }
    }

    @Test(arguments: [[1, 1], [3, 3], [4, 2], [2, 2, 3]])
    func gradients(shape: [Int]) throws {
        // No two rows or columns near the same sum.
        let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
        let rowScales = Tensor((0..<rows).map { 1 + Float($0) }, shape: [rows, 1])
        let x = Tensor.spread(shape, gap: 0.25) * rowScales * Tensor((0..<columns).map { 1 + Float($0) })
        for (name, norm) in names {
            try checkGradient(of: [x], "\(name) of \(shape)") { try $0[0].matrixNorm(norm) }
        }
        try checkGradient(of: [x], "trace of \(shape)") { $0[0].trace() }
    }

    @Test(arguments: [[0, 0], [0, 3], [2, 0, 1]])
    func gradientsOfEmptyMatrices(shape: [Int]) throws {
        for (name, norm) in names { try checkGradient(of: [.zeros(shape)], "\(name)") { try $0[0].matrixNorm(norm) } }
        try checkGradient(of: [.zeros(shape)]) { $0[0].trace() }
    }

    @Test func frobeniusHasNoSlopeAtZero() throws {
        let tape = Tape()
        let x = tape.variable(.zeros([2, 2]))
        tape.backward(from: try x.matrixNorm())
        #expect(tape.gradient(at: x) == .zeros([2, 2]))
    }
}
