import HornetSupport
import HornetTensor
import HornetTestSupport

/// A case of `numpy_shapes.json`: NumPy's answer for an array that counts from 0.
struct ShapeCase {
    let cursor: JSON.Cursor
    let op: String
    let x: Tensor

    static func all(_ group: String) throws -> [ShapeCase] {
        try document.member(group).array().map {
            let shape = try $0.member("shape").ints()
            return ShapeCase(
                cursor: $0, op: try $0.member("op").string(), x: Tensor.arange(shape.reduce(1, *)).reshaped(shape))
        }
    }

    private static let document = Fixture.json("numpy_shapes.json")

    var y: Tensor { get throws { try tensor("y") } }
    var axis: Int { get throws { try cursor.member("axis").int() } }
    var axes: [Int] { get throws { try cursor.member("axes").ints() } }
    var count: Int { get throws { try cursor.member("count").int() } }
    var parts: [Tensor] { get throws { try cursor.member("parts").tensors() } }
    func tensor(_ name: String) throws -> Tensor { try cursor.member(name).tensor() }
    func indices(_ name: String) throws -> Indices { try cursor.member(name).indices() }

    /// The same numbers as integers.
    var ids: Indices { Indices(x.scalars.map { Int32($0) }, shape: x.shape) }
    var label: String { "\(op) of \(x.shape)" }
}

extension Tensor {
    /// The elements as integers.
    var asIds: Indices { Indices(scalars.map { Int32($0) }, shape: shape) }
}
