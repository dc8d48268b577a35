import Hornet

/// Arithmetic, comparisons, choices and functions of each element.
func elementwiseOperations() -> [Operation] {
    let lengths = [1, 8, 64, 1_000, 100_000, 1_000_000]
    var result: [Operation] = []

    func add(_ name: String, _ shapes: [[Int]], _ function: @escaping ([Tensor]) -> Tensor) {
        result.append(
            Operation("\(name) \(shown(shapes))") {
                let operands = shapes.enumerated().map { numbers($1, Float(-2 + $0), 2) }
                return { function(operands) }
            })
    }
    for n in lengths {
        add("add", [[n], [n]]) { $0[0] + $0[1] }
        add("multiply scalar", [[n]]) { $0[0] * 1.5 }
        add("less", [[n], [n]]) { $0[0] .< $0[1] }
        add("where", [[n], [n]]) { Tensor.where($0[0], $0[1], $0[0]) }
        add("clip", [[n]]) { $0[0].clipped(-0.5, 0.5) }
        add("add in place", [[n], [n]]) {
            var x = $0[0]
            x += $0[1]
            return x
        }
    }
    for n in [8, 1_000, 100_000, 1_000_000] {
        add("divide", [[n], [n]]) { $0[0] / $0[1] }
        add("maximum", [[n], [n]]) { Tensor.maximum($0[0], $0[1]) }
        add("greater scalar", [[n]]) { $0[0] .> 0 }
        add("exp", [[n]]) { $0[0].exp() }
        add("log", [[n]]) { $0[0].log() }
        add("sqrt", [[n]]) { $0[0].sqrt() }
        add("tanh", [[n]]) { $0[0].tanh() }
        add("abs", [[n]]) { $0[0].abs() }
    }
    for n in [1_000, 100_000] {
        add("power", [[n], [n]]) { $0[0].pow($0[1]) }
        add("remainder", [[n], [n]]) { Tensor.remainder($0[0], $0[1]) }
        add("expm1", [[n]]) { $0[0].expm1() }
        add("log1p", [[n]]) { $0[0].log1p() }
        add("log2", [[n]]) { $0[0].log2() }
        add("log10", [[n]]) { $0[0].log10() }
        add("cbrt", [[n]]) { $0[0].cbrt() }
        add("sin", [[n]]) { $0[0].sin() }
        add("cos", [[n]]) { $0[0].cos() }
        add("tan", [[n]]) { $0[0].tan() }
        add("arcsin", [[n]]) { $0[0].asin() }
        add("arccos", [[n]]) { $0[0].acos() }
        add("arctan", [[n]]) { $0[0].atan() }
        add("sinh", [[n]]) { $0[0].sinh() }
        add("cosh", [[n]]) { $0[0].cosh() }
        add("arcsinh", [[n]]) { $0[0].asinh() }
        add("arctanh", [[n]]) { $0[0].atanh() }
        add("arctan2", [[n], [n]]) { Tensor.atan2($0[0], $0[1]) }
        add("hypot", [[n], [n]]) { Tensor.hypot($0[0], $0[1]) }
        add("rint", [[n]]) { $0[0].rounded() }
        add("floor", [[n]]) { $0[0].floor() }
        add("sign", [[n]]) { $0[0].sign() }
        add("isfinite", [[n]]) { Tensor.isFinite($0[0]) }
    }
    let pairs: [([Int], [Int])] = [
        ([8, 8], [8]), ([64, 128], [128]), ([64, 128], [64, 1]), ([256, 32, 16], [32, 1]), ([1_000, 1_000], [1_000]),
        ([1_000, 1_000], [1_000, 1]), ([1_000, 1], [1, 1_000]), ([10_000, 3], [3]), ([10_000, 3], [10_000, 1]),
    ]
    for (a, b) in pairs {
        add("add", [a, b]) { $0[0] + $0[1] }
        add("less", [a, b]) { $0[0] .< $0[1] }
    }
    return result
}
