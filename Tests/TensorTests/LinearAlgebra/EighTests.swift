import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct EighTests {
    @Test func followsNumPy() throws {
        for testCase in try linearAlgebraCases("eigh") {
            let tolerance = try testCase.member("tolerance").double()
            let values = try testCase.member("values").tensor()
            let vectors = try testCase.member("vectors").tensor()
            for upper in [false, true] {
                let a = try testCase.member(upper ? "upper_input" : "lower_input").tensor()
                let found = try a.eigh(upper: upper)
                expectNear(found.values, values, 4e-6, "values of \(a.shape)")
                expectNear(found.vectors.withColumnsAligned(to: vectors), vectors, tolerance, "vectors of \(a.shape)")
                expectNear(try a.eigvalsh(upper: upper), values, 4e-6, "values alone of \(a.shape)")
            }
        }
    }

    @Test(arguments: [1, 2, 33, 100, 300])
    func givesTheMatrixBack(n: Int) throws {
        let x = Tensor.random([n, n])
        let a = x + x.transposed()
        let found = try a.eigh()
        #expect(found.vectors.orthogonalityError < 1e-5)
        #expect(found.values.scalars == found.values.scalars.sorted())
        expectNear((found.vectors * found.values).matmul(found.vectors, transposeRight: true), a, 1e-5)
        expectNear(try a.eigvalsh(), found.values, 2e-6)
    }

    @Test func takesEqualValues() throws {
        let found = try Tensor.eye(3).eigh()
        #expect(found.values == [1, 1, 1])
        #expect(found.vectors.orthogonalityError < 1e-6)
    }

    @Test func refusals() throws {
        expectRefusals(of: "eigh", isSquare: true) { try $0.eigh() }
        expectRefusals(of: "eigh", isSquare: true) { try Value($0).eigh() }
        expectRefusals(of: "eigvalsh", isSquare: true) { try $0.eigvalsh() }
    }

    @Test(arguments: [[0, 0], [1, 1], [3, 3], [2, 4, 4]])
    func gradients(shape: [Int]) throws {
        let n = shape.last!
        let gaps = Tensor((0..<n).map { Float($0) * 2 })
        let axes = Array(0..<shape.count - 2) + [shape.count - 1, shape.count - 2]
        let symmetric = { (x: Value) -> Value in
            (x + x.permuted(axes)) * 0.5 + Value(Tensor.eye(n) * gaps)
        }
        let x = Tensor.random(shape, scale: 0.3)
        // Eigenvalues near 6 are rounded as such.
        var check = GradientCheck()
        check.tolerance = 5e-4
        for upper in [false, true] {
            try checkGradient(of: [x], "values") { try symmetric($0[0]).eigh(upper: upper).values }
            // Vectors have no sign.
            try checkGradient(of: [x], "vectors") { try symmetric($0[0]).eigh(upper: upper).vectors.squared() }
            try checkGradient(of: [x], "both", check: check) {
                let found = try symmetric($0[0]).eigh(upper: upper)
                return found.vectors.squared() * (found.values.sum() * 0.1)
            }
        }
    }

    @Test func gradientOfEqualValuesAlone() throws {
        let tape = Tape()
        let x = tape.variable(.eye(3))
        tape.backward(from: try x.eigh().values.sum())
        expectClose(tape.gradient(at: x), .eye(3), absolute: 1e-6)
    }
}
