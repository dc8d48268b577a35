import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// What is printed, letter by letter as NumPy does.
@Suite struct PrintingTests {
    private static let document = Fixture.json("numpy_printing.json")

    private func check(_ array: some CustomStringConvertible & CustomDebugStringConvertible, _ c: JSON.Cursor) throws {
        #expect(array.description == (try c.member("str").string()))
        #expect(array.debugDescription == (try c.member("repr").string()))
    }

    @Test func elements() throws {
        for c in try Self.document.member("elements").array() {
            let bits = try c.member("bits").array().map { UInt32(try $0.int()) }
            try check(Tensor(bits.map { Float(bitPattern: $0) }, shape: try c.member("shape").ints()), c)
        }
    }

    @Test func layouts() throws {
        for c in try Self.document.member("layouts").array() {
            let (shape, scale) = (try c.member("shape").ints(), try c.member("scale").double())
            try check(Tensor((0..<shape.reduce(1, *)).map { Float(Double($0) * scale) }, shape: shape), c)
        }
    }

    @Test func integers() throws {
        for c in try Self.document.member("integers").array() {
            let ids = try c.member("data").ints().map { Int32($0) }
            try check(Indices(ids, shape: try c.member("shape").ints()), c)
        }
    }

    @Test func stringsShowTheElements() {
        #expect("\(Tensor([[1, 0.5], [-2, 10]]))" == "[[ 1.   0.5]\n [-2.  10. ]]")
        #expect("\(Tensor(0.1))" == "0.1" && String(reflecting: Tensor([1])) == "array([1.], dtype=float32)")
        #expect("\(Tensor([1.5, 2]))" != "\(Tensor([1.5, 3]))")
    }
}
