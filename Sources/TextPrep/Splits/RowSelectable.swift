import HornetSupport
public import HornetTensor

/// Something with a row for each sample, from which rows can be taken: what `trainTestSplit` divides.
public protocol RowSelectable {
    /// The number of samples.
    var selectableRowCount: Int { get }
    /// The rows at `rows`, in that order.
    func selecting(_ rows: [Int]) -> Self
}

extension Array: RowSelectable {
    public var selectableRowCount: Int { count }
    public func selecting(_ rows: [Int]) -> [Element] { rows.map { self[$0] } }
}

extension Tensor: RowSelectable {
    public var selectableRowCount: Int { firstAxis(shape) }
    public func selecting(_ rows: [Int]) -> Tensor { gathered(rows) }
}

extension Indices: RowSelectable {
    public var selectableRowCount: Int { firstAxis(shape) }
    public func selecting(_ rows: [Int]) -> Indices { gathered(rows) }
}

extension Table: RowSelectable {
    public var selectableRowCount: Int { rowCount }
    public func selecting(_ rows: [Int]) -> Table { select(rows: rows) }
}

extension Column: RowSelectable {
    public var selectableRowCount: Int { count }
    public func selecting(_ rows: [Int]) -> Column {
        Column(storage: storage, index: index, rowMap: .list(rows.map { rowMap[$0] }))
    }
}

extension SparseMatrix: RowSelectable {
    public var selectableRowCount: Int { rowCount }
    public func selecting(_ rows: [Int]) -> SparseMatrix { gathered(rows) }
}

private func firstAxis(_ shape: [Int]) -> Int {
    require(!shape.isEmpty, "trainTestSplit", "a scalar has no rows")
    return shape[0]
}
