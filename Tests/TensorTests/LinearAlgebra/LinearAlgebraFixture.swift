import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// The cases of one group of `linear_algebra.json`: NumPy's and SciPy's results in float64, rounded once.
func linearAlgebraCases(_ group: String) throws -> [JSON.Cursor] {
    try LinearAlgebraFixture.document.member(group).array()
}

private enum LinearAlgebraFixture {
    static let document = Fixture.json("linear_algebra.json")
}

/// Records an issue unless each element is within `tolerance` times the largest expected one.
func expectNear(
    _ actual: Tensor, _ expected: Tensor, _ tolerance: Double, _ label: @autoclosure () -> String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let largest = expected.scalars.reduce(0) { max($0, Double($1.magnitude)) }
    expectClose(
        actual, expected, relative: 0, absolute: tolerance * largest, label(), sourceLocation: sourceLocation)
}

/// What all routines do with input that has no answer.
func expectError(
    _ kind: HornetError.Kind, saying text: String..., sourceLocation: SourceLocation = #_sourceLocation,
    from body: () throws -> some Any
) {
    do {
        _ = try body()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    } catch let error as HornetError {
        #expect(error.kind == kind, "\(error)", sourceLocation: sourceLocation)
        for part in text { #expect(error.description.contains(part), "\(error)", sourceLocation: sourceLocation) }
        #expect(!error.remedy.isEmpty, "\(error)", sourceLocation: sourceLocation)
    } catch {
        Issue.record("\(error)", sourceLocation: sourceLocation)
    }
}

/// The refusals that every routine on matrices shares; `isSquare` where it takes no others, `takesStacks` unless it takes
/// one matrix alone.
func expectRefusals(
    of routine: StaticString, isSquare: Bool, takesStacks: Bool = true, sourceLocation: SourceLocation = #_sourceLocation,
    _ call: (Tensor) throws -> some Any
) {
    let place = "\(routine): "
    expectError(.shape, saying: place, "[3]", sourceLocation: sourceLocation) { try call(.ones([3])) }
    expectError(.shape, saying: place, "[]", sourceLocation: sourceLocation) { try call(Tensor(1)) }
    expectError(.shape, saying: place, "3000000000", sourceLocation: sourceLocation) { try call(.zeros([0, 3_000_000_000])) }
    for bad in [Float.nan, .infinity, -.infinity] {
        var x = Tensor.eye(4)
        x[2, 1] = bad
        expectError(.data, saying: place, "[2, 1] of [4, 4]", "\(bad)", sourceLocation: sourceLocation) { try call(x) }
        guard takesStacks else { continue }
        expectError(.data, saying: place, "[0, 2, 1]", sourceLocation: sourceLocation) { try call(x.reshaped([1, 4, 4])) }
    }
    if !takesStacks {
        expectError(.shape, saying: place, "stack [2, 3, 3]", sourceLocation: sourceLocation) { try call(.ones([2, 3, 3])) }
    }
    if isSquare {
        expectError(.shape, saying: place, "square", "[2, 3]", sourceLocation: sourceLocation) { try call(.ones([2, 3])) }
    }
}

extension Tensor {
    /// The columns times −1 or 1, so that each points the way of the same column of `other`.
    func withColumnsAligned(to other: Tensor) -> Tensor {
        guard rank >= 2, shape == other.shape else { return self }
        return self * (self * other).sum(axes: [-2], keepingAxes: true).signs
    }

    /// The same for rows.
    func withRowsAligned(to other: Tensor) -> Tensor {
        guard rank >= 2, shape == other.shape else { return self }
        return self * (self * other).sum(axes: [-1], keepingAxes: true).signs
    }

    private var signs: Tensor { Tensor(scalars.map { $0 < 0 ? -1 : 1 }, shape: shape) }

    /// Symmetric, with eigenvalues of at least 1.
    static func randomPositiveDefinite(_ n: Int, seed: UInt64 = 1) -> Tensor {
        let x = Tensor.random([n, n], seed: seed)
        return x.matmul(x, transposeRight: true) / Float(Swift.max(n, 1)) + .eye(n)
    }

    /// As far from the identity as `selfᵀ·self` is, at most.
    var orthogonalityError: Float {
        let product = matmul(self, transposeLeft: true) - .eye(shape[1])
        return product.scalars.reduce(0) { Swift.max($0, $1.magnitude) }
    }
}
