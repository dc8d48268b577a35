public import HornetSupport
public import HornetTensor

/// An array that says which labels each sample has. True and predicted labels may come in different forms.
///
/// - ``Tensor`` or `Indices` of shape `[samples, labels]`: 1 where a label applies, 0 elsewhere.
/// - ``SparseMatrix``: the same without the zeros.
/// - `Indices` of shape `[samples]`: one class id a sample (multi-class or binary input).
///
/// Any matrix is multi-label input, also one of a single column, which scikit-learn would take for binary
/// class ids.
public protocol LabelArray {
    /// The labels of each sample. Throws when a value is neither 0 nor 1, or the shape is none of the above.
    func labelSets() throws(HornetError) -> LabelSets
}

/// The labels of each sample, as the functions of this module read them.
public struct LabelSets: Sendable {
    enum Content: Sendable {
        /// Sample `i` has the labels `columns[rowStarts[i]..<rowStarts[i + 1]]`, ascending.
        case labels(rowStarts: [Int], columns: [Int32], width: Int)
        /// Sample `i` has the class `ids[i]`.
        case classes([Int32])
    }

    let content: Content

    /// The number of samples.
    public var sampleCount: Int {
        switch content {
        case .labels(let rowStarts, _, _): rowStarts.count - 1
        case .classes(let ids): ids.count
        }
    }

    /// Labels of a row-major 0/1 matrix.
    fileprivate init<Element: Numeric>(
        _ values: UnsafeBufferPointer<Element>, shape: [Int], _ type: String
    ) throws(HornetError) {
        let width = shape[1]
        var rowStarts = [0]
        var columns: [Int32] = []
        rowStarts.reserveCapacity(shape[0] + 1)
        for row in 0..<shape[0] {
            for column in 0..<width {
                let value = values[row * width + column]
                if value == 0 { continue }
                guard value == 1 else { throw LabelSets.notALabel(type, "\(value)", row, column) }
                columns.append(Int32(column))
            }
            rowStarts.append(columns.count)
        }
        content = .labels(rowStarts: rowStarts, columns: columns, width: width)
    }

    fileprivate init(_ content: Content) { self.content = content }

    /// Sample `i` has the labels `rows[i]`, ascending, of `width` there are.
    package init(rows: [[Int]], width: Int) {
        var starts = [0]
        for row in rows { starts.append(starts.last! + row.count) }
        content = .labels(rowStarts: starts, columns: rows.lazy.joined().map { Int32($0) }, width: width)
    }

    /// The labels of each sample, ascending; `nil` for class ids.
    package var rows: [[Int]]? {
        guard case .labels(let rowStarts, let columns, _) = content else { return nil }
        return zip(rowStarts, rowStarts.dropFirst()).map { columns[$0..<$1].map(Int.init) }
    }

    fileprivate static func notALabel(_ type: String, _ value: String, _ row: Int, _ column: Int) -> HornetError {
        HornetError(
            .data, at: "row \(row), column \(column)", "labels must be 0 or 1, this \(type) holds \(value)",
            remedy: "Turn scores into labels with thresholded(above:)")
    }

    fileprivate static func wrongShape(_ type: String, _ shape: [Int], _ expected: String) -> HornetError {
        HornetError(.shape, at: "labels", "a \(type) of shape \(shape) is not \(expected)")
    }
}

extension LabelSets: LabelArray {
    /// Themselves: so what was read once need not be read again.
    public func labelSets() throws(HornetError) -> LabelSets { self }
}

extension Tensor: LabelArray {
    /// Shape `[samples, labels]`, values 0 and 1.
    public func labelSets() throws(HornetError) -> LabelSets {
        guard rank == 2 else {
            throw LabelSets.wrongShape("Tensor", shape, "[samples, labels]; class ids [samples] go into Indices")
        }
        return try withUnsafeBufferPointer { values throws(HornetError) in
            try LabelSets(values, shape: shape, "Tensor")
        }
    }
}

extension Indices: LabelArray {
    /// Shape `[samples]`, class ids; or `[samples, labels]`, values 0 and 1.
    public func labelSets() throws(HornetError) -> LabelSets {
        switch rank {
        case 1: return LabelSets(.classes(ids))
        case 2:
            return try withUnsafeBufferPointer { values throws(HornetError) in
                try LabelSets(values, shape: shape, "Indices")
            }
        default: throw LabelSets.wrongShape("Indices", shape, "[samples] or [samples, labels]")
        }
    }
}

extension SparseMatrix: LabelArray {
    /// Shape `[samples, labels]`, stored values 1 (or 0).
    public func labelSets() throws(HornetError) -> LabelSets {
        let (rowStarts, columns, values) = (rowStarts, columns, values)
        var starts = [0]
        var kept: [Int32] = []
        for row in 0..<rowCount {
            for k in rowStarts[row]..<rowStarts[row + 1] where values[k] != 0 {
                guard values[k] == 1 else {
                    throw LabelSets.notALabel("SparseMatrix", "\(values[k])", row, Int(columns[k]))
                }
                kept.append(columns[k])
            }
            starts.append(kept.count)
        }
        return LabelSets(.labels(rowStarts: starts, columns: kept, width: columnCount))
    }
}
