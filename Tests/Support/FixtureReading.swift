package import HornetSupport
package import HornetTensor

extension Fixture {
    /// The document `Tests/Fixtures/<name>`. Stops the test run when it is missing or broken.
    package static func json(_ name: String) -> JSON.Cursor {
        do {
            return try JSON(parsing: bytes(name), source: name).cursor(source: name)
        } catch {
            fatalError("the fixture \(name) can't be read: \(error)")
        }
    }
}

/// Arrays as the oracles write them: `{"shape": [2, 3], "data": [1.5, …]}`.
extension JSON.Cursor {
    package func ints() throws -> [Int] { try array().map { try $0.int() } }

    package func doubles() throws -> [Double] { try array().map { try $0.double() } }

    package func floats() throws -> [Float] { try array().map { Float(try $0.double()) } }

    package func strings() throws -> [String] { try array().map { try $0.string() } }

    package func tensor() throws -> Tensor {
        try Tensor(member("data").floats(), shape: member("shape").ints())
    }

    package func indices() throws -> Indices {
        try Indices(member("data").array().map { Int32(try $0.int()) }, shape: member("shape").ints())
    }

    /// The tensors of a list.
    package func tensors() throws -> [Tensor] { try array().map { try $0.tensor() } }
}
