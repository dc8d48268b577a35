import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct SVDTests {
    @Test func followsNumPy() throws {
        for testCase in try linearAlgebraCases("svd") {
            let a = try testCase.member("a").tensor()
            let tolerance = try testCase.member("tolerance").double()
            let (u, s) = (try testCase.member("u").tensor(), try testCase.member("s").tensor())
            let vh = try testCase.member("vh").tensor()
            for byDividing in [true, false] {
                let found = try a.svd(fullMatrices: false, byDividing: byDividing)
                expectNear(found.s, s, 4e-6, "s of \(a.shape)")
                expectNear(found.u.withColumnsAligned(to: u), u, tolerance, "u of \(a.shape)")
                expectNear(found.vh.withRowsAligned(to: vh), vh, tolerance, "vh of \(a.shape)")
            }
            expectNear(try a.singularValues(), s, 4e-6, "values of \(a.shape)")
            let full = try a.svd(fullMatrices: true)
            #expect(try full.u.shape == testCase.member("full_u_shape").ints())
            #expect(try full.vh.shape == testCase.member("full_vh_shape").ints())
            expectNear(full.s, s, 4e-6, "s of \(a.shape)")
        }
    }

    @Test(arguments: [[1, 1], [40, 7], [7, 40], [300, 200], [200, 300], [129, 129]])
    func givesTheMatrixBack(shape: [Int]) throws {
        let a = Tensor.random(shape)
        let k = shape.min()!
        for full in [false, true] {
            for byDividing in [true, false] {
                let found = try a.svd(fullMatrices: full, byDividing: byDividing)
                #expect(found.u.orthogonalityError < 1e-5)
                #expect(found.vh.transposed().orthogonalityError < 1e-5)
                #expect(found.s.scalars == found.s.scalars.sorted(by: >) && found.s.scalars.allSatisfy { $0 >= 0 })
                let product = (found.u.sliced(0..<k, axis: 1) * found.s).matmul(found.vh[0..<k])
                expectNear(product, a, 4e-6)
            }
        }
        expectNear(try a.singularValues(), try a.svd().s, 1e-6)
    }

    @Test func takesWhatHasNoFullRank() throws {
        let found = try Tensor.zeros([3, 2]).svd()
        #expect(found.s == [0, 0])
        #expect(found.u.orthogonalityError < 1e-6)
        let one = try Tensor.ones([4, 4]).svd()
        expectClose(one.s, [4, 0, 0, 0], absolute: 1e-6)
        let empty = try Tensor.zeros([2, 0, 3]).svd(fullMatrices: true)
        #expect(empty.u.shape == [2, 0, 0] && empty.s.shape == [2, 0])
        #expect(empty.vh == Tensor.eye(3).broadcast(to: [2, 3, 3]))
    }

    @Test func refusals() throws {
        expectRefusals(of: "svd", isSquare: false) { try $0.svd() }
        expectRefusals(of: "svd", isSquare: false) { try Value($0).svd() }
        expectRefusals(of: "singularValues", isSquare: false) { try $0.singularValues() }
    }

    /// Values 4, 2, 1, … with small changes, so that none come close.
    private func spaced(_ shape: [Int]) throws -> Tensor {
        let found = try Tensor.random(shape).svd()
        let k = found.s.shape.last!
        let values = Tensor((0..<k).map { 3 / Float($0 + 1) })
        let batch = shape.dropLast(2).reduce(1, *)
        let (u, vh) = ((found.u * values).reshaped([batch, shape[shape.count - 2], k]), found.vh.reshaped([batch, k, shape.last!]))
        let products = (0..<batch).map { index in
            u[index..<index + 1].reshaped([shape[shape.count - 2], k]).matmul(vh[index..<index + 1].reshaped([k, shape.last!]))
        }
        return products.isEmpty ? .zeros(shape) : Tensor.concatenated(products).reshaped(shape)
    }

    /// Vectors have no sign: their products with themselves do.
    @Test(arguments: [[0, 0], [1, 1], [3, 3], [4, 2], [2, 4], [2, 3, 2]])
    func gradients(shape: [Int]) throws {
        let x = try spaced(shape)
        var check = GradientCheck()
        check.tolerance = 5e-4
        try checkGradient(of: [x], "s", check: check) { try $0[0].svd().s }
        try checkGradient(of: [x], "u", check: check) { try $0[0].svd().u.squared() }
        try checkGradient(of: [x], "vh", check: check) { try $0[0].svd().vh.squared() }
        guard shape.count == 2, shape[0] > 0 else { return }
        try checkGradient(of: [x], "all", check: check) {
            let found = try $0[0].svd()
            return (found.u * (found.s - 1).tanh()).matmul(found.vh)
        }
    }

    @Test func gradientOfEqualValuesAlone() throws {
        let tape = Tape()
        let x = tape.variable(.eye(3))
        tape.backward(from: try x.svd().s.sum())
        expectClose(tape.gradient(at: x), .eye(3), absolute: 1e-6)
    }
}
