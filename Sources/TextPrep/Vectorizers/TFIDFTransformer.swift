import HornetSupport
public import HornetTensor

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Weighs counts: rare features tell more of a text than common ones; exactly scikit-learn's.
///
/// A count `c` becomes `c · idf`, with `sublinearTF` `(1 + ln c) · idf`; then each row is divided by its norm. With `n` texts
/// of which `d` have the feature, `idf = 1 + ln((1 + n) / (1 + d))`, without `smoothIDF` `1 + ln(n / d)`. Computed in
/// float64 and rounded once.
/// [scikit-learn: TfidfTransformer](https://scikit-learn.org/stable/modules/generated/sklearn.feature_extraction.text.TfidfTransformer.html)
public struct TFIDFTransformer: Sendable, Equatable {
    /// What each row is divided by.
    public enum Norm: String, Sendable, CaseIterable {
        /// Σ |x|
        case l1
        /// √Σ x²
        case l2
    }

    public let norm: Norm?
    public let useIDF: Bool
    public let smoothIDF: Bool
    public let sublinearTF: Bool
    /// The weight of each column; `nil` before fitting, and without `useIDF`.
    public internal(set) var idf: [Double]?

    /// - Parameters:
    ///   - norm: What each row is divided by, unless it is 0. Default `.l2`; `nil` leaves rows as they are.
    ///   - useIDF: Whether rare features weigh more. Default true.
    ///   - smoothIDF: Whether to count one text more, which has all features: no feature divides by 0. Default true.
    ///   - sublinearTF: Whether the logarithm of a count is taken. Default false.
    public init(norm: Norm? = .l2, useIDF: Bool = true, smoothIDF: Bool = true, sublinearTF: Bool = false) {
        self.norm = norm
        self.useIDF = useIDF
        self.smoothIDF = smoothIDF
        self.sublinearTF = sublinearTF
    }

    /// Finds the weights of the columns. A stored value counts, whatever it is.
    public mutating func fit(_ counts: SparseMatrix) {
        guard useIDF else { return }
        var documents = [Int](repeating: 0, count: counts.columnCount)
        counts.read { starts, columns, _ in
            for k in starts[0]..<starts[counts.rowCount] { documents[Int(columns[k])] += 1 }
        }
        let more = smoothIDF ? 1 : 0
        idf = documents.map { log(Double(counts.rowCount + more) / Double($0 + more)) + 1 }
    }

    /// Finds the weights and applies them.
    public mutating func fitTransform(_ counts: SparseMatrix) throws -> SparseMatrix {
        fit(counts)
        return try transform(counts)
    }

    /// The weighted rows. Throws when the transformer is not fitted, or for other columns.
    public func transform(_ counts: SparseMatrix) throws -> SparseMatrix {
        guard idf != nil || !useIDF else {
            throw HornetError(
                .configuration, at: "TFIDFTransformer.transform", "the transformer is not fitted", remedy: "Call fit first")
        }
        guard (idf?.count ?? counts.columnCount) == counts.columnCount else {
            throw HornetError(
                .shape, at: "TFIDFTransformer.transform",
                "the matrix has \(counts.columnCount) columns, the transformer was fitted on \(idf!.count)")
        }
        return counts.withValues { old, new in
            counts.read { starts, columns, _ in
                // Some ten microseconds of work.
                let size = max(1, counts.rowCount << 12 / max(counts.storedCount, 1))
                Parallel.forEachRange(of: counts.rowCount, by: size) { rows in
                    var weights = PooledArray<Double>()
                    for row in rows {
                        let (first, count) = (starts[row], starts[row + 1] - starts[row])
                        weigh(old + first - starts[0], columns + first, new + first - starts[0], count, &weights)
                    }
                }
            }
        }
    }

    /// One row.
    private func weigh(
        _ counts: UnsafePointer<Float>, _ columns: UnsafePointer<Int32>, _ result: UnsafeMutablePointer<Float>, _ count: Int,
        _ weights: inout PooledArray<Double>
    ) {
        weights.removeAll()
        weights.reserve(count)
        let weights = weights.start
        for k in 0..<count { weights[k] = Double(counts[k]) }
        if sublinearTF {
            for k in 0..<count { weights[k] = log(weights[k]) + 1 }
        }
        idf?.withUnsafeBufferPointer { idf in
            for k in 0..<count { weights[k] *= idf[Int(columns[k])] }
        }
        TFIDFTransformer.normalize(weights, count, norm)
        for k in 0..<count { result[k] = Float(weights[k]) }
    }

    /// Divides by the norm, unless that is 0.
    static func normalize(_ weights: UnsafeMutablePointer<Double>, _ count: Int, _ norm: Norm?) {
        var sum = 0.0
        switch norm {
        case nil: return
        case .l1: for k in 0..<count { sum += weights[k].magnitude }
        case .l2:
            for k in 0..<count { sum += weights[k] * weights[k] }
            sum = sum.squareRoot()
        }
        if sum == 0 { return }
        for k in 0..<count { weights[k] /= sum }
    }
}
