import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct LUTests {
    @Test func followsSciPy() throws {
        for testCase in try linearAlgebraCases("lu") {
            let a = try testCase.member("a").tensor()
            let tolerance = try testCase.member("tolerance").double()
            let found = try a.lu()
            #expect(try found.p == testCase.member("p").tensor())
            expectNear(found.l, try testCase.member("l").tensor(), tolerance, "\(a.shape)")
            expectNear(found.u, try testCase.member("u").tensor(), tolerance, "\(a.shape)")
        }
    }

    @Test(arguments: [[1, 1], [40, 7], [7, 40], [300, 200], [200, 300]])
    func givesTheMatrixBack(shape: [Int]) throws {
        let a = Tensor.random(shape)
        let found = try a.lu()
        expectNear(found.p.matmul(found.l).matmul(found.u), a, 1e-5)
        #expect(found.l.scalars.allSatisfy { $0.magnitude <= 1 })
    }

    @Test func takesSingularMatrices() throws {
        let found = try Tensor.ones([2, 2]).lu()
        #expect(found.l == [[1, 0], [1, 1]] && found.u == [[1, 1], [0, 0]] && found.p == .eye(2))
        #expect(try Tensor.zeros([2, 2]).lu().u == .zeros([2, 2]))
    }

    @Test func refusals() { expectRefusals(of: "lu", isSquare: false) { try $0.lu() } }
}
