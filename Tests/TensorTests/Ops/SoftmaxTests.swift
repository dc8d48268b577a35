import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct SoftmaxTests {
    /// 1e-6 relative to float64, over random rows and rows that overflow a plain formula. Probabilities below
    /// 1e-37 may be zero.
    @Test func followsNumPy() throws {
        for testCase in try cases("softmaxes") {
            let x = try testCase.member("x").tensor()
            let label = "\(x.shape)"
            expectClose(x.softmax(), try testCase.member("softmax").tensor(), absolute: 1e-37, label)
            #expect(Value(x).softmax().tensor == x.softmax())
            let logs = try testCase.member("log").tensor()
            expectClose(x.logSoftmax(), logs, absolute: 1e-6, "log of \(label)")
            expectClose(Value(x).logSoftmax().tensor, logs, absolute: 1e-6, "log of \(label)")
        }
    }

    @Test func rowsSumToOne() {
        let sums = Tensor.random([9, 33], scale: 20).softmax().sum(axes: [-1])
        expectClose(sums, .ones([9]))
    }

    @Test(arguments: [[1], [7], [1, 1], [3, 2], [0, 3], [2, 3, 5], [2, 17]])
    func gradients(shape: [Int]) throws {
        let x = Tensor.random(shape)
        try checkGradient(of: [x], "softmax of \(shape)") { $0[0].softmax() }
        try checkGradient(of: [x], "logSoftmax of \(shape)") { $0[0].logSoftmax() }
    }

    @Test func gradientsOfExtremeRowsAreFinite() {
        let tape = Tape()
        let x = tape.variable([[1000, -1000, 0], [-1000, -1000, -1000]])
        tape.backward(from: (x.logSoftmax() * Value([[0, 1, 0], [0, 1, 0]])).sum())
        let third: Float = -1.0 / 3
        expectClose(tape.gradient(at: x), [[-1, 1, 0], Tensor([third, 1 + third, third])])
    }

    @Test func trapsWithoutAnAxis() async {
        await #expect(processExitsWith: .failure) { _ = Tensor(1).softmax() }
        await #expect(processExitsWith: .failure) { _ = Tensor(1).logSoftmax() }
    }
}
