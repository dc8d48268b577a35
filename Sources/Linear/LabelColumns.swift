import HornetSupport
import HornetTensor

/// What can be learned from: a row for each document and a column for each feature.
protocol Documents {
    var shape: [Int] { get }
    var hasOnlyNumbers: Bool { get }
}

extension SparseMatrix: Documents {}

extension Tensor: Documents {
    var hasOnlyNumbers: Bool { isFinite }
}

extension Documents {
    /// Throws unless this is a matrix of numbers with some rows, as many as `targets` has, which are called `name`.
    func requireFit(_ targets: (rows: Int, columns: Int), _ name: String, at place: String) throws {
        guard shape.count == 2, shape[0] == targets.rows, targets.rows > 0 else {
            throw HornetError(
                .shape, at: place, "the documents have the shape \(shape), the \(name) [\(targets.rows), \(targets.columns)]",
                remedy: "Give one row of \(name) for each document")
        }
        guard hasOnlyNumbers else { throw HornetError(.data, at: place, "the documents hold a NaN or an infinity") }
    }
}

/// The rows that have each label, ascending.
struct LabelColumns {
    private(set) var rows: [[Int32]]

    /// Throws unless there is a row of labels for each document, all 0 or 1.
    init(_ y: some LabelMatrix, documents: some Documents, at place: String) throws {
        let labelCount = y.matrixShape.columns
        try documents.requireFit(y.matrixShape, "labels", at: place)
        var rows = [[Int32]](repeating: [], count: labelCount)
        var wrong: String?
        y.forEachElement { row, column, value in
            if value == 1 {
                rows[column].append(Int32(row))
            } else if value != 0, wrong == nil {
                wrong = "row \(row) has \(value) for label \(column)"
            }
        }
        if let wrong { throw HornetError(.data, at: place, wrong, remedy: "Labels are 0 or 1") }
        self.rows = rows
    }

    /// Label numbers, those with the most documents first: labels of like size take like work.
    var byCount: [Int] {
        rows.indices.sorted { (rows[$0].count, $1) > (rows[$1].count, $0) }
    }
}
