#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// The few functions of the C library that metrics need, so that one file knows the platforms.

func naturalLogarithm(_ x: Double) -> Double { log(x) }
func binaryLogarithm(_ x: Double) -> Double { log2(x) }
func naturalLogarithm(_ x: Float) -> Float { logf(x) }

/// 1 / (1 + e⁻ˣ).
func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// log(1 + e⁻ˣ) for x ≥ 0, exact where e⁻ˣ vanishes beside 1.
func softplusOfNegative(_ x: Double) -> Double { log1p(exp(-x)) }

/// Tells threads apart.
func currentThread() -> UInt {
    #if canImport(Darwin)
        UInt(bitPattern: pthread_self())
    #else
        UInt(pthread_self())
    #endif
}

func writeToStandardError(_ line: String) {
    var text = line + "\n"
    text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
}

/// `%.{digits}f`: the decimal nearest to the exact binary value, halves to even, as C and Python print it.
func fixed(_ value: Double, digits: Int) -> String {
    if value.isNaN { return "nan" }
    let capacity = 330 + digits
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
        let length = withVaList([Int32(digits), value]) {
            vsnprintf(buffer.baseAddress, capacity, "%.*f", $0)
        }
        return String(decoding: buffer[..<Int(length)].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
