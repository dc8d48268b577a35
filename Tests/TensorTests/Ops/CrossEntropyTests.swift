import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct CrossEntropyTests {
    /// 1e-6 relative, with logits of ±50 and ±1000 among them; the gradient is `(σ(z) − t)·dy / labels`.
    @Test func lossAndGradientFollowNumPy() throws {
        for testCase in try cases("cross_entropies") {
            let logits = try testCase.member("logits").tensor()
            let targets = try testCase.member("targets").tensor()
            let smoothing = Float(try testCase.member("smoothing").double())
            let label = "\(logits.shape), smoothing \(smoothing)"
            let tape = Tape()
            let z = tape.variable(logits)
            let loss = Value.binaryCrossEntropy(logits: z, targets: targets, smoothing: smoothing)
            expectClose(loss.tensor, try testCase.member("loss").tensor(), "loss of \(label)")
            tape.backward(from: (loss * Value(try testCase.member("dy").tensor())).sum())
            expectClose(
                tape.gradient(at: z), try testCase.member("gradient").tensor(), absolute: 2e-7, "gradient of \(label)")
        }
    }

    /// A loss never saturates: the price of a wrong label grows with the logit, that of a right one vanishes.
    @Test func extremeLogits() {
        let z: Tensor = [[50], [-50], [1000], [-1000]]
        let zeros = Value.binaryCrossEntropy(logits: Value(z), targets: .zeros([4, 1]), smoothing: 0).tensor
        expectClose(zeros, [50, 1.9287499e-22, 1000, 0], absolute: 1e-37)
        let ones = Value.binaryCrossEntropy(logits: Value(z), targets: .ones([4, 1]), smoothing: 0).tensor
        expectClose(ones, [1.9287499e-22, 50, 0, 1000], absolute: 1e-37)
    }

    @Test(arguments: [[1, 1], [3, 5], [0, 3], [4, 17], [2, 3, 4]])
    func gradients(shape: [Int]) throws {
        let targets = Tensor.random(shape, in: 0..<1, seed: 2).thresholded(above: 0.5)
        for smoothing: Float in [0, 0.1] {
            try checkGradient(of: [Tensor.random(shape)], "\(shape), smoothing \(smoothing)") {
                Value.binaryCrossEntropy(logits: $0[0], targets: targets, smoothing: smoothing)
            }
        }
    }

    @Test func aNaNShows() {
        let loss = Value.binaryCrossEntropy(logits: Value([[0, .init(.nan)], [0, 0]]), targets: .zeros([2, 2]), smoothing: 0)
        #expect(loss.tensor[0].isNaN && !loss.tensor[1].isNaN)
    }

    @Test func trapsOnShapesThatDiffer() async {
        await #expect(processExitsWith: .failure) {
            _ = Value.binaryCrossEntropy(logits: Value(.ones([2, 3])), targets: .ones([2, 1]), smoothing: 0)
        }
    }
}
