import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct EigTests {
    /// By real part, to four decimals, then by imaginary part, matrix by matrix.
    private func sorted(_ values: ComplexTensor) -> (real: Tensor, imaginary: Tensor) {
        let n = values.real.shape.last!
        let (real, imaginary) = (values.real.scalars, values.imaginary.scalars)
        let order = (0..<real.count).sorted { i, j in
            let key = { (i: Int) in (i / n, (real[i] * 1e4).rounded(.toNearestOrEven), imaginary[i]) }
            return key(i) < key(j)
        }
        return (
            Tensor(order.map { real[$0] }, shape: values.real.shape),
            Tensor(order.map { imaginary[$0] }, shape: values.real.shape)
        )
    }

    @Test func followsNumPy() throws {
        for testCase in try linearAlgebraCases("eig") {
            let a = try testCase.member("a").tensor()
            for values in [try a.eig().values, try a.eigvals()] {
                let found = sorted(values)
                expectNear(found.real, try testCase.member("real").tensor(), 2e-5, "\(a.shape)")
                expectNear(found.imaginary, try testCase.member("imaginary").tensor(), 2e-5, "\(a.shape)")
            }
        }
    }

    @Test(arguments: [1, 2, 3, 33, 100, 300])
    func vectorsAreStretched(n: Int) throws {
        let a = Tensor.random([n, n])
        let found = try a.eig()
        let (v, w, x, y) = (found.vectors.real, found.vectors.imaginary, found.values.real, found.values.imaginary)
        let scale = Double(n).squareRoot()
        expectClose(a.matmul(v), v * x - w * y, absolute: 5e-6 * scale)
        expectClose(a.matmul(w), w * x + v * y, absolute: 5e-6 * scale)
        expectClose((v * v + w * w).sum(axes: [0]), .ones([n]), absolute: 1e-5)
        expectClose(Tensor(x.sum()), a.trace(), absolute: 1e-4 * scale)
    }

    @Test func takesStacks() throws {
        let (a, b) = (Tensor.random([4, 4]), Tensor.random([4, 4], seed: 2))
        let stack = try Tensor.concatenated([a, b]).reshaped([2, 4, 4]).eig()
        let (first, second) = (try a.eig(), try b.eig())
        #expect(stack.values.real == Tensor.concatenated([first.values.real, second.values.real]).reshaped([2, 4]))
        #expect(
            stack.vectors.imaginary
                == Tensor.concatenated([first.vectors.imaginary, second.vectors.imaginary]).reshaped([2, 4, 4]))
    }

    @Test func refusals() {
        expectRefusals(of: "eig", isSquare: true) { try $0.eig() }
        expectRefusals(of: "eigvals", isSquare: true) { try $0.eigvals() }
    }
}
