import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Operations that move elements: results are exact.
@Suite struct ShapingTests {
    @Test func transposes() throws {
        for testCase in try cases("transposes") {
            let x = try testCase.member("x").tensor()
            let y = try testCase.member("y").tensor()
            #expect(x.transposed() == y, "\(x.shape)")
            #expect(Value(x).transposed().tensor == y)
            #expect(x.transposed().transposed() == x)
        }
    }

    @Test func concatenates() throws {
        for testCase in try cases("concatenations") {
            let parts = try testCase.member("parts").tensors()
            let axis = try testCase.member("axis").int()
            let y = try testCase.member("y").tensor()
            let label = "\(parts.map(\.shape)) along \(axis)"
            #expect(Tensor.concatenated(parts, axis: axis) == y, "\(label)")
            #expect(Value.concatenated(parts.map { Value($0) }, axis: axis).tensor == y, "\(label)")
            try checkGradient(of: parts, label) { Value.concatenated($0, axis: axis) }
        }
    }

    @Test func slices() throws {
        for testCase in try cases("slices") {
            let x = try testCase.member("x").tensor()
            let range = try testCase.member("start").int()..<testCase.member("end").int()
            let axis = try testCase.member("axis").int()
            let y = try testCase.member("y").tensor()
            let label = "\(x.shape), \(range) of axis \(axis)"
            #expect(x.sliced(range, axis: axis) == y, "\(label)")
            #expect(Value(x).sliced(range, axis: axis).tensor == y, "\(label)")
            if axis == 0 { #expect(x[range] == y, "\(label)") }
            try checkGradient(of: [x], label) { $0[0].sliced(range, axis: axis) }
        }
    }

    @Test func broadcasts() throws {
        for testCase in try cases("broadcasts") {
            let x = try testCase.member("x").tensor()
            let shape = try testCase.member("shape").ints()
            let y = try testCase.member("y").tensor()
            #expect(x.broadcast(to: shape) == y, "\(x.shape) to \(shape)")
            try checkGradient(of: [x], "\(x.shape) to \(shape)") { $0[0].broadcast(to: shape) }
        }
    }

    @Test func broadcastShapes() {
        #expect(Tensor.broadcastShape([2, 1], [3]) == [2, 3])
        #expect(Tensor.broadcastShape([], []) == [])
        #expect(Tensor.broadcastShape([1], [0]) == [0])
        #expect(Tensor.broadcastShape([0], [2]) == nil)
        #expect(Tensor.broadcastShape([2, 3], [2]) == nil)
    }

    @Test func reshapes() throws {
        let x = Tensor.arange(12)
        #expect(x.reshaped([3, 4])[1, 2] == 6)
        #expect(x.reshaped([2, 3, 2]).reshaped([12]) == x)
        #expect(Tensor(3).reshaped([1, 1]) == [[3]])
        #expect(Tensor.zeros([0, 5]).reshaped([3, 0]).shape == [3, 0])
        try checkGradient(of: [Tensor.random([2, 6])]) { $0[0].reshaped([3, 4]) }
        try checkGradient(of: [Tensor.random([3, 5])]) { $0[0].transposed() }
        try checkGradient(of: [Tensor.zeros([0, 5])]) { $0[0].transposed() }
    }

    @Test func gathersRows() {
        let x = Tensor.arange(6).reshaped([3, 2])
        #expect(x.gathered([2, 0, 2]) == [[4, 5], [0, 1], [4, 5]])
        #expect(x.gathered([]).shape == [0, 2])
        #expect(Tensor.zeros([3, 0]).gathered([1, 1]).shape == [2, 0])
        #expect(Indices([[1, 2], [3, 4]]).gathered([1]) == Indices([[3, 4]]))
    }

    @Test func trapsOnShapesThatDoNotFit() async {
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).reshaped([5]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3]).broadcast(to: [2]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).broadcast(to: [3]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.concatenated([.ones([2, 3]), .ones([2, 4])]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.concatenated([]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3]).sliced(1..<4, axis: 0) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3])[2..<4] }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3, 2]).gathered([3]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3, 0]).gathered([-1]) }
        await #expect(processExitsWith: .failure) { _ = Tensor(1)[0..<1] }
    }
}
