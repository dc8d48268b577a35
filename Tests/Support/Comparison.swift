package import HornetTensor
package import Testing

/// What is wrong with `actual`, or `nil` when each of its elements is within `absolute + relative·|expected|` of the
/// expected one.
///
/// Strict: shapes are equal; a NaN is expected exactly where one is found; an infinity equals only itself. The text
/// shows how many elements are off, and the worst of them with its index and both values.
package func mismatch(
    _ actual: Tensor, _ expected: Tensor, relative: Double = 1e-6, absolute: Double = 1e-7
) -> String? {
    guard actual.shape == expected.shape else {
        return "the shape is \(actual.shape), expected \(expected.shape)"
    }
    var wrong = 0
    var worst = (excess: -1.0, index: 0)
    let (found, wanted) = (actual.scalars, expected.scalars)
    for i in found.indices {
        let excess = excess(found[i], wanted[i], relative, absolute)
        if excess > 1 { wrong += 1 }
        if excess > worst.excess { worst = (excess, i) }
    }
    guard wrong > 0 else { return nil }
    let (a, b) = (found[worst.index], wanted[worst.index])
    return "\(wrong) of \(found.count) elements are off; worst at \(position(of: worst.index, in: actual.shape)): "
        + "got \(a), expected \(b), difference \(Double(a) - Double(b)), "
        + "\(worst.excess) times the tolerance (relative \(relative), absolute \(absolute))"
}

/// Records an issue unless `actual` is ``mismatch(_:_:relative:absolute:)``-free. `label` says which case this is.
package func expectClose(
    _ actual: Tensor, _ expected: Tensor, relative: Double = 1e-6, absolute: Double = 1e-7,
    _ label: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let problem = mismatch(actual, expected, relative: relative, absolute: absolute) else { return }
    record(problem, label(), sourceLocation)
}

/// The same for single numbers.
package func expectClose(
    _ actual: Float, _ expected: Float, relative: Double = 1e-6, absolute: Double = 1e-7,
    _ label: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
    expectClose(
        Tensor(actual), Tensor(expected), relative: relative, absolute: absolute, label(),
        sourceLocation: sourceLocation)
}

func record(_ problem: String, _ label: String, _ sourceLocation: SourceLocation) {
    Issue.record(Comment(rawValue: label.isEmpty ? problem : "\(label): \(problem)"), sourceLocation: sourceLocation)
}

/// The difference in units of what is tolerated; infinite where no tolerance helps.
private func excess(_ actual: Float, _ expected: Float, _ relative: Double, _ absolute: Double) -> Double {
    if actual == expected || (actual.isNaN && expected.isNaN) { return 0 }
    guard actual.isFinite && expected.isFinite else { return .infinity }
    let difference = (Double(actual) - Double(expected)).magnitude
    return difference / (absolute + relative * Double(expected.magnitude))
}

/// The index of each axis of element `flat` in row-major order.
func position(of flat: Int, in shape: [Int]) -> [Int] {
    var rest = flat
    var result: [Int] = []
    for size in shape.reversed() {
        result.append(rest % size)
        rest /= size
    }
    return result.reversed()
}
