import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct CholeskyTests {
    @Test func followsNumPy() throws {
        for testCase in try linearAlgebraCases("cholesky") {
            let (low, high) = (try testCase.member("lower_input").tensor(), try testCase.member("upper_input").tensor())
            let (l, tolerance) = (try testCase.member("l").tensor(), try testCase.member("tolerance").double())
            expectNear(try low.cholesky(), l, tolerance, "lower of \(low.shape)")
            let upper = try high.cholesky(upper: true)
            #expect(upper.shape == l.shape)
            for index in 0..<l.shape.dropLast(2).reduce(1, *) {
                let shape = [l.shape.dropLast(2).reduce(1, *)] + l.shape.suffix(2)
                let matrix = { (x: Tensor) in x.reshaped(shape)[index..<index + 1].reshaped(Array(shape.dropFirst())) }
                expectNear(matrix(upper).transposed(), matrix(l), tolerance, "upper of \(high.shape)")
            }
        }
    }

    @Test(arguments: [1, 2, 33, 100, 300])
    func givesTheMatrixBack(n: Int) throws {
        let a = Tensor.randomPositiveDefinite(n)
        let (lower, upper) = (try a.cholesky(), try a.cholesky(upper: true))
        expectNear(lower.matmul(lower, transposeRight: true), a, 1e-5)
        expectNear(upper.matmul(upper, transposeLeft: true), a, 1e-5)
        for row in 0..<n {
            for column in row + 1..<max(n, row + 1) { #expect(lower[row, column] == 0 && upper[column, row] == 0) }
        }
    }

    @Test func leavesItsInputAlone() throws {
        let a = Tensor.randomPositiveDefinite(5)
        let copy = Tensor(a.scalars, shape: a.shape)
        _ = try a.cholesky()
        #expect(a == copy)
    }

    @Test func refusals() throws {
        expectRefusals(of: "cholesky", isSquare: true) { try $0.cholesky() }
        expectRefusals(of: "cholesky", isSquare: true) { try Value($0).cholesky() }
        let indefinite: Tensor = [[1, 2, 0], [2, 1, 0], [0, 0, 1]]
        expectError(.numerics, saying: "cholesky: the matrix is not positive definite", "order 2") {
            try indefinite.cholesky()
        }
        let stack = Tensor.concatenated([Tensor.eye(3), indefinite]).reshaped([2, 1, 3, 3])
        expectError(.numerics, saying: "matrix [1, 0] of the stack [2, 1]", "order 2") { try stack.cholesky() }
        expectError(.numerics, saying: "order 1") { try Tensor.zeros([2, 2]).cholesky(upper: true) }
    }

    @Test(arguments: [[0, 0], [1, 1], [3, 3], [2, 4, 4]])
    func gradients(shape: [Int]) throws {
        let n = shape.last!
        let x = Tensor.random(shape, scale: 0.5)
        let symmetric = { (x: Value) -> Value in
            let axes = Array(0..<shape.count - 2) + [shape.count - 1, shape.count - 2]
            return (x + x.permuted(axes)) * 0.25 + Value(Tensor.eye(n) * 3)
        }
        for upper in [false, true] {
            try checkGradient(of: [x], "upper \(upper)") { try symmetric($0[0]).cholesky(upper: upper) }
        }
    }

    @Test func gradientIsSymmetric() throws {
        let tape = Tape()
        let x = tape.variable(.randomPositiveDefinite(4))
        tape.backward(from: (try x.cholesky() * Value(.random([4, 4]))).sum())
        expectClose(tape.gradient(at: x), tape.gradient(at: x).transposed(), absolute: 1e-6)
    }
}
