import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Holds array operations against NumPy's, on random shapes with 0 and 1 among their sizes, and on zeros of both signs,
/// infinities and NaN.
@Suite struct ArrayOracleTests {
    private static let document = Fixture.json("numpy_arrays.json")

    private func cases(_ group: String) throws -> [JSON.Cursor] { try Self.document.member(group).array() }

    private static let pairs: [String: @Sendable (Tensor, Tensor) -> Tensor] = [
        "maximum": { .maximum($0, $1) }, "minimum": { .minimum($0, $1) }, "power": { $0.pow($1) },
        "remainder": { .remainder($0, $1) }, "floorDivision": { .floorDivision($0, $1) }, "hypot": { .hypot($0, $1) },
        "atan2": { .atan2($0, $1) }, ".==": { $0 .== $1 }, ".!=": { $0 .!= $1 }, ".<": { $0 .< $1 },
        ".<=": { $0 .<= $1 }, ".>": { $0 .> $1 }, ".>=": { $0 .>= $1 }, ".&": { $0 .& $1 }, ".|": { $0 .| $1 },
        ".^": { $0 .^ $1 },
    ]

    @Test func pairsFollowNumPy() throws {
        var seen: Set<String> = []
        for testCase in try cases("pairs") {
            let name = try testCase.member("op").string()
            let (a, b) = (try testCase.member("a").tensor(), try testCase.member("b").tensor())
            let function = try #require(Self.pairs[name])
            let (y, expected) = (function(a, b), try testCase.member("y").tensor())
            expectClose(y, expected, relative: 3e-7, absolute: 1e-45, "\(name) \(a.shape) \(b.shape)")
            expectSameSigns(y, expected, "\(name) \(a.shape) \(b.shape)")
            seen.insert(name)
        }
        #expect(seen == Set(Self.pairs.keys))
    }

    @Test func numbersOnEitherSideAreLikeTensors() {
        let x = Tensor([-1, 0, .nan, 2])
        for number: Float in [-1, 0, 1, .nan] {
            let y = Tensor(number)
            #expect((x .== number) == (x .== y) && (x .!= number) == (x .!= y) && (x .< number) == (x .< y))
            #expect((x .<= number) == (x .<= y) && (x .> number) == (x .> y) && (x .>= number) == (x .>= y))
            #expect((number .== x) == (y .== x) && (number .!= x) == (y .!= x) && (number .< x) == (y .< x))
            #expect((number .<= x) == (y .<= x) && (number .> x) == (y .> x) && (number .>= x) == (y .>= x))
        }
        #expect((x .> 0) == [0, 0, 0, 1] && .!x == [0, 1, 0, 0])
    }

    @Test func closenessFollowsNumPy() throws {
        for testCase in try cases("closeness") {
            let (a, b) = (try testCase.member("a").tensor(), try testCase.member("b").tensor())
            let (relative, absolute) = (
                Float(try testCase.member("relative").double()), Float(try testCase.member("absolute").double())
            )
            let equalNaN = try testCase.member("equal_nan").bool()
            let expected = try testCase.member("y").tensor()
            let y = Tensor.isClose(a, b, relative: relative, absolute: absolute, equalNaN: equalNaN)
            #expect(y == expected)
            #expect(Tensor.allClose(a, b, relative: relative, absolute: absolute, equalNaN: equalNaN) == expected.all())
        }
    }

    @Test func choicesFollowNumPy() throws {
        for testCase in try cases("choices") {
            let (condition, a, b) = (
                try testCase.member("condition").tensor(), try testCase.member("a").tensor(),
                try testCase.member("b").tensor()
            )
            let y = Tensor.where(condition, a, b)
            #expect(y == (try testCase.member("y").tensor()), "\(condition.shape) \(a.shape) \(b.shape)")
            #expect(Value.where(condition, Value(a), Value(b)).tensor == y)
        }
    }

    private static let functions: [String: @Sendable (Tensor) -> Tensor] = [
        "expm1": { $0.expm1() }, "log1p": { $0.log1p() }, "log2": { $0.log2() }, "log10": { $0.log10() },
        "cbrt": { $0.cbrt() }, "rsqrt": { $0.rsqrt() }, "reciprocal": { $0.reciprocal() }, "sin": { $0.sin() },
        "cos": { $0.cos() }, "tan": { $0.tan() }, "asin": { $0.asin() }, "acos": { $0.acos() }, "atan": { $0.atan() },
        "sinh": { $0.sinh() }, "cosh": { $0.cosh() }, "asinh": { $0.asinh() }, "acosh": { $0.acosh() },
        "atanh": { $0.atanh() }, "erf": { $0.erf() }, "sign": { $0.sign() }, "floor": { $0.floor() },
        "ceil": { $0.ceil() }, "rounded": { $0.rounded() }, "truncated": { $0.truncated() }, "isNaN": { .isNaN($0) },
        "isInfinite": { .isInfinite($0) }, "isFinite": { .isFinite($0) }, "cube": { $0.pow(3) },
        "clipLow": { $0.clipped(from: -0.5) }, "clipHigh": { $0.clipped(through: 0.75) },
        "clipCrossed": { $0.clipped(1, -1) },
    ]

    @Test func functionsFollowNumPy() throws {
        var seen: Set<String> = []
        for testCase in try cases("functions") {
            let name = try testCase.member("op").string()
            let (x, expected) = (try testCase.member("x").tensor(), try testCase.member("y").tensor())
            let function = try #require(Self.functions[name])
            let y = function(x)
            expectClose(y, expected, relative: 3e-7, absolute: 1e-45, "\(name) \(x.shape)")
            expectSameSigns(y, expected, "\(name) \(x.shape)")
            seen.insert(name)
        }
        #expect(seen == Set(Self.functions.keys))
        #expect(Tensor.isNaN(Tensor([1, 2]).clipped(.nan, 1)) == [1, 1])
    }

    /// 3e-6 of the terms' size: sums may cancel.
    @Test func reductionsFollowNumPy() throws {
        var seen: [String: Int] = [:]
        for testCase in try cases("reductions") {
            let x = try testCase.member("x").tensor()
            let axes = try testCase.member("axes").ints()
            func check(_ name: String, _ function: (Bool) -> Tensor) throws {
                guard let expected = try testCase.optional(name)?.tensor() else { return }
                let label = "\(name) of \(x.shape) over \(axes)"
                expectClose(function(false), expected, relative: 3e-6, absolute: 3e-6, label)
                var kept = x.shape
                for axis in axes { kept[axis < 0 ? axis + x.rank : axis] = 1 }
                expectClose(function(true), expected.reshaped(kept), relative: 3e-6, absolute: 3e-6, "\(label), kept")
                seen[name, default: 0] += 1
            }
            try check("sum") { x.sum(axes: axes, keepingAxes: $0) }
            try check("product") { x.product(axes: axes, keepingAxes: $0) }
            try check("max") { x.max(axes: axes, keepingAxes: $0) }
            try check("min") { x.min(axes: axes, keepingAxes: $0) }
            try check("mean") { x.mean(axes: axes, keepingAxes: $0) }
            try check("variance") { x.variance(axes: axes, keepingAxes: $0) }
            try check("sample") { x.standardDeviation(axes: axes, ddof: 1, keepingAxes: $0) }
            try check("any") { x.any(axes: axes, keepingAxes: $0) }
            try check("all") { x.all(axes: axes, keepingAxes: $0) }
            try check("count") { x.countNonzero(axes: axes, keepingAxes: $0) }
            try check("norm1") { x.norm(order: 1, axes: axes, keepingAxes: $0) }
            try check("norm2") { x.norm(axes: axes, keepingAxes: $0) }
            try check("norm3") { x.norm(order: 3, axes: axes, keepingAxes: $0) }
            try check("normInf") { x.norm(order: .infinity, axes: axes, keepingAxes: $0) }
            try check("normLow") { x.norm(order: -.infinity, axes: axes, keepingAxes: $0) }
            guard axes.count == 1, let argmax = try testCase.optional("argmax") else { continue }
            #expect(x.argmax(axis: axes[0]) == (try argmax.indices()))
            #expect(x.argmin(axis: axes[0]) == (try testCase.member("argmin").indices()))
            let q = Float(try testCase.member("q").double())
            try check("median") { x.median(axis: axes[0], keepingAxes: $0) }
            try check("quantile") { x.quantile(q, axis: axes[0], keepingAxes: $0) }
            try check("logSumExp") { x.logSumExp(axes: axes, keepingAxes: $0) }
            expectClose(x.sum(axis: axes[0]), x.sum(axes: axes), relative: 0, absolute: 0)
        }
        #expect(seen.count == 18 && seen.values.allSatisfy { $0 > 10 })
    }

    @Test func runningSumsFollowNumPy() throws {
        for testCase in try cases("running") {
            let (x, axis) = (try testCase.member("x").tensor(), try testCase.member("axis").int())
            let label = "\(x.shape) along \(axis)"
            expectClose(
                x.cumulativeSum(axis: axis), try testCase.member("sum").tensor(), absolute: 3e-6, "sum \(label)")
            expectClose(
                x.cumulativeProduct(axis: axis), try testCase.member("product").tensor(), relative: 3e-6, "product \(label)")
            let difference = try testCase.member("difference").tensor()
            expectClose(x.difference(axis: axis), difference, absolute: 3e-7, "difference \(label)")
            expectClose(
                x.difference(axis: axis, order: 2), try testCase.member("second").tensor(), absolute: 1e-6,
                "second difference \(label)")
        }
    }

    /// Zeros and infinities whose sign is another.
    private func expectSameSigns(_ y: Tensor, _ expected: Tensor, _ label: String) {
        let differ = zip(y.scalars, expected.scalars).filter { !$0.isNaN && $0.sign != $1.sign }
        #expect(differ.isEmpty, "\(label)")
    }
}
