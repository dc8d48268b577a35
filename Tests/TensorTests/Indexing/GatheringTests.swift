import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct GatheringTests {
    @Test func followsNumPy() throws {
        for c in try ShapeCase.all("gathered") {
            let (axis, ids, values) = (try c.axis, try c.indices("ids"), try c.tensor("values"))
            #expect(c.x.gathered(ids, axis: axis) == (try c.y), "\(c.label)")
            #expect(c.ids.gathered(ids, axis: axis) == (try c.y.asIds), "\(c.label)")
            #expect(c.x.setting(values, at: ids, axis: axis) == (try c.tensor("set")), "\(c.label)")
            #expect(c.x.adding(values, at: ids, axis: axis) == (try c.tensor("added")), "\(c.label)")
            try checkGradient(of: [c.x], c.label) { $0[0].gathered(ids, axis: axis) }
            try checkGradient(of: [c.x, values], c.label) { $0[0].setting($0[1], at: ids, axis: axis) }
            try checkGradient(of: [c.x, values], c.label) { $0[0].adding($0[1], at: ids, axis: axis) }
        }
    }

    @Test func takesAlongAnAxis() throws {
        for c in try ShapeCase.all("taken_along") {
            let (axis, ids) = (try c.axis, try c.indices("ids"))
            #expect(c.x.takenAlong(ids, axis: axis) == (try c.y), "\(c.label) by \(ids.shape)")
            #expect(c.ids.takenAlong(ids, axis: axis) == (try c.y.asIds), "\(c.label) by \(ids.shape)")
            #expect(c.x.settingAlong(-1, at: ids, axis: axis) == (try c.tensor("set")), "\(c.label) by \(ids.shape)")
            try checkGradient(of: [c.x], c.label) { $0[0].takenAlong(ids, axis: axis) }
        }
        #expect(Tensor([1, 2]).addingAlong([10, 20, 30], at: Indices([0, 0, -1]), axis: 0) == [31, 32])
    }

    /// Sizes that are cut for threads.
    @Test func gathersMany() {
        let x = Tensor.random([50, 700])
        let ids = Indices.random([900], below: 50)
        let rows = x.gathered(ids, axis: 0)
        #expect(rows == x.gathered(ids.ids.map { Int($0) }))
        #expect(x.transposed().gathered(ids, axis: 1).transposed() == rows)
        let flat = Indices.random([100_000], below: x.count)
        #expect(x.flattened().gathered(flat, axis: 0).scalars == flat.ids.map { x.scalars[Int($0)] })
        let along = Indices.random([300, 700], below: 50, seed: 2)
        #expect(x.takenAlong(along, axis: 0).transposed() == x.transposed().takenAlong(along.transposed(), axis: 1))
    }

    @Test func theLastOfSeveralValuesStays() {
        let x = Tensor.zeros([3])
        #expect(x.setting([1, 2, 3], at: Indices([1, 1, -2]), axis: 0) == [0, 3, 0])
        #expect(x.adding([1, 2, 3], at: Indices([1, 1, -2]), axis: 0) == [0, 6, 0])
        #expect(x.setting(7, at: Indices([0, 2]), axis: 0) == [7, 0, 7])
    }

    @Test func choosesByAMask() throws {
        for c in try ShapeCase.all("masks") {
            let mask = try c.tensor("mask")
            #expect(c.x[where: mask] == (try c.y), "\(c.label) where \(mask.shape)")
            #expect(c.ids[where: mask] == (try c.y.asIds), "\(c.label) where \(mask.shape)")
            var written = c.x
            written[where: mask] = -1
            #expect(written == (try c.tensor("after")), "\(c.label) where \(mask.shape)")
            if mask.rank > 0 { #expect(mask.nonzero() == (try c.cursor.member("nonzero").array().map { try $0.indices() })) }
            #expect(mask.nonzeroPlaces() == (try c.indices("flat")))
            try checkGradient(of: [c.x], c.label) { $0[0][where: mask] }
        }
        var x: Tensor = [[1, -2], [-3, 4]]
        x[where: Tensor([[0, .nan], [1, -0.0]])] = [7, 8]
        #expect(x == [[1, 7], [8, 4]])
    }

    @Test func oneHot() {
        #expect(Indices([2, 0]).oneHot(3) == [[0, 0, 1], [1, 0, 0]])
        #expect(Indices([[1]]).oneHot(2) == [[[0, 1]]] && Indices([Int32]()).oneHot(2).shape == [0, 2])
    }

    @Test func trapsOutside() async {
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3]).gathered(Indices([3]), axis: 0) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3]).gathered(Indices([-4]), axis: 0) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).takenAlong(Indices([0]), axis: 0) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).setting([1, 2], at: Indices([0]), axis: 0) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3])[where: [1, 0, 1]] }
        await #expect(processExitsWith: .failure) { _ = Indices([3]).oneHot(3) }
        await #expect(processExitsWith: .failure) { _ = Indices([-1]).oneHot(3) }
    }
}
