import HornetSupport
public import HornetTensor

extension MultiLabelBinarizer {
    /// The labels of each row of 0 and 1, in column order. Throws when `indicator` is not
    /// `[rows, classes.count]` or holds other values.
    public func inverseTransform(_ indicator: Tensor) throws -> [[String]] {
        guard indicator.rank == 2 else {
            throw HornetError(
                .shape, at: "inverseTransform", "the shape \(indicator.shape) has not two axes",
                remedy: "Give a row for each sample and a column for each class")
        }
        try checkWidth(indicator.shape[1])
        return try indicator.withUnsafeBufferPointer { scalars in
            if let other = scalars.first(where: { !isIndicator($0) }) { throw notAnIndicator(other) }
            let width = classes.count
            return (0..<indicator.shape[0]).map { row in
                classes.indices.filter { scalars[row * width + $0] == 1 }.map { classes[$0] }
            }
        }
    }

    /// As ``inverseTransform(_:)-(Tensor)``, from compressed rows.
    public func inverseTransform(_ indicator: SparseMatrix) throws -> [[String]] {
        try checkWidth(indicator.columnCount)
        if let other = indicator.values.first(where: { !isIndicator($0) }) { throw notAnIndicator(other) }
        return (0..<indicator.rowCount).map { row in
            zip(indicator.columns(inRow: row), indicator.values(inRow: row)).filter { $1 == 1 }
                .map { classes[Int($0.0)] }
        }
    }

    private func isIndicator(_ value: Float) -> Bool { value == 0 || value == 1 }

    private func checkWidth(_ width: Int) throws {
        guard width != classes.count else { return }
        throw HornetError(
            .shape, at: "inverseTransform", "expected an indicator for \(classes.count) classes, but got \(width)")
    }

    private func notAnIndicator(_ value: Float) -> HornetError {
        HornetError(
            .data, at: "inverseTransform", "expected only 0 and 1 in the label indicator, but got \(value)",
            remedy: "Apply a threshold to probabilities first")
    }
}
