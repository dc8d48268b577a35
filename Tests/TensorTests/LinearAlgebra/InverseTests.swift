import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Inverses, powers and determinants.
@Suite struct InverseTests {
    @Test func followsNumPy() throws {
        for testCase in try linearAlgebraCases("inverse") {
            let a = try testCase.member("a").tensor()
            let tolerance = try testCase.member("tolerance").double()
            let label = "\(a.shape)"
            let inverse = try testCase.member("inverse").tensor()
            expectNear(try a.inverse(), inverse, tolerance, label)
            expectNear(try Value(a).inverse().tensor, inverse, tolerance, label)
            expectNear(try a.matrixPower(-1), inverse, tolerance, label)
            expectNear(try a.matrixPower(3), try testCase.member("cubed").tensor(), tolerance, label)
            expectNear(try a.matrixPower(-2), try testCase.member("power_minus_two").tensor(), 4 * tolerance, label)
            #expect(try a.matrixPower(1) == a)

            let determinant = try testCase.member("determinant").tensor()
            expectClose(try a.determinant(), determinant, relative: tolerance, label)
            expectClose(try Value(a).determinant().tensor, determinant, relative: tolerance, label)
            let (sign, logarithm) = (try testCase.member("sign").tensor(), try testCase.member("logarithm").tensor())
            let found = try a.logDeterminant()
            #expect(found.sign == sign)
            expectClose(found.logarithm, logarithm, relative: 1e-6, absolute: tolerance, label)
            expectClose(
                try Value(a).logDeterminant().logarithm.tensor, logarithm, relative: 1e-6, absolute: tolerance, label)
        }
    }

    @Test func powers() throws {
        let a: Tensor = [[1, 1], [1, 0]]
        #expect(try a.matrixPower(0) == .eye(2))
        #expect(try a.matrixPower(30) == [[1_346_269, 832_040], [832_040, 514_229]])
        #expect(try Tensor.zeros([2, 2]).matrixPower(0) == .eye(2))
        #expect(try Tensor.zeros([3, 2, 2]).matrixPower(0) == Tensor.eye(2).broadcast(to: [3, 2, 2]))
        expectRefusals(of: "matrixPower", isSquare: true) { try $0.matrixPower(2) }
        expectRefusals(of: "matrixPower", isSquare: true) { try $0.matrixPower(0) }
        expectError(.numerics, saying: "matrixPower: the matrix is singular") { try Tensor.ones([2, 2]).matrixPower(-1) }
    }

    @Test func determinantsBeyondTheRangeOfTheirFactors() throws {
        let diagonal: [Float] = [1e30, 1e30, 1e-30, 1e-30, -2]
        expectClose(try (Tensor.eye(5) * Tensor(diagonal)).determinant(), Tensor(-2))
        let large = Tensor.eye(300) * 1e30
        #expect(try large.determinant().scalar == .infinity)
        #expect(try (Tensor.eye(300) * 1e-30).determinant().scalar == 0)
        let found = try large.logDeterminant()
        #expect(found.sign.scalar == 1)
        expectClose(found.logarithm, Tensor(300 * 30 * 2.302585))
        #expect(try Tensor.ones([2, 2]).determinant().scalar == 0)
        let singular = try Tensor.concatenated([.ones([2, 2]), .eye(2)]).reshaped([2, 2, 2]).logDeterminant()
        #expect(singular.sign == [0, 1])
        #expect(singular.logarithm.scalars == [-.infinity, 0])
        // One swap.
        #expect(try Tensor([[0, 1], [1, 0]]).determinant().scalar == -1)
    }

    @Test func refusals() throws {
        expectRefusals(of: "inverse", isSquare: true) { try $0.inverse() }
        expectRefusals(of: "inverse", isSquare: true) { try Value($0).inverse() }
        expectRefusals(of: "determinant", isSquare: true) { try $0.determinant() }
        expectRefusals(of: "determinant", isSquare: true) { try Value($0).determinant() }
        expectRefusals(of: "logDeterminant", isSquare: true) { try $0.logDeterminant() }
        expectRefusals(of: "logDeterminant", isSquare: true) { try Value($0).logDeterminant() }
        for routine in [{ try $0.inverse() }, { try Value($0).inverse().tensor }] as [(Tensor) throws -> Tensor] {
            expectError(.numerics, saying: "inverse: the matrix is singular: its pivot 1 is 0") { try routine(.zeros([2, 2])) }
        }
        expectError(.numerics, saying: "pivot 2") { try Value(.ones([2, 2])).logDeterminant() }
    }

    @Test(arguments: [[0, 0], [1, 1], [2, 2], [4, 4], [2, 3, 3], [0, 2, 2]])
    func gradients(shape: [Int]) throws {
        let a = Tensor.random(shape, scale: 0.4) + .eye(shape.last!) * 1.5
        try checkGradient(of: [a], "inverse") { try $0[0].inverse() }
        try checkGradient(of: [a * 0.5], "determinant") { try $0[0].determinant() }
        try checkGradient(of: [a], "logDeterminant") { try $0[0].logDeterminant().logarithm }
    }

    /// Cofactors exist where inverses do not.
    @Test func gradientOfSingularDeterminants() throws {
        for a in [Tensor.zeros([1, 1]), .zeros([2, 2]), [[1, 2], [2, 4]], [[1, 2, 3], [2, 4, 6], [0, 1, 1]]] as [Tensor] {
            try checkGradient(of: [a], "\(a.scalars)") { try $0[0].determinant() }
        }
    }
}
