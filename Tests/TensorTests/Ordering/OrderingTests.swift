import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct OrderingTests {
    private static let document = Fixture.json("numpy_ordering.json")

    private func cases(_ group: String) throws -> [JSON.Cursor] { try Self.document.member(group).array() }

    @Test func sorts() throws {
        for c in try cases("sorts") {
            let (x, axis, k) = (try c.member("x").tensor(), try c.member("axis").int(), try c.member("k").int())
            for (key, descending) in [("order", false), ("falling", true)] {
                let order = try c.member(key).indices()
                let label = "\(x.shape) along \(axis), \(key)"
                #expect(x.argsorted(axis: axis, descending: descending) == order, "\(label)")
                expectClose(
                    x.sorted(axis: axis, descending: descending), x.takenAlong(order, axis: axis), relative: 0, absolute: 0, label)
            }
            let falling = try c.member("falling").indices()
            let top = x.topK(k, axis: axis)
            #expect(top.indices == falling.sliced(0..<k, axis: axis), "\(k) of \(x.shape) along \(axis)")
            expectClose(top.values, x.takenAlong(top.indices, axis: axis), relative: 0, absolute: 0, "\(x.shape)")
            let ids = Indices(x.scalars.map { $0.magnitude < 100 ? Int32($0) : 5 }, shape: x.shape)
            let order = ids.argsorted(axis: axis)
            #expect(ids.takenAlong(order, axis: axis) == ids.sorted(axis: axis))
            #expect(ids.sorted(axis: axis, descending: true).flipped(axes: [axis]) == ids.sorted(axis: axis))
        }
    }

    /// Lengths at which the way of sorting changes, against Swift's.
    @Test(arguments: [[31], [32], [33], [300, 33], [20, 700], [4095], [4097], [3, 50_000], [131_071], [131_073], [2, 200_000]])
    func sortsMany(shape: [Int]) {
        let width = shape.last!
        for x in [Tensor.random(shape, scale: 1e3), Tensor.random(shape).thresholded(above: 0.5), .zeros(shape)] {
            let (sorted, falling) = (x.sorted(), x.sorted(descending: true))
            let (order, top) = (x.argsorted(), x.topK(Swift.min(width, 10)))
            var isRight = true
            for row in 0..<x.count / width {
                let elements = x.reshaped([-1, width])[row..<row + 1].scalars
                let expected = elements.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
                func part(_ y: Tensor) -> [Float] { y.reshaped([-1, y.shape.last!])[row..<row + 1].scalars }
                func part(_ y: Indices) -> [Int] { y.reshaped([-1, y.shape.last!])[row..<row + 1].ids.map { Int($0) } }
                isRight = isRight && part(sorted) == expected.map(\.element) && part(order) == expected.map(\.offset)
                let reversed = elements.enumerated().sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
                isRight = isRight && part(falling) == reversed.map(\.element)
                isRight = isRight && part(top.indices) == reversed.prefix(10).map(\.offset)
                isRight = isRight && part(top.values) == reversed.prefix(10).map(\.element)
            }
            #expect(isRight, "\(shape)")
        }
    }

    @Test func gradients() throws {
        for (shape, axis) in [([5], 0), ([1], 0), ([3, 4], 0), ([3, 4], 1), ([2, 3, 2], 1), ([0, 3], 1)] {
            let x = Tensor.spread(shape)
            for descending in [false, true] {
                try checkGradient(of: [x], "\(shape)") { $0[0].sorted(axis: axis, descending: descending) }
            }
            try checkGradient(of: [x], "\(shape)") { $0[0].topK(Swift.min(2, shape[axis]), axis: axis).values }
        }
    }

    @Test func searches() throws {
        for c in try cases("searches") {
            let (x, values) = (try c.member("x").tensor(), try c.member("values").tensor())
            #expect(x.searchSorted(values) == (try c.member("left").indices()), "\(values) in \(x)")
            #expect(x.searchSorted(values, side: .right) == (try c.member("right").indices()), "\(values) in \(x)")
        }
        let x = Tensor.random([1000]).sorted()
        let many = x.searchSorted(x.repeated(20, axis: 0))
        #expect(many == Indices((0..<1000).map { Int32($0) }).repeated(20, axis: 0))
    }

    @Test func countsWhatIsDifferent() throws {
        for c in try cases("uniques") {
            let x = try c.member("x").tensor()
            let found = x.unique()
            expectClose(found.values, try c.member("values").tensor(), relative: 0, absolute: 0, "\(x)")
            #expect(found.inverse == (try c.member("inverse").indices()), "\(x)")
            #expect(found.counts == (try c.member("counts").indices()), "\(x)")
        }
        let ids = Indices([[3, -1], [3, 3]]).unique()
        #expect(ids.values == Indices([-1, 3]) && ids.inverse == Indices([[1, 0], [1, 1]]) && ids.counts == Indices([1, 3]))
    }

    @Test func trapsOnWhatHasNoOrder() async {
        await #expect(processExitsWith: .failure) { _ = Tensor(1).sorted() }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3]).sorted(axis: 1) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3]).topK(4) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3, 1]).searchSorted([1]) }
    }
}
