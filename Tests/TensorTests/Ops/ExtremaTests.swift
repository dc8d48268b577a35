import HornetTensor
import HornetTestSupport
import Testing

@Suite struct ExtremaTests {
    @Test func takesTheLargerOrTheSmaller() {
        let (a, b) = (Tensor([[1, -2, 3], [0, .nan, 5]]), Tensor([2, -2, .nan]))
        #expect(Tensor.maximum(a, b)[0, 0] == 2 && Tensor.minimum(a, b)[0, 0] == 1)
        #expect(Tensor.maximum(a, b)[0, 1] == -2 && Tensor.minimum(a, b)[1, 0] == 0)
        for (row, column) in [(0, 2), (1, 1), (1, 2)] {
            #expect(Tensor.maximum(a, b)[row, column].isNaN && Tensor.minimum(a, b)[row, column].isNaN)
            #expect(Tensor.maximum(b, a)[row, column].isNaN)
        }
    }

    @Test(arguments: [([], []), ([1], [1]), ([2, 3], [3]), ([2, 1], [1, 3]), ([0, 3], [3]), ([3, 5], [1, 1, 5])] as [([Int], [Int])])
    func gradients(a: [Int], b: [Int]) throws {
        // Far enough apart that no step of the check changes which is larger.
        let x = Tensor.random(a), y = Tensor.random(b, seed: 2)
        let apart = (x - y).abs().scalars.allSatisfy { $0 > 0.02 }
        #expect(apart)
        try checkGradient(of: [x, y], "maximum \(a) \(b)") { .maximum($0[0], $0[1]) }
        try checkGradient(of: [x, y], "minimum \(a) \(b)") { .minimum($0[0], $0[1]) }
    }

    @Test func equalElementsGiveTheGradientToTheFirst() {
        let tape = Tape()
        let (a, b) = (tape.variable([1, 2]), tape.variable([1, 3]))
        tape.backward(from: (Value.maximum(a, b) + Value.minimum(a, b)).sum())
        #expect(tape.gradient(at: a) == [2, 1] && tape.gradient(at: b) == [0, 1])
    }
}
