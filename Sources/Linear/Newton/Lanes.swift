/// A column of numbers for each of the labels that are learned together, which lie beside each other: a row is a vector.
final class Lanes {
    typealias Row = SIMD16<Float>
    static let width = Row.scalarCount

    let rowCount: Int
    let rows: UnsafeMutablePointer<Row>

    /// All 0.
    init(rowCount: Int) {
        self.rowCount = rowCount
        rows = .allocate(capacity: rowCount)
        rows.initialize(repeating: .zero, count: rowCount)
    }

    deinit { rows.deallocate() }

    /// The same as `[rowCount, width]` numbers.
    var floats: UnsafeMutablePointer<Float> {
        UnsafeMutableRawPointer(rows).assumingMemoryBound(to: Float.self)
    }

    /// `Σ row(i)` for each lane. Some hundred rows are added in Float, and their sums in Double, so that rounding does not
    /// grow with their number.
    @inline(__always)
    static func sum(_ count: Int, _ row: (_ index: Int) -> Row) -> SIMD16<Double> {
        var total = SIMD16<Double>.zero
        var start = 0
        while start < count {
            let end = Swift.min(start + 256, count)
            var part = Row.zero
            for index in start..<end { part += row(index) }
            total += SIMD16<Double>(part)
            start = end
        }
        return total
    }

    /// The largest size in each lane of the first `count` rows.
    func largest(_ count: Int) -> Row {
        var result = Row.zero
        for index in 0..<count {
            let row = rows[index]
            result = pointwiseMax(result, pointwiseMax(row, -row))
        }
        return result
    }
}
