/// The number of floats from `a` to `b`, counting one of them; 0 for two NaNs, `Int.max` for NaN and a number.
func ulpDistance(_ a: Float, _ b: Float) -> Int {
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN ? 0 : .max }
    func position(_ x: Float) -> Int {
        let bits = Int(x.bitPattern & 0x7fff_ffff)
        return x.sign == .minus ? -bits : bits
    }
    return abs(position(a) - position(b))
}

/// How far `got` lies from the exact value, in units of the last place of a float of its size.
func ulpError(_ got: Float, exact: Double) -> Double {
    if exact.isNaN || got.isNaN { return exact.isNaN && got.isNaN ? 0 : .infinity }
    let rounded = Float(exact)
    if rounded == got { return 0.5 }  // at most
    if rounded.isInfinite || got.isInfinite { return .infinity }
    let exponent = max(exact == 0 ? -126 : Int(exact.exponent), -126)
    return abs(Double(got) - exact) / Double(sign: .plus, exponent: exponent - 23, significand: 1)
}

/// What is wrong with `got`, or `nil` when every element is within `ulps` of `want`, or within `absolute`.
func mismatch(_ got: [Float], _ want: [Float], within ulps: Int, orAbsolute absolute: Float = 0) -> String? {
    if got.count != want.count { return "\(got.count) elements instead of \(want.count)" }
    for index in got.indices where ulpDistance(got[index], want[index]) > ulps {
        if abs(got[index] - want[index]) <= absolute { continue }
        return "[\(index)] is \(got[index]) instead of \(want[index])"
    }
    return nil
}

/// The same bits, NaNs included.
func sameBits(_ a: [Float], _ b: [Float]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern }
}
