import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct LeastSquaresTests {
    @Test func followsNumPy() throws {
        for testCase in try linearAlgebraCases("least_squares") {
            let (a, b) = (try testCase.member("a").tensor(), try testCase.member("b").tensor())
            let tolerance = try testCase.member("tolerance").double()
            let found = try a.leastSquares(b)
            let label = "\(a.shape), \(b.shape)"
            let x = try testCase.member("x").tensor()
            expectNear(found.solution, x, tolerance, label)
            expectNear(try Value(a).leastSquares(Value(b)).tensor, x, tolerance, label)
            let residuals = try testCase.member("residuals").tensor()
            expectClose(found.residuals, residuals, relative: tolerance, absolute: 1e-6, label)
            #expect(try found.rank == testCase.member("rank").int(), "\(label)")
            expectNear(found.singularValues, try testCase.member("values").tensor(), 4e-6, label)
        }
    }

    @Test(arguments: [[40, 7], [7, 40], [300, 100], [64, 64]])
    func residualsAreOrthogonalToTheColumns(shape: [Int]) throws {
        let (a, b) = (Tensor.random(shape), Tensor.random([shape[0], 3], seed: 2))
        let found = try a.leastSquares(b)
        #expect(found.rank == shape.min()!)
        let rest = a.matmul(found.solution) - b
        expectClose(a.matmul(rest, transposeLeft: true), .zeros([shape[1], 3]), absolute: 2e-3)
        expectClose(found.solution, try a.pseudoInverse().matmul(b), absolute: 1e-3)
        if shape[0] > shape[1] { expectNear(found.residuals, rest.squared().sum(axes: [0]), 1e-4) }
    }

    @Test func toleranceSetsTheRank() throws {
        let a = Tensor.eye(3) * Tensor([1, 0.1, 0.01])
        #expect(try a.leastSquares([1, 1, 1]).rank == 3)
        let cut = try a.leastSquares([1, 1, 1], relativeTolerance: 0.05)
        #expect(cut.rank == 2)
        expectClose(cut.solution, [1, 10, 0])
    }

    @Test func refusals() throws {
        expectRefusals(of: "leastSquares", isSquare: false, takesStacks: false) { try $0.leastSquares(.ones([4])) }
        expectError(.shape, saying: "[4]", "[3, 2]") { try Tensor.ones([3, 2]).leastSquares(.ones([4])) }
        expectError(.shape, saying: "[]") { try Tensor.ones([3, 2]).leastSquares(Tensor(1)) }
        expectError(.shape, saying: "[3, 1, 1]") { try Tensor.ones([3, 2]).leastSquares(.ones([3, 1, 1])) }
        expectError(.data, saying: "[2, 0]", "inf") { try Tensor.ones([3, 2]).leastSquares([[1], [1], [.init(.infinity)]]) }
    }

    @Test(arguments: [([3, 3], [3]), ([5, 2], [5]), ([5, 2], [5, 3]), ([2, 4], [2, 2]), ([1, 1], [1]), ([4, 0], [4])])
    func gradients(shapes: ([Int], [Int])) throws {
        // Singular values well away from 0.
        let (rows, columns) = (shapes.0[0], shapes.0[1])
        let a = Tensor.random(shapes.0, scale: 0.3) + Tensor.eye(max(rows, columns))[0..<rows].sliced(0..<columns, axis: 1) * 2
        let b = Tensor.random(shapes.1, seed: 2)
        try checkGradient(of: [a, b]) { try $0[0].leastSquares($0[1]) }
        try checkGradient(of: [a]) { try $0[0].pseudoInverse() }
    }

    @Test func gradientsOfStacks() throws {
        let a = Tensor.random([2, 4, 2], scale: 0.3) + Tensor.eye(4).sliced(0..<2, axis: 1) * 2
        try checkGradient(of: [a]) { try $0[0].pseudoInverse() }
    }
}

@Suite struct PseudoInverseTests {
    @Test func followsNumPy() throws {
        for testCase in try linearAlgebraCases("pseudo_inverse") {
            let a = try testCase.member("a").tensor()
            let inverse = try testCase.member("inverse").tensor()
            let tolerance = try testCase.member("tolerance").double()
            expectNear(try a.pseudoInverse(), inverse, tolerance, "\(a.shape)")
            let rank = try testCase.member("rank").indices()
            #expect(try a.matrixRank() == rank)
            guard a.rank == 2, a.count > 0 else { continue }
            let (basis, null) = (try a.orthonormalBasis(), try a.nullSpace())
            #expect(try basis.shape == testCase.member("basis").ints())
            #expect(try null.shape == testCase.member("null").ints())
            #expect(basis.orthogonalityError < 1e-5 && null.orthogonalityError < 1e-5)
            expectClose(a.matmul(null), .zeros([a.shape[0], null.shape[1]]), absolute: 1e-5)
            expectNear(basis.matmul(basis.matmul(a, transposeLeft: true)), a, 1e-5)
        }
    }

    @Test func emptyMatrices() throws {
        #expect(try Tensor.zeros([0, 3]).nullSpace() == .eye(3))
        #expect(try Tensor.zeros([3, 0]).orthonormalBasis().shape == [3, 0])
        #expect(try Tensor.zeros([3, 0]).nullSpace().shape == [0, 0])
    }

    @Test func refusals() {
        expectRefusals(of: "pseudoInverse", isSquare: false) { try $0.pseudoInverse() }
        expectRefusals(of: "matrixRank", isSquare: false) { try $0.matrixRank() }
        expectRefusals(of: "orthonormalBasis", isSquare: false, takesStacks: false) { try $0.orthonormalBasis() }
        expectRefusals(of: "nullSpace", isSquare: false, takesStacks: false) { try $0.nullSpace() }
    }
}
