/// Which rows of the storage a table shows, in which order.
enum RowMap: Sendable {
    case range(Range<Int>)
    case list([Int])

    var count: Int {
        switch self {
        case .range(let range): range.count
        case .list(let list): list.count
        }
    }

    /// The row of the storage behind row `row`.
    subscript(row: Int) -> Int {
        switch self {
        case .range(let range): range.lowerBound + row
        case .list(let list): list[row]
        }
    }

    func slice(_ rows: Range<Int>) -> RowMap {
        switch self {
        case .range(let range): .range(range.lowerBound + rows.lowerBound..<range.lowerBound + rows.upperBound)
        case .list(let list): .list(Array(list[rows]))
        }
    }
}
