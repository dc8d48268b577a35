import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct QRTests {
    @Test func followsNumPy() throws {
        for testCase in try linearAlgebraCases("qr") {
            let a = try testCase.member("a").tensor()
            let tolerance = try testCase.member("tolerance").double()
            let (reduced, complete) = (try a.qr(), try a.qr(complete: true))
            let (q, r) = (try testCase.member("q").tensor(), try testCase.member("r").tensor())
            expectNear(reduced.q.withColumnsAligned(to: q), q, tolerance, "q of \(a.shape)")
            expectNear(reduced.r.withRowsAligned(to: r), r, tolerance, "r of \(a.shape)")
            #expect(try a.qrTriangle() == reduced.r)
            let (completeQ, completeR) = (
                try testCase.member("complete_q").tensor(), try testCase.member("complete_r").tensor()
            )
            // Its signs are LAPACK's, as NumPy's are.
            expectNear(complete.q, completeQ, tolerance, "complete q of \(a.shape)")
            expectNear(complete.r, completeR, tolerance, "complete r of \(a.shape)")
        }
    }

    @Test(arguments: [[1, 1], [40, 7], [7, 40], [300, 200], [200, 300], [129, 129]])
    func givesTheMatrixBack(shape: [Int]) throws {
        let a = Tensor.random(shape)
        for complete in [false, true] {
            let factors = try a.qr(complete: complete)
            expectNear(factors.q.matmul(factors.r), a, 2e-6)
            #expect(factors.q.orthogonalityError < 1e-5)
            for row in 0..<factors.r.shape[0] {
                for column in 0..<min(row, shape[1]) { #expect(factors.r[row, column] == 0) }
            }
        }
    }

    /// Full rank is no condition.
    @Test func takesSingularMatrices() throws {
        let a: Tensor = [[1, 1, 0], [1, 1, 0], [0, 0, 0]]
        let factors = try a.qr()
        expectNear(factors.q.matmul(factors.r), a, 1e-6)
        #expect(factors.q.orthogonalityError < 1e-6)
        #expect(try Tensor.zeros([3, 2]).qr().r == .zeros([2, 2]))
    }

    @Test func refusals() throws {
        expectRefusals(of: "qr", isSquare: false) { try $0.qr() }
        expectRefusals(of: "qr", isSquare: false) { try Value($0).qr() }
        expectRefusals(of: "qrTriangle", isSquare: false) { try $0.qrTriangle() }
        expectError(.shape, saying: "[2, 3]", "wider") { try Value(.ones([2, 3])).qr() }
    }

    @Test(arguments: [[0, 0], [1, 1], [3, 3], [5, 2], [2, 4, 3]])
    func gradients(shape: [Int]) throws {
        // Far from singular.
        let x = Tensor.random(shape, scale: 0.3) + Tensor.eye(shape[shape.count - 2]).sliced(0..<shape.last!, axis: 1) * 2
        try checkGradient(of: [x], "q") { try $0[0].qr().q }
        try checkGradient(of: [x], "r") { try $0[0].qr().r }
        try checkGradient(of: [x], "both") {
            let factors = try $0[0].qr()
            return factors.q.matrixProduct(factors.r * 2) + factors.q.sum() + factors.r.sum()
        }
    }
}

extension Value {
    /// Matrix by matrix, of constants or of one matrix.
    fileprivate func matrixProduct(_ other: Value) -> Value {
        rank == 2 ? matmul(other) : self * Value(.random(shape, seed: 5))
    }
}
