#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import HornetSupport
public import HornetTensor

extension Tokenizer {
    /// What a matrix holds of an id j that occurs c times in a sequence of n ids.
    public enum MatrixMode: String, Sendable, CaseIterable {
        /// 1.
        case binary
        /// c.
        case count
        /// c / n; n counts the ids that have no column too.
        case freq
        /// (1 + ln c) · ln(1 + `documentCount` / (1 + `indexDocs[j]`)).
        case tfidf
    }

    /// A row for each text, a column for each id: see ``sequencesToMatrix(_:mode:)``.
    public func textsToMatrix(_ texts: some Sequence<String>, mode: MatrixMode = .binary) throws -> Tensor {
        try sequencesToMatrix(textsToSequences(texts), mode: mode)
    }

    /// The same for a table's column.
    public func textsToMatrix(_ texts: Column, mode: MatrixMode = .binary) throws -> Tensor {
        try sequencesToMatrix(textsToSequences(texts), mode: mode)
    }

    /// Bags of words, shape `[sequences.count, width]`, where the width is ``numWords``, or one more than the
    /// vocabulary holds when there is no limit. Ids from there on are skipped; column 0 is empty unless a sequence
    /// holds 0.
    ///
    /// Keras computes and returns float64; this computes in float64 and returns float32.
    ///
    /// Throws when there is neither a limit nor a vocabulary, or no document was seen for `tfidf`. Traps on negative
    /// ids.
    public func sequencesToMatrix(_ sequences: [[Int32]], mode: MatrixMode = .binary) throws -> Tensor {
        try sequencesToSparseMatrix(sequences, mode: mode).dense
    }

    /// The same matrix with its zeros left out.
    public func sequencesToSparseMatrix(_ sequences: [[Int32]], mode: MatrixMode = .binary) throws -> SparseMatrix {
        let width = (numWords ?? 0) > 0 ? numWords! : indexOrder.count + 1
        guard width > 1 || numWords == 1 else {
            throw HornetError(
                .configuration, at: "sequencesToMatrix", "the width of the matrix is unknown",
                remedy: "Give numWords, or fit on texts first")
        }
        guard mode != .tfidf || documentCount > 0 else {
            throw HornetError(
                .configuration, at: "sequencesToMatrix", "tfidf needs the counts of documents", remedy: "Fit first")
        }
        var rowStarts = [0]
        var columns: [Int32] = []
        var values: [Float] = []
        for sequence in sequences {
            let ids = sequence.sorted()
            require((ids.first ?? 0) >= 0, "sequencesToMatrix", "a sequence holds the id \(ids.first ?? 0)")
            var start = 0
            while start < ids.count, ids[start] < width {
                let end = ids[start...].firstIndex { $0 != ids[start] } ?? ids.count
                columns.append(ids[start])
                values.append(Float(value(of: ids[start], occurring: end - start, of: ids.count, mode)))
                start = end
            }
            rowStarts.append(columns.count)
        }
        return try SparseMatrix(
            rowCount: sequences.count, columnCount: width, rowStarts: rowStarts, columns: columns, values: values)
    }

    private func value(of id: Int32, occurring count: Int, of length: Int, _ mode: MatrixMode) -> Double {
        switch mode {
        case .binary: return 1
        case .count: return Double(count)
        case .freq: return Double(count) / Double(length)
        case .tfidf:
            let documents = documentsOfID[id] ?? 0
            return (1 + log(Double(count))) * log(1 + Double(documentCount) / Double(1 + documents))
        }
    }
}
