public import HornetSupport
public import HornetTensor

/// A weight for each sample, with what it says about itself.
public struct SampleWeights: Sendable {
    /// The weights, in double precision: a product over many labels leaves the range of Float.
    public let values: [Double]
    /// Set when a few samples outweigh all others; the same warning is emitted when the weights are made.
    public let warning: Warning?

    init(_ values: [Double]) {
        self.values = values
        warning = SampleWeights.imbalance(values)
        warning?.emit()
    }

    /// The weights as `fit` takes them, shape `[values.count]`. Those below 1.4e-45 become zero.
    public var tensor: Tensor { Tensor(values.map(Float.init)) }

    /// The largest weight as a multiple of the median; 1 when there are none.
    public var spread: Double { SampleWeights.spread(values) }

    private static func spread(_ values: [Double]) -> Double {
        guard let largest = values.max() else { return 1 }
        let sorted = values.sorted()
        let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        return median == largest ? 1 : largest / median
    }

    private static func imbalance(_ values: [Double]) -> Warning? {
        let spread = spread(values)
        guard spread > 1e3 else { return nil }
        return Warning(
            at: "computeSampleWeight",
            "the largest weight is \(formatGeneral(spread, digits: 3)) times the median: "
                + "a few samples will decide the training",
            remedy: "A product over many labels does this; weight the labels instead, with positiveWeights")
    }
}

/// The weight of each sample from the labels it has, as scikit-learn's `compute_sample_weight("balanced", y)`.
///
/// In each column a value weighs `n / (k · n_v)` with `k` distinct values in the column and `n_v` rows that hold it;
/// the weights of a row's values are multiplied over the columns, in double precision. With many columns the
/// products drift apart without bound: ``SampleWeights/warning`` tells.
///
/// - Parameters:
///   - y: `[samples]` or `[samples, labels]`.
///   - indices: the rows (repeated ones count again) that the frequencies are taken from; all by default. A
///     value that none of them holds weighs 0.
public func computeSampleWeight(
    _: BalancedWeight = .balanced, _ y: some LabelMatrix, indices: [Int]? = nil
) throws -> SampleWeights {
    let (rowCount, columnCount) = y.matrixShape
    if let bad = indices?.first(where: { !(0..<rowCount).contains($0) }) {
        throw HornetError(.data, at: "computeSampleWeight", "index \(bad) is not within 0..<\(rowCount)")
    }
    var tables = try columnTables(y, columnCount, indices)
    let sampleCount = indices?.count ?? rowCount
    for column in tables.indices { tables[column].finish(sampleCount) }
    return SampleWeights(products(y, tables))
}

/// As ``computeSampleWeight(_:_:indices:)`` for one label a sample, weighted as `classWeight` says.
public func computeSampleWeight<Label: Hashable & Sendable>(
    _ classWeight: ClassWeight<Label>, _ y: [Label]
) throws -> SampleWeights {
    var classes: [Label] = []
    var numbers: [Label: Int] = [:]
    let rows = y.map { label in
        if let number = numbers[label] { return number }
        numbers[label] = classes.count
        classes.append(label)
        return classes.count - 1
    }
    let weights = try computeClassWeight(classWeight, classes: classes, y: y)
    return SampleWeights(rows.map { weights[$0] })
}

/// As above for labels of text, compared byte for byte.
public func computeSampleWeight(_ classWeight: ClassWeight<String>, _ y: [String]) throws -> SampleWeights {
    try computeSampleWeight(classWeight.keyed, y.map(ByteKey.init))
}

/// The one way of weighting that several labels a sample allow.
public enum BalancedWeight: Sendable {
    /// Inversely to the frequency of each value in its column.
    case balanced
}

/// What the values of one column weigh.
private struct ColumnTable {
    /// Nearly all columns hold 0 and 1 only; the others keep a dictionary.
    var zeros = 0.0
    var ones = 0.0
    var others: [Float: Double] = [:]

    func weight(of value: Float) -> Double {
        value == 0 ? zeros : value == 1 ? ones : others[value] ?? 0
    }

    /// From counts to weights. `n / (k · count)`, 0 for a value that does not occur.
    mutating func finish(_ sampleCount: Int) {
        let distinct = Double((zeros > 0 ? 1 : 0) + (ones > 0 ? 1 : 0) + others.count)
        func weight(_ count: Double) -> Double { count == 0 ? 0 : Double(sampleCount) / (distinct * count) }
        zeros = weight(zeros)
        ones = weight(ones)
        others = others.mapValues(weight)
    }
}

/// Counts the values of each column over the rows at `indices`.
private func columnTables(_ y: some LabelMatrix, _ columnCount: Int, _ indices: [Int]?) throws -> [ColumnTable] {
    var repetitions: [Double]?
    if let indices {
        var counts = [Double](repeating: 0, count: y.matrixShape.rows)
        for index in indices { counts[index] += 1 }
        repetitions = counts
    }
    let total = Double(indices?.count ?? y.matrixShape.rows)
    var tables = [ColumnTable](repeating: ColumnTable(), count: columnCount)
    var stored = [Double](repeating: 0, count: columnCount)
    var invalid: (row: Int, column: Int)?
    y.forEachElement { row, column, value in
        let times = repetitions?[row] ?? 1
        if times == 0 || value == 0 { return }
        stored[column] += times
        if value == 1 {
            tables[column].ones += times
        } else if value.isNaN {
            invalid = (row, column)
        } else {
            tables[column].others[value, default: 0] += times
        }
    }
    if let invalid {
        throw HornetError(.data, at: "computeSampleWeight", "row \(invalid.row), column \(invalid.column) is NaN")
    }
    for column in tables.indices { tables[column].zeros = total - stored[column] }
    return tables
}

/// Each row's product, multiplied column by column in their order, as NumPy does: the same bits.
private func products(_ y: some LabelMatrix, _ tables: [ColumnTable]) -> [Double] {
    let (rowCount, columnCount) = y.matrixShape
    var result = [Double](repeating: 1, count: rowCount)
    var row = 0
    var column = 0
    func zerosUntil(_ end: Int) {
        var product = result[row]
        while column < end {
            product *= tables[column].zeros
            column += 1
        }
        result[row] = product
    }
    y.forEachElement { atRow, atColumn, value in
        while row < atRow {
            zerosUntil(columnCount)
            row += 1
            column = 0
        }
        zerosUntil(atColumn)
        result[row] *= tables[column].weight(of: value)
        column += 1
    }
    while row < rowCount {
        zerosUntil(columnCount)
        row += 1
        column = 0
    }
    return result
}
