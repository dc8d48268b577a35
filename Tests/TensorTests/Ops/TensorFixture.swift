import HornetSupport
import HornetTensor
import HornetTestSupport

/// The cases of one group of `tensor.json`: NumPy's results in float64, rounded once.
func cases(_ group: String) throws -> [JSON.Cursor] { try TensorFixture.document.member(group).array() }

private enum TensorFixture {
    static let document = Fixture.json("tensor.json")
}
