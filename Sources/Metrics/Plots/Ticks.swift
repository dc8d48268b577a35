import HornetSupport

/// Where an axis is marked, and how.
struct Ticks {
    let values: [Double]
    let labels: [String]

    /// Round numbers (1, 2 or 5 times a power of ten apart) within `range`, about `count` of them.
    static func linear(_ range: ClosedRange<Double>, about count: Int = 5, wholeNumbers: Bool = false) -> Ticks {
        let rough = max((range.upperBound - range.lowerBound) / Double(count), .leastNormalMagnitude)
        var (unit, decimals) = (1.0, 0)
        while unit * 10 <= rough { (unit, decimals) = (unit * 10, decimals - 1) }
        while unit > rough { (unit, decimals) = (unit / 10, decimals + 1) }
        // The nearest of 1, 2, 5 and 10 times the unit, by ratio.
        let ratio = rough / unit
        let factor = ratio < 1.4142 ? 1.0 : ratio < 3.1623 ? 2 : ratio < 7.0711 ? 5 : 10
        if factor == 10 { decimals -= 1 }
        var step = factor * unit
        if wholeNumbers && step < 1 { (step, decimals) = (1, 0) }
        let first = (range.lowerBound / step - 1e-9).rounded(.up)
        let last = (range.upperBound / step + 1e-9).rounded(.down)
        guard first <= last, last - first <= 1000 else { return Ticks(values: [], labels: []) }
        let values = stride(from: first, through: last, by: 1).map { $0 * step }
        return Ticks(values: values, labels: values.map { label($0, decimals) })
    }

    /// The powers of ten within `range`.
    static func powersOfTen(_ range: ClosedRange<Double>) -> Ticks {
        let powers = sequence(first: 1.0) { $0 * 10 }
            .prefix { $0 <= range.upperBound }.filter { $0 >= range.lowerBound }
        // A long axis has no room for all.
        let every = (powers.count - 1) / 5 + 1
        let values = powers.indices.filter { $0.isMultiple(of: every) }.map { powers[$0] }
        return Ticks(values: values, labels: values.map { label($0, 0) })
    }

    private static func label(_ value: Double, _ decimals: Int) -> String {
        if value != 0 && (decimals > 6 || value.magnitude >= 1e9) { return formatGeneral(value, digits: 3) }
        if decimals > 0 { return formatFixed(value == 0 ? 0 : value, decimals: decimals) }
        return withCommas(Int(value.rounded()))
    }
}
