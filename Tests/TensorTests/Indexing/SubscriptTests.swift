import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct SubscriptTests {
    private func index(_ c: ShapeCase) throws -> [any TensorIndex] {
        try c.cursor.member("index").array().map { item in
            let parts = try item.array()
            let numbers = try parts.dropFirst().map { try $0.int() }
            func bound(_ number: Int) -> Int? { number == 999 ? nil : number }
            switch try parts[0].string() {
            case "entry": return numbers[0]
            case "range": return numbers[0]..<numbers[1]
            case "stride": return AxisIndex.stride(from: bound(numbers[0]), to: bound(numbers[1]), by: numbers[2])
            case "new": return AxisIndex.newAxis
            case "ellipsis": return AxisIndex.ellipsis
            default: return AxisIndex.all
            }
        }
    }

    @Test func followsNumPy() throws {
        for c in try ShapeCase.all("subscripts") {
            let index = try index(c)
            let label = "\(c.label), case \(index)"
            var (x, ids) = (c.x, c.ids)
            #expect(x[at: index] == (try c.y), "\(label)")
            #expect(ids[at: index] == (try c.y.asIds), "\(label)")
            try checkGradient(of: [x], label) { $0[0][at: index] }
            x[at: index] = try c.tensor("values")
            #expect(x == (try c.tensor("after")), "\(label), written")
            ids[at: index] = try c.tensor("values").asIds
            #expect(ids == (try c.tensor("after").asIds), "\(label), written")
        }
    }

    @Test func spellings() {
        var x = Tensor.arange(24).reshaped([2, 3, 4])
        #expect(x[1, 0..<3] == x[1..<2].squeezed(axis: 0))
        #expect(x[..., 2] == [[2, 6, 10], [14, 18, 22]])
        #expect(x[.all, 1] == [[4, 5, 6, 7], [16, 17, 18, 19]])
        #expect(x[-1, ..., -1] == [15, 19, 23])
        #expect(x[0, 1...2, ...1] == [[4, 5], [8, 9]])
        #expect(x[0, ..<1, .stride(from: 3, to: 0, by: -2)] == [[3, 1]])
        #expect(x[.newAxis, 0, 0].shape == [1, 4] && x[...].shape == [2, 3, 4] && x[...] == x)
        let row: Tensor = x[1, 2]
        #expect(row == [20, 21, 22, 23])
        x[..., 0] = 0
        x[1, 0..<2] += 100
        x[0..<1] *= 2
        #expect(x[0, ...] == [[0, 2, 4, 6], [0, 10, 12, 14], [0, 18, 20, 22]])
        #expect(x[1, ...] == [[100, 113, 114, 115], [100, 117, 118, 119], [0, 21, 22, 23]])
        var ids = Indices([[1, 2], [3, 4]])
        ids[.all, 0] = Indices([9, 8])
        #expect(ids == Indices([[9, 2], [8, 4]]) && ids[-1, -1] == 4 && ids[..., 1] == Indices([2, 4]))
        // Written from itself.
        x = .arange(4)
        x[1...] = x[..<3]
        #expect(x == [0, 0, 1, 2])
    }

    @Test func trapsOutside() async {
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3])[2, ...] }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3])[-3, ...] }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3])[.all, 1..<4] }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3])[.all, .all, .all] }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3])[..., .ellipsis] }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3])[.stride(by: 0)] }
        await #expect(processExitsWith: .failure) {
            var x = Tensor.ones([2, 3])
            x[.all, 0..<2] = [1, 2, 3]
        }
    }
}
