import CHornetKernels
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A function of one variable, beside its value in double and the error that the header promises.
private struct Function: Sendable, CustomStringConvertible {
    let name: String
    let ulps: Double
    let exact: @Sendable (Double) -> Double
    let run: @Sendable (hornet_kernel_table, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void

    var description: String { name }
    /// How many floats the result may be from its twin's.
    var distance: Int { max(2, Int(ulps.rounded(.up))) }

    static let all: [Function] = [
        Function(name: "exp", ulps: 0.81, exact: { exp($0) }, run: { $0.exp($1, $2, $3) }),
        Function(name: "log", ulps: 0.82, exact: { log($0) }, run: { $0.log($1, $2, $3) }),
        Function(name: "sqrt", ulps: 0.5, exact: { $0.squareRoot() }, run: { $0.sqrt($1, $2, $3) }),
        Function(name: "tanh", ulps: 1.35, exact: { tanh($0) }, run: { $0.tanh($1, $2, $3) }),
        Function(name: "sigmoid", ulps: 1.97, exact: { 1 / (1 + exp(-$0)) }, run: { $0.sigmoid($1, $2, $3) }),
        Function(
            name: "softplus", ulps: 1.58, exact: { max($0, 0) + log1p(exp(-abs($0))) },
            run: { $0.softplus($1, $2, $3) }),
        Function(name: "relu", ulps: 0.5, exact: { $0 <= 0 ? 0 : $0 }, run: { $0.relu($1, $2, $3) }),
        Function(name: "expm1", ulps: 2.5, exact: { expm1($0) }, run: { $0.expm1($1, $2, $3) }),
        Function(name: "log1p", ulps: 1.4, exact: { log1p($0) }, run: { $0.log1p($1, $2, $3) }),
        Function(name: "log2", ulps: 1.45, exact: { log2($0) }, run: { $0.log2($1, $2, $3) }),
        Function(name: "log10", ulps: 1.55, exact: { log10($0) }, run: { $0.log10($1, $2, $3) }),
        Function(name: "cbrt", ulps: 1, exact: { cbrt($0) }, run: { $0.cbrt($1, $2, $3) }),
        Function(name: "rsqrt", ulps: 1.5, exact: { 1 / $0.squareRoot() }, run: { $0.rsqrt($1, $2, $3) }),
        Function(name: "erf", ulps: 1.35, exact: { erf($0) }, run: { $0.erf($1, $2, $3) }),
        Function(name: "sin", ulps: 1.6, exact: { sin($0) }, run: { $0.sin($1, $2, $3) }),
        Function(name: "cos", ulps: 1.6, exact: { cos($0) }, run: { $0.cos($1, $2, $3) }),
        Function(name: "tan", ulps: 3, exact: { tan($0) }, run: { $0.tan($1, $2, $3) }),
        Function(name: "asin", ulps: 2.3, exact: { asin($0) }, run: { $0.asin($1, $2, $3) }),
        Function(name: "acos", ulps: 1.1, exact: { acos($0) }, run: { $0.acos($1, $2, $3) }),
        Function(name: "atan", ulps: 1.65, exact: { atan($0) }, run: { $0.atan($1, $2, $3) }),
        Function(name: "sinh", ulps: 1.6, exact: { sinh($0) }, run: { $0.sinh($1, $2, $3) }),
        Function(name: "cosh", ulps: 1.2, exact: { cosh($0) }, run: { $0.cosh($1, $2, $3) }),
        Function(name: "asinh", ulps: 1.75, exact: { asinh($0) }, run: { $0.asinh($1, $2, $3) }),
        Function(name: "acosh", ulps: 1.95, exact: { acosh($0) }, run: { $0.acosh($1, $2, $3) }),
        Function(name: "atanh", ulps: 1.95, exact: { atanh($0) }, run: { $0.atanh($1, $2, $3) }),
        Function(name: "abs", ulps: 0.5, exact: { $0.magnitude }, run: { $0.abs($1, $2, $3) }),
        Function(
            name: "sign", ulps: 0.5, exact: { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }, run: { $0.sign($1, $2, $3) }),
        Function(name: "floor", ulps: 0.5, exact: { $0.rounded(.down) }, run: { $0.floor($1, $2, $3) }),
        Function(name: "ceil", ulps: 0.5, exact: { $0.rounded(.up) }, run: { $0.ceil($1, $2, $3) }),
        Function(name: "round", ulps: 0.5, exact: { $0.rounded(.toNearestOrEven) }, run: { $0.round($1, $2, $3) }),
        Function(name: "trunc", ulps: 0.5, exact: { $0.rounded(.towardZero) }, run: { $0.trunc($1, $2, $3) }),
    ]

    func callAsFunction(_ set: InstructionSet, _ x: [Float]) -> [Float] {
        let (input, output) = (Fenced(x), Fenced([Float](repeating: 0, count: x.count)))
        run(set.kernels, input.pointer, output.pointer, x.count)
        #expect(output.fencesStand)
        return output.elements
    }
}

@Suite struct FunctionTests {
    /// Floats of every exponent and sign, zeros, denormals, infinities and NaNs among them.
    private static let sweep: [Float] =
        stride(from: UInt64(0), through: UInt64(UInt32.max), by: 20_011).map { Float(bitPattern: UInt32($0)) }

    @Test(arguments: InstructionSet.available, Function.all)
    private func everyExponent(_ set: InstructionSet, _ function: Function) {
        let inputs = Self.sweep + specialFloats
        let results = function(set, inputs)
        var worst = (error: 0.0, input: Float.nan)
        for (x, y) in zip(inputs, results) {
            let error = ulpError(y, exact: function.exact(Double(x)))
            if error > worst.error { worst = (error, x) }
        }
        #expect(worst.error <= function.ulps, "\(function) on \(set) at \(worst.input)")
    }

    /// Most of a network's numbers lie here.
    @Test(arguments: InstructionSet.available, Function.all)
    private func ordinaryNumbers(_ set: InstructionSet, _ function: Function) {
        var samples = Samples(seed: 3)
        let inputs = samples.floats(100_000, in: -20...20) + samples.floats(50_000, in: -1...1)
        let results = function(set, inputs)
        let worst = zip(inputs, results).map { ulpError($1, exact: function.exact(Double($0))) }.max()!
        #expect(worst <= function.ulps, "\(function) on \(set)")
    }

    @Test(arguments: InstructionSet.available, Function.all)
    private func everyLength(_ set: InstructionSet, _ function: Function) {
        for n in lengths {
            var samples = Samples(seed: UInt64(n) + 5)
            let x = samples.floats(n, in: -10...10)
            expectTwins(set, [x, x], within: function.distance, "\(function) \(n)") { function.run($0, $1[0], $1[1], n) }
            expectTwins(set, [x], within: function.distance, "\(function) in place \(n)") { function.run($0, $1[0], $1[0], n) }
        }
    }

    /// An element's result has the same bits wherever it lies.
    @Test(arguments: InstructionSet.available, Function.all)
    private func positionDoesNotMatter(_ set: InstructionSet, _ function: Function) {
        var samples = Samples(seed: 9)
        let x = samples.floats(70, in: -12...12)
        let whole = function(set, x)
        for start in 0..<35 {
            for end in start + 1..<x.count {
                #expect(sameBits(function(set, Array(x[start..<end])), Array(whole[start..<end])))
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func edges(_ set: InstructionSet) {
        func value(_ name: String, _ x: Float) -> Float { Function.all.first { $0.name == name }!(set, [x])[0] }
        #expect(value("exp", .infinity) == .infinity)
        #expect(value("exp", -.infinity) == 0)
        #expect(value("exp", 0) == 1)
        #expect(value("exp", -103) == 0x1p-149)
        #expect(value("log", 0) == -.infinity)
        #expect(value("log", -0.0) == -.infinity)
        #expect(value("log", 1) == 0)
        #expect(value("log", .infinity) == .infinity)
        #expect(value("log", -1).isNaN)
        #expect(value("tanh", 50) == 1)
        #expect(value("tanh", -.infinity) == -1)
        #expect(value("tanh", -0.0).bitPattern == Float(-0.0).bitPattern)
        #expect(value("sigmoid", 0) == 0.5)
        #expect(value("sigmoid", -.infinity) == 0)
        #expect(value("sigmoid", .infinity) == 1)
        #expect(value("sigmoid", -100) > 0)
        #expect(value("softplus", 1000) == 1000)
        #expect(value("softplus", -.infinity) == 0)
        #expect(value("relu", -0.0).bitPattern == 0)
        for function in Function.all { #expect(function(set, [.nan])[0].isNaN, "\(function)") }
    }
}
