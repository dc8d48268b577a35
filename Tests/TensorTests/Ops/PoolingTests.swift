import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct PoolingTests {
    @Test func followsNumPy() throws {
        for testCase in try cases("pools") {
            let x = Value(try testCase.member("x").tensor())
            let mask = try testCase.member("mask").tensor()
            let label = "\(x.shape)"
            #expect(x.maxPooledOverTime().tensor == (try testCase.member("max").tensor()), "\(label)")
            expectClose(x.averagePooledOverTime().tensor, try testCase.member("mean").tensor(), absolute: 1e-6, label)
            expectClose(
                x.averagePooledOverTime(mask: mask).tensor, try testCase.member("masked").tensor(), absolute: 1e-6,
                "masked \(label)")
        }
    }

    @Test(arguments: [[1, 1, 1], [2, 1, 5], [3, 7, 2], [2, 5, 17], [0, 3, 2]])
    func gradients(shape: [Int]) throws {
        let x = Tensor.spread(shape)
        try checkGradient(of: [x], "maximum of \(shape)") { $0[0].maxPooledOverTime() }
        try checkGradient(of: [x], "mean of \(shape)") { $0[0].averagePooledOverTime() }
        var mask = Tensor.random([shape[0], shape[1]], in: 0..<1).thresholded(above: 0.5)
        for b in 0..<shape[0] { mask[b, 0] = 1 }
        try checkGradient(of: [x], "masked mean of \(shape)") { $0[0].averagePooledOverTime(mask: mask) }
    }

    @Test func theFirstOfEqualMaximaGetsTheGradient() {
        let tape = Tape()
        let x = tape.variable([[[1, 0], [1, 3], [0, 3]]])
        tape.backward(from: x.maxPooledOverTime().sum())
        #expect(tape.gradient(at: x) == [[[1, 0], [0, 1], [0, 0]]])
    }

    /// A masked step has no say, whatever it holds; a sample of padding alone is 0/0, as in Keras.
    @Test func maskedStepsHaveNoSay() {
        let x: Tensor = [[[1], [3], [100]], [[1], [2], [3]]]
        let y = Value(x).averagePooledOverTime(mask: [[1, 1, 0], [0, 0, 0]]).tensor
        #expect(y[0, 0] == 2 && y[1, 0].isNaN)
        let broken = Tensor([1, 3, .infinity, .nan], shape: [1, 4, 1])
        #expect(Value(broken).averagePooledOverTime(mask: [[1, 1, 0, 0]]).tensor == [[2]])
    }

    @Test func trapsWithoutSteps() async {
        await #expect(processExitsWith: .failure) { _ = Value(Tensor.ones([2, 0, 3])).maxPooledOverTime() }
        await #expect(processExitsWith: .failure) { _ = Value(Tensor.ones([2, 3])).maxPooledOverTime() }
        await #expect(processExitsWith: .failure) {
            _ = Value(Tensor.ones([2, 3, 4])).averagePooledOverTime(mask: .ones([2, 1]))
        }
    }
}
