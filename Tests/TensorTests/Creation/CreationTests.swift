import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

@Suite struct CreationTests {
    private static let document = Fixture.json("numpy_creation.json")

    private func cases(_ group: String) throws -> [JSON.Cursor] { try Self.document.member(group).array() }

    @Test func spaces() throws {
        for c in try cases("spaces") {
            let (from, to) = (Float(try c.member("from").double()), Float(try c.member("to").double()))
            let (count, end) = (try c.member("count").int(), try c.member("end").bool())
            expectClose(
                Tensor.linspace(from: from, to: to, count: count, includingEnd: end), try c.member("linspace").tensor())
            expectClose(
                Tensor.logspace(from: from, to: to, count: count, includingEnd: end), try c.member("logspace").tensor())
        }
        #expect(Tensor.logspace(from: 0, to: 3, count: 4, base: 2) == [1, 2, 4, 8])
    }

    @Test func ranges() throws {
        for c in try cases("ranges") {
            let (from, to) = (Float(try c.member("from").double()), Float(try c.member("to").double()))
            let step = Float(try c.member("by").double())
            expectClose(Tensor.arange(from: from, to: to, by: step), try c.member("y").tensor(), "\(from) \(to) \(step)")
        }
        #expect(Indices.arange(3) == Indices([0, 1, 2]) && Indices.full([2], 7) == Indices([7, 7]))
        #expect(Tensor.zeros(like: [[1, 2]]) == [[0, 0]] && Tensor.ones(like: [1]) == [1] && Tensor.full(like: [1], 4) == [4])
    }

    @Test func diagonals() throws {
        for c in try cases("diagonals") {
            let (shape, k) = (try c.member("shape").ints(), try c.member("k").int())
            let x = Tensor.arange(shape.reduce(1, *)).reshaped(shape) + 1
            let label = "\(shape), offset \(k)"
            #expect(x.lowerTriangle(offset: k) == (try c.member("lower").tensor()), "\(label)")
            #expect(x.upperTriangle(offset: k) == (try c.member("upper").tensor()), "\(label)")
            #expect(
                Tensor.eye(shape[shape.count - 2], columns: shape.last!, offset: k) == (try c.member("eye").tensor()),
                "\(label)")
            let v = Tensor.arange(shape.last!) + 1
            #expect(v.diagonalMatrix(offset: k) == (try c.member("matrix").tensor()), "\(label)")
            if let diagonal = try c.optional("diagonal") {
                #expect(x.diagonal(offset: k) == (try diagonal.tensor()), "\(label)")
                #expect(Indices(x).diagonal(offset: k) == Indices(try diagonal.tensor()), "\(label)")
            }
            try checkGradient(of: [x], label) { $0[0].diagonal(offset: k) }
            try checkGradient(of: [x], label) { $0[0].diagonalMatrix(offset: k) }
            try checkGradient(of: [x], label) { $0[0].lowerTriangle(offset: k) }
            try checkGradient(of: [x], label) { $0[0].upperTriangle(offset: k) }
        }
    }

    @Test func grids() throws {
        for c in try cases("grids") {
            let vectors = try c.member("sizes").ints().enumerated().map { Tensor.arange($1) + Float(10 * $0) }
            #expect(Tensor.meshgrid(vectors) == (try c.member("xy").tensors()))
            #expect(Tensor.meshgrid(vectors, indexing: .ij) == (try c.member("ij").tensors()))
        }
    }

    @Test func conversions() async {
        let nested: [[[Float]]] = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
        let x = Tensor(blocks: nested)
        #expect(x == Tensor.arange(from: 1, to: 9).reshaped([2, 2, 2]))
        #expect([[[Float]]](x) == nested && [[Float]](x[1, ...]) == nested[1])
        #expect(Tensor(blocks: []).shape == [0, 0, 0])
        let ids = Indices([[1, -2], [3, 4]])
        #expect(Tensor(ids: ids) == [[1, -2], [3, 4]] && Indices(Tensor(ids: ids)) == ids && [[Int32]](ids) == [[1, -2], [3, 4]])
        #expect(Indices(Tensor([1.9, -1.9])) == Indices([1, -1]))
        await #expect(processExitsWith: .failure) { _ = Indices(Tensor([.nan])) }
        await #expect(processExitsWith: .failure) { _ = Indices(Tensor([3e9])) }
        await #expect(processExitsWith: .failure) { _ = Tensor(blocks: [[[1]], [[1, 2]]]) }
        await #expect(processExitsWith: .failure) { _ = [[Float]](Tensor([1])) }
    }

    @Test func trapsOnWhatMakesNoSense() async {
        await #expect(processExitsWith: .failure) { _ = Tensor.arange(from: 0, to: 1, by: 0) }
        await #expect(processExitsWith: .failure) { _ = Tensor.linspace(from: 0, to: 1, count: -1) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3]).diagonal() }
        await #expect(processExitsWith: .failure) { _ = Tensor.meshgrid([.ones([2, 2])]) }
    }
}
