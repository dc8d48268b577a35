import HornetTensor
import HornetTestSupport
import Testing

/// What moves elements, against NumPy: results are exact.
@Suite struct ShapedTests {
    private static let groups = ["reshaped", "permuted", "joined", "repeated", "padded"]

    private func apply<Array: Shaped>(_ c: ShapeCase, _ x: Array) throws -> Array? {
        switch c.op {
        case "reshaped": x.reshaped(try c.axes)
        case "flattened": x.flattened()
        case "expandedDims": x.expandedDims(axis: try c.axis)
        case "squeezed": x.squeezed()
        case "squeezedAxis": x.squeezed(axis: try c.axis)
        case "permuted": x.permuted(try c.axes)
        case "transposed": x.transposed()
        case "swappedAxes": x.swappedAxes(try c.axes[0], try c.axes[1])
        case "movedAxis": x.movedAxis(try c.axes[0], to: try c.axes[1])
        case "stacked":
            Array.stacked(
                (0..<x.shape[0]).map { x.sliced($0..<$0 + 1, axis: 0).squeezed(axis: 0) }, axis: try c.axis)
        case "tiled": x.tiled(try c.axes)
        case "repeated": x.repeated(try c.count, axis: try c.axis)
        case "repeatedCounts": x.repeated(try c.axes, axis: try c.axis)
        case "flipped": x.flipped(axes: try c.axes)
        case "flippedAll": x.flipped()
        case "rolled": x.rolled(try c.count, axis: try c.axis)
        case "rolledFlat": x.rolled(try c.count)
        default: nil
        }
    }

    private func padded(_ c: ShapeCase, _ x: Value) throws -> Value? {
        let flat = try c.op.hasPrefix("padded") ? c.axes : []
        let widths = stride(from: 0, to: flat.count, by: 2).map { (flat[$0], flat[$0 + 1]) }
        switch c.op {
        case "paddedConstant": return x.padded(widths, mode: .constant(-1))
        case "paddedEdge": return x.padded(widths, mode: .edge)
        case "paddedReflect": return x.padded(widths, mode: .reflect)
        default: return nil
        }
    }

    @Test(arguments: groups) func followsNumPy(group: String) throws {
        for c in try ShapeCase.all(group) where !c.op.hasPrefix("split") {
            let y = try c.y
            if let padded = try padded(c, Value(c.x)) {
                #expect(padded.tensor == y, "\(c.label)")
            } else {
                #expect(try apply(c, c.x) == y, "\(c.label)")
                #expect(try apply(c, Value(c.x))?.tensor == y, "\(c.label)")
                #expect(try apply(c, c.ids) == y.asIds, "\(c.label) of integers")
            }
            if c.x.count <= 60 {
                try checkGradient(of: [.random(c.x.shape)], c.label) { try padded(c, $0[0]) ?? apply(c, $0[0])! }
            }
        }
    }

    @Test func splits() throws {
        for c in try ShapeCase.all("joined") where c.op.hasPrefix("split") {
            let (parts, axis) = (try c.parts, try c.axis)
            if c.op == "splitAt" {
                let positions = try c.axes
                #expect(c.x.split(at: positions, axis: axis) == parts, "\(c.label)")
                #expect(c.ids.split(at: positions, axis: axis) == parts.map(\.asIds), "\(c.label)")
                // Each part weighs differently, and one may have no gradient at all.
                try checkGradient(of: [c.x], c.label) {
                    let found = $0[0].split(at: positions, axis: axis)
                    return .concatenated(found.enumerated().map { $1 * Float($0) }, axis: axis)
                }
                try checkGradient(of: [c.x], c.label) { $0[0].split(at: positions, axis: axis).last! }
            } else {
                #expect(c.x.split(into: try c.count, axis: axis) == parts, "\(c.label)")
                #expect(Value(c.x).split(into: try c.count, axis: axis).map(\.tensor) == parts, "\(c.label)")
            }
        }
    }

    /// Sizes at which copies are cut for threads and transposed in blocks, against one element at a time.
    @Test(arguments: [
        ([300, 257], [1, 0]), ([33, 40, 70], [2, 0, 1]), ([3, 200, 150], [1, 2, 0]), ([9, 100, 7, 13], [3, 1, 2, 0]),
        ([400, 3, 90], [0, 2, 1]), ([5, 4, 3, 70, 20], [4, 2, 0, 1, 3]),
    ]) func permutesManyElements(shape: [Int], axes: [Int]) {
        let x = Tensor.arange(shape.reduce(1, *)).reshaped(shape)
        let y = x.permuted(axes)
        var position = [Int](repeating: 0, count: shape.count)
        var isRight = y.shape == axes.map { shape[$0] }
        for element in y.scalars {
            var flat = 0
            for axis in shape.indices { flat = flat * shape[axis] + position[axes.firstIndex(of: axis)!] }
            isRight = isRight && element == Float(flat)
            for axis in shape.indices.reversed() {
                position[axis] += 1
                if position[axis] < y.shape[axis] { break }
                position[axis] = 0
            }
        }
        #expect(isRight)
        #expect(y.permuted(axes.indices.map { axes.firstIndex(of: $0)! }) == x)
    }

    @Test func sharesMemoryWhereElementsLieTogether() {
        let x = Tensor.arange(24).reshaped([4, 3, 2])
        func address(_ x: Tensor) -> Int { x.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress!) } }
        #expect(address(x[2, ...]) == address(x) + 12 * 4)
        #expect(address(x[1, 1...]) == address(x) + 8 * 4)
        #expect(address(x.sliced(1..<3, axis: 0)) == address(x) + 6 * 4)
        var part = x[1, ...]
        part[0, 0] = -1
        #expect(x[1, 0, 0] == 6 && part[0, 0] == -1)
    }

    @Test func trapsOnWhatDoesNotFit() async {
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).reshaped([-1, 4]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).reshaped([-1, -1]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([0, 3]).reshaped([-1, 0]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).squeezed(axis: 0) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).permuted([0, 0]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).expandedDims(axis: 4) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).split(into: 2, axis: 1) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 3]).split(at: [2, 1], axis: 1) }
        await #expect(processExitsWith: .failure) { _ = Tensor.stacked([.ones([2, 3]), .ones([3, 2])]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2]).padded([(1, -1)]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([0]).padded([(1, 0)], mode: .edge) }
    }
}
