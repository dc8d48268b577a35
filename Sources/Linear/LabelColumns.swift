import HornetSupport
import HornetTensor

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
