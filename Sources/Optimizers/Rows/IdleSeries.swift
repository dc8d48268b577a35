#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The coefficients that sum up a drift over many steps.
///
/// Adam without gradient: `j` steps after `m`, `v` it moves by `α·m·β1^j / (s·b^j + ε)`, where `s = √v`, `b = √β2`.
/// With `ρ = s/(s + ε)` the quotient is `1/(s + ε) · 1/(1 − ρ(1 − b^j)) = 1/(s + ε) · Σ_p ρ^p (1 − b^j)^p`, so `j` and
/// the element part: the movement over many steps is `m/(s + ε) · Σ_p ρ^p · S_p` with `S_p = Σ_j α_j β1^j (1 − b^j)^p`,
/// numbers that all rows share which were last current at the same step. `β1^j` falls fast enough for few terms and
/// a short window of `j` to suffice. A drift along one array is the same with one term.
struct IdleSeries: Sendable {
    /// The number of terms `p`.
    let terms: Int
    /// Beyond this `j` nothing moves any more, as far as a Float can tell.
    let window: Int
    /// `β1^j (1 − b^j)^p`, row by row with `j` falling from `window` to 1; shape `[window, terms]`.
    let coefficients: [Double]

    /// What a term may be off, in parts of the whole movement: well below the rounding of a Float.
    private static let tolerance = 0x1p-28
    /// Movement that is left out at the end of the window, in parts of the first step's.
    private static let remainder = 0x1p-40
    /// More coefficients cost more per step than they save.
    private static let limit = (terms: 16, coefficients: 1 << 16)

    /// `nil` when the series falls too slowly.
    init?(_ rule: IdleRule) {
        let factor: Double
        var base = 1.0
        switch rule.drift {
        case .none:
            (terms, window, coefficients) = (0, 0, [])
            return
        case .along(let slot): factor = rule.slotFactors[slot]
        case .adam(let epsilon):
            guard epsilon > 0, rule.slotFactors[1] > 0 else { return nil }
            (factor, base) = (rule.slotFactors[0], rule.slotFactors[1].squareRoot())
        }
        guard factor >= 0, factor < 1 else { return nil }
        let window = factor == 0 ? 1 : max(1, (log(IdleSeries.remainder) / log(factor)).rounded(.up))
        guard window <= Double(IdleSeries.limit.coefficients) else { return nil }
        self.window = Int(window)
        guard let terms = IdleSeries.terms(factor, base, window: self.window),
            terms * self.window <= IdleSeries.limit.coefficients
        else { return nil }
        self.terms = terms
        coefficients = (1...self.window).reversed().flatMap { j in
            let (moment, fall) = (pow(factor, Double(j)), 1 - pow(base, Double(j)))
            return (0..<terms).map { moment * pow(fall, Double($0)) }
        }
    }

    /// How many terms leave less than the tolerance for any ρ below 1.
    private static func terms(_ factor: Double, _ base: Double, window: Int) -> Int? {
        guard base < 1 else { return 1 }
        return (1...limit.terms).first { terms in
            var (rest, whole) = (0.0, 0.0)
            for j in 1...window {
                let (moment, scale) = (pow(factor, Double(j)), pow(base, Double(j)))
                rest += moment * pow(1 - scale, Double(terms)) / scale
                whole += moment
            }
            return rest <= tolerance * whole || whole == 0
        }
    }
}
