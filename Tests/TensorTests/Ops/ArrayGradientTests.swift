import HornetTensor
import HornetTestSupport
import Testing

/// Gradients of functions, choices, reductions and running sums against central differences.
@Suite struct ArrayGradientTests {
    private static let functions: [(String, Range<Float>, @Sendable (Value) -> Value)] = [
        ("expm1", -1..<1, { $0.expm1() }), ("log1p", 0..<2, { $0.log1p() }), ("log2", 0.5..<2, { $0.log2() }),
        ("log10", 0.5..<2, { $0.log10() }), ("cbrt", 0.5..<2, { $0.cbrt() }), ("rsqrt", 0.5..<2, { $0.rsqrt() }),
        ("reciprocal", 0.5..<2, { $0.reciprocal() }), ("erf", -2..<2, { $0.erf() }), ("sin", -3..<3, { $0.sin() }),
        ("cos", -3..<3, { $0.cos() }), ("tan", -1..<1, { $0.tan() }), ("asin", -0.7..<0.7, { $0.asin() }),
        ("acos", -0.7..<0.7, { $0.acos() }), ("atan", -2..<2, { $0.atan() }), ("sinh", -2..<2, { $0.sinh() }),
        ("cosh", -2..<2, { $0.cosh() }), ("asinh", -2..<2, { $0.asinh() }), ("acosh", 1.5..<3, { $0.acosh() }),
        ("atanh", -0.7..<0.7, { $0.atanh() }), ("pow 3", -2..<2, { $0.pow(3) }), ("pow 1.5", 0.5..<2, { $0.pow(1.5) }),
        ("pow 0", 0.5..<2, { $0.pow(0) }), ("floor", 0.2..<0.8, { $0.floor() }), ("ceil", 0.2..<0.8, { $0.ceil() }),
        ("rounded", 0.1..<0.4, { $0.rounded() }), ("truncated", 0.2..<0.8, { $0.truncated() }),
        ("sign", 0.5..<2, { $0.sign() }), ("clipped from", 0.5..<2, { $0.clipped(from: 0.25) }),
        ("clipped through", 0.5..<2, { $0.clipped(through: 0.25) }),
    ]

    @Test(arguments: [[], [0], [1], [7], [2, 3]] as [[Int]])
    func functionsOfOne(shape: [Int]) throws {
        for (name, range, function) in Self.functions {
            try checkGradient(of: [Tensor.random(shape, in: range)], "\(name) of \(shape)") { function($0[0]) }
        }
    }

    /// A gradient that is a little off has to be found.
    @Test func wrongGradientsAreFound() throws {
        for (name, range, function) in Self.functions.prefix(19) {
            let x = Tensor.random([7], in: range)
            let found = try GradientCheck().mismatch(of: [x]) { inputs in
                let y = function(inputs[0])
                return Value.recorded(y.tensor, from: [y]) { dy, dx in dx.add(dy * 1.01, to: 0) }
            }
            #expect(found != nil, "\(name)")
        }
    }

    private static let pairs: [([Int], [Int])] = [
        ([], []), ([1], [1]), ([3], []), ([2, 3], [3]), ([2, 3], [2, 1]), ([2, 1], [1, 3]), ([2, 1, 3], [4, 1]), ([0, 3], [3]),
    ]

    @Test(arguments: pairs)
    func functionsOfTwo(a: [Int], b: [Int]) throws {
        let (x, y) = (Tensor.random(a, in: 0.75..<2), Tensor.random(b, in: 0.75..<2, seed: 2))
        try checkGradient(of: [x, y], "pow \(a) \(b)") { $0[0].pow($0[1]) }
        try checkGradient(of: [x, y], "hypot \(a) \(b)") { .hypot($0[0], $0[1]) }
        try checkGradient(of: [x, y], "atan2 \(a) \(b)") { .atan2($0[0], $0[1]) }
        // Far from the jumps: 5.2 … 5.8 divided by 1.02 … 1.1 is between 4 and 6, most of it between whole numbers.
        let (large, small) = (Tensor.random(a, in: 5.35..<5.45), Tensor.random(b, in: 1.2..<1.25, seed: 2))
        try checkGradient(of: [large, small], "remainder \(a) \(b)") { .remainder($0[0], $0[1]) }
        let condition = Tensor.random(b, in: -1..<1, seed: 3) .> 0
        try checkGradient(of: [x, y], "where \(a) \(b)") { .where(condition, $0[0], $0[1]) }
    }

    @Test(arguments: [[1], [7], [2, 3], [2, 3, 5], [3, 1, 4]])
    func reductions(shape: [Int]) throws {
        let (x, apart) = (Tensor.random(shape), Tensor.spread(shape))
        let positive = Tensor.random(shape, in: 0.5..<1.5)
        try checkGradient(of: [positive], "product of \(shape)") { $0[0].product() }
        try checkGradient(of: [apart], "max of \(shape)") { $0[0].max() }
        try checkGradient(of: [apart], "min of \(shape)") { $0[0].min() }
        try checkGradient(of: [x], "variance of \(shape)") { $0[0].variance() }
        try checkGradient(of: [x], "logSumExp of \(shape)") { $0[0].logSumExp() }
        try checkGradient(of: [positive], "norm of \(shape)") { $0[0].norm() }
        let lists = shape.indices.map { [$0] } + [Array(shape.indices), [-1]] + (shape.count > 2 ? [[0, 2]] : [])
        for axes in lists {
            for keeping in [false, true] {
                let label = "\(shape) over \(axes)"
                try checkGradient(of: [x], "product of \(label)") { $0[0].product(axes: axes, keepingAxes: keeping) }
                try checkGradient(of: [apart], "max of \(label)") { $0[0].max(axes: axes, keepingAxes: keeping) }
                try checkGradient(of: [apart], "min of \(label)") { $0[0].min(axes: axes, keepingAxes: keeping) }
                try checkGradient(of: [x], "variance of \(label)") { $0[0].variance(axes: axes, keepingAxes: keeping) }
                try checkGradient(of: [x], "logSumExp of \(label)") { $0[0].logSumExp(axes: axes, keepingAxes: keeping) }
                for order: Float in [1, 2, 3] {
                    try checkGradient(of: [positive], "norm \(order) of \(label)") {
                        $0[0].norm(order: order, axes: axes, keepingAxes: keeping)
                    }
                }
            }
        }
        for axis in -shape.count..<shape.count {
            let label = "\(shape) along \(axis)"
            for q: Float in [0, 0.3, 0.5, 1] {
                try checkGradient(of: [apart], "quantile \(q) of \(label)") { $0[0].quantile(q, axis: axis) }
            }
            try checkGradient(of: [x], "cumulativeSum of \(label)") { $0[0].cumulativeSum(axis: axis) }
            try checkGradient(of: [x], "cumulativeProduct of \(label)") { $0[0].cumulativeProduct(axis: axis) }
            try checkGradient(of: [x], "difference of \(label)") { $0[0].difference(axis: axis) }
            try checkGradient(of: [x], "second difference of \(label)") { $0[0].difference(axis: axis, order: 2) }
        }
        let spread = Tensor.random(shape + [3])
        try checkGradient(of: [spread], "standardDeviation") { $0[0].standardDeviation(axis: -1, ddof: 1) }
    }

    /// Products with zeros among their factors.
    @Test func productsOfZeros() throws {
        for x: Tensor in [[[2, 0, 3], [0, 0, 4]], [[0, 1, 2], [1, 2, 0]]] {
            try checkGradient(of: [x]) { $0[0].product(axis: 1) }
            try checkGradient(of: [x]) { $0[0].cumulativeProduct(axis: 1) }
        }
    }

    @Test func equalExtremesShareTheGradient() {
        let tape = Tape()
        let x = tape.variable([[1, 3, 3], [2, 2, 0]])
        tape.backward(from: (x.max(axis: 1) * Value([1, 4])).sum())
        #expect(tape.gradient(at: x) == [[0, 0.5, 0.5], [2, 2, 0]])
    }

    @Test func trapsWithoutElements() async {
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([0, 2]).max(axis: 0) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([0]).min() }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([0]).median() }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([3]).quantile(1.5) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2, 0]).argmin(axis: 1) }
        await #expect(processExitsWith: .failure) { _ = Tensor.ones([2]) .< Tensor.ones([3]) }
        await #expect(processExitsWith: .failure) { _ = Tensor.where([1, 0], Tensor.ones([3]), 0) }
    }
}
