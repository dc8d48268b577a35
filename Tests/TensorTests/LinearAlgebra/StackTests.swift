import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Stacks of many matrices: each is treated as if it were alone.
@Suite struct StackTests {
    private let stack = Tensor.random([3, 50, 6, 6], in: -0.5..<0.5) + .eye(6) * 5

    /// Matrix number `index` of the first two axes.
    private func matrix(_ x: Tensor, _ index: Int) -> Tensor {
        let shape = Array(x.shape.dropFirst(2))
        return x.reshaped([x.shape[0] * x.shape[1]] + shape)[index..<index + 1].reshaped(shape)
    }

    private func expectSame(_ routine: (Tensor) throws -> [Tensor], sourceLocation: SourceLocation = #_sourceLocation) throws {
        let all = try routine(stack)
        for index in [0, 1, 49, 50, 149] {
            for (one, many) in zip(try routine(matrix(stack, index)), all) {
                #expect(matrix(many, index) == one, "matrix \(index)", sourceLocation: sourceLocation)
            }
        }
    }

    @Test func eachMatrixGetsWhatItGetsAlone() throws {
        try expectSame { [try $0.inverse(), try $0.solve(.ones([6])), try $0.solve(.ones([6, 3])), try $0.lu().u] }
        try expectSame { [try $0.determinant(), try $0.logDeterminant().logarithm, try $0.cholesky(), try $0.qrTriangle()] }
        try expectSame { let found = try $0.qr(complete: true); return [found.q, found.r] }
        try expectSame { let found = try $0.svd(); return [found.u, found.s, found.vh, try $0.singularValues()] }
        try expectSame { let found = try $0.eigh(); return [found.values, found.vectors, try $0.eigvalsh()] }
        try expectSame { [try $0.eigvals().real, try $0.pseudoInverse(), try $0.matrixPower(3), $0.trace()] }
        try expectSame { x in try MatrixNorm.allCases.flatMap { [try x.matrixNorm($0), try x.conditionNumber($0)] } }
    }

    @Test func theFirstBadMatrixIsNamed() throws {
        var bad = stack
        for place in [[2, 49], [1, 3], [1, 4]] {
            for i in 0..<6 { (bad[place[0], place[1], 3, i], bad[place[0], place[1], i, 3]) = (0, 0) }
        }
        expectError(.numerics, saying: "matrix [1, 3] of the stack [3, 50]", "order 4") { try bad.cholesky() }
        expectError(.numerics, saying: "matrix [1, 3] of the stack [3, 50]") { try bad.inverse() }
        let determinants = try bad.determinant()
        #expect(determinants[1, 3] == 0 && determinants[2, 49] == 0 && determinants[1, 5] != 0)
    }

    @Test func extremeElements() throws {
        let huge = Tensor([[3e38, 1e38], [-3e38, 3e38]])
        #expect(try huge.determinant().scalar == .infinity)
        let found = try huge.logDeterminant()
        #expect(found.sign.scalar == 1 && found.logarithm.scalar > 176)
    }
}
