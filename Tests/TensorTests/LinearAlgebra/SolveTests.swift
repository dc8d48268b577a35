import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct SolveTests {
    @Test func followsNumPy() throws {
        for testCase in try linearAlgebraCases("solve") {
            let (a, b) = (try testCase.member("a").tensor(), try testCase.member("b").tensor())
            let label = "\(a.shape), \(b.shape)"
            let tolerance = try testCase.member("tolerance").double()
            let x = try testCase.member("x").tensor()
            expectNear(try a.solve(b), x, tolerance, label)
            expectNear(try Value(a).solve(Value(b)).tensor, x, tolerance, label)

            let triangle = try testCase.member("triangle").tensor()
            let (lower, transposed) = (try testCase.member("lower").tensor(), try testCase.member("transposed").tensor())
            let unit = try testCase.member("unit").tensor()
            let other = try testCase.member("triangle_tolerance").double()
            expectNear(try triangle.solveTriangular(b), lower, other, "lower \(label)")
            expectNear(try triangle.solveTriangular(b, transposed: true), transposed, other, "transposed \(label)")
            expectNear(try triangle.solveTriangular(b, unitDiagonal: true), unit, other, "unit \(label)")
            let axes = Array(0..<a.rank - 2) + [a.rank - 1, a.rank - 2]
            let upper = triangle.permuted(axes)
            expectNear(try upper.solveTriangular(b, upper: true), transposed, other, "upper \(label)")
            expectNear(try upper.solveTriangular(b, upper: true, transposed: true), lower, other, "upper transposed \(label)")
        }
    }

    @Test func choleskySolveFollowsNumPy() throws {
        for testCase in try linearAlgebraCases("cholesky") {
            let (low, high) = (try testCase.member("lower_input").tensor(), try testCase.member("upper_input").tensor())
            let (b, x) = (try testCase.member("b").tensor(), try testCase.member("x").tensor())
            let tolerance = try testCase.member("tolerance").double()
            expectNear(try low.cholesky().choleskySolve(b), x, tolerance, "\(low.shape)")
            expectNear(try high.cholesky(upper: true).choleskySolve(b, upper: true), x, tolerance, "\(low.shape)")
        }
    }

    @Test(arguments: [1, 2, 33, 100, 300])
    func leavesNoResidual(n: Int) throws {
        let a = Tensor.random([n, n]) + .eye(n) * Float(n).squareRoot() * 3
        for b in [Tensor.random([n], seed: 2), .random([n, 1], seed: 2), .random([n, 7], seed: 2), .random([n, n], seed: 2)] {
            let x = try a.solve(b)
            #expect(x.shape == b.shape)
            let product = a.matmul(x.reshaped([n, b.count / n])).reshaped(b.shape)
            expectNear(product, b, 2e-5, "\(b.shape)")
        }
        expectNear(try a.inverse().matmul(a), .eye(n), 2e-5)
    }

    @Test func ignoresTheOtherTriangle() throws {
        let b: Tensor = [3, 4]
        #expect(try Tensor([[1, 9], [2, 4]]).solveTriangular(b) == [3, -0.5])
        #expect(try Tensor([[1, 2], [9, 4]]).solveTriangular(b, upper: true) == [1, 1])
        #expect(try Tensor([[0, 2], [9, 0]]).solveTriangular(b, upper: true, unitDiagonal: true) == [-5, 4])
    }

    @Test func leavesItsInputAlone() throws {
        let (a, b) = (Tensor.random([4, 4]), Tensor.random([4, 2], seed: 2))
        let copies = [a, b].map { Tensor($0.scalars, shape: $0.shape) }
        _ = try (a.solve(b), a.inverse(), a.solveTriangular(b), a.determinant(), a.lu())
        #expect([a, b] == copies)
    }

    @Test func refusals() throws {
        let routines: [(StaticString, (Tensor, Tensor) throws -> Tensor)] = [
            ("solve", { try $0.solve($1) }), ("solve", { try Value($0).solve(Value($1)).tensor }),
            ("solveTriangular", { try $0.solveTriangular($1) }),
            ("solveTriangular", { try Value($0).solveTriangular(Value($1)).tensor }),
            ("choleskySolve", { try $0.choleskySolve($1) }),
            ("choleskySolve", { try Value($0).choleskySolve(Value($1)).tensor }),
        ]
        for (name, solve) in routines {
            expectRefusals(of: name, isSquare: true) { try solve($0, .ones([4])) }
            expectError(.shape, saying: "\(name): ", "[4]", "[3, 3]") { try solve(.eye(3), .ones([4])) }
            expectError(.shape, saying: "[2, 3]", "[3, 3]") { try solve(.eye(3), .ones([2, 3])) }
            expectError(.shape, saying: "[]") { try solve(.eye(3), Tensor(1)) }
            expectError(.shape, saying: "broadcast") { try solve(.ones([2, 3, 3]), .ones([4, 3, 1])) }
            expectError(.data, saying: "[1]", "nan") { try solve(.eye(3), [1, .init(.nan), 2]) }
        }
        let singular: Tensor = [[1, 2, 3], [2, 4, 6], [0, 0, 1]]
        expectError(.numerics, saying: "solve: the matrix is singular: its pivot 2 is 0") { try singular.solve(.ones([3])) }
        expectError(.numerics, saying: "pivot 2") { try Value(singular).solve(Value(.ones([3]))) }
        let stack = Tensor.concatenated([.eye(3), singular]).reshaped([2, 3, 3])
        expectError(.numerics, saying: "matrix [1] of the stack [2]") { try stack.solve(.ones([3])) }
        expectError(.numerics, saying: "[1, 1] of its diagonal") { try Tensor([[1, 0], [2, 0]]).solveTriangular([1, 1]) }
        expectError(.numerics, saying: "matrix [1]", "[0, 0] of its diagonal") {
            try Tensor.concatenated([.eye(2), .zeros([2, 2])]).reshaped([2, 2, 2]).choleskySolve(.ones([2]))
        }
    }

    @Test(arguments: [
        ([0, 0], [0, 2]), ([1, 1], [1]), ([3, 3], [3]), ([3, 3], [3, 2]), ([2, 3, 3], [3]), ([2, 3, 3], [2, 3, 2]),
        ([2, 3, 3], [3, 1]), ([3, 3], [2, 3, 2]),
    ])
    func gradients(shapes: ([Int], [Int])) throws {
        let a = Tensor.random(shapes.0, scale: 0.4) + .eye(shapes.0.last!) * 2
        let b = Tensor.random(shapes.1, seed: 2)
        try checkGradient(of: [a, b], "\(shapes)") { try $0[0].solve($0[1]) }
        for upper in [false, true] {
            for transposed in [false, true] {
                for unit in [false, true] {
                    try checkGradient(of: [a, b], "\(shapes) \(upper) \(transposed) \(unit)") {
                        try $0[0].solveTriangular($0[1], upper: upper, transposed: transposed, unitDiagonal: unit)
                    }
                }
            }
            try checkGradient(of: [a, b], "\(shapes) \(upper)") { try $0[0].choleskySolve($0[1], upper: upper) }
        }
    }

    @Test func gradientOfAPath() throws {
        let a = Tensor.random([3, 3], scale: 0.4) + .eye(3) * 2
        try checkGradient(of: [a]) { try $0[0].solve($0[0].squared()) }
    }

    /// With a sign wrong the check must fail.
    @Test func wrongGradientsFail() throws {
        let a = Tensor.random([3, 3], scale: 0.4) + .eye(3) * 2
        let problem = try GradientCheck().mismatch(of: [a]) { values in
            let y = try values[0].tensor.inverse()
            return Value.recorded(y, from: values) { dy, dx in
                dx.add(y.matmul(dy, transposeLeft: true).matmul(y, transposeRight: true), to: 0)
            }
        }
        #expect(problem != nil)
    }
}
