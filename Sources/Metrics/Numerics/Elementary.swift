#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// The few functions of the C library that metrics need, so that one file knows the platforms.

func naturalLogarithm(_ x: Double) -> Double { log(x) }
func naturalLogarithm(_ x: Float) -> Float { logf(x) }

/// 1 / (1 + e⁻ˣ).
func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// log(1 + e⁻ˣ) for x ≥ 0, exact where e⁻ˣ vanishes beside 1.
func softplusOfNegative(_ x: Double) -> Double { log1p(exp(-x)) }

/// log(p / (1 − p)).
func logit(_ p: Double) -> Double { log(p) - log1p(-p) }

func exponential(_ x: Double) -> Double { exp(x) }
