import HornetSupport

extension Table {
    /// The first `count` rows, or all when there are fewer.
    public func head(_ count: Int = 5) -> Table {
        require(count >= 0, "head", "\(count) rows were asked for")
        return rows(in: 0..<min(count, rowCount))
    }

    /// The last `count` rows, or all when there are fewer.
    public func tail(_ count: Int = 5) -> Table {
        require(count >= 0, "tail", "\(count) rows were asked for")
        return rows(in: max(rowCount - count, 0)..<rowCount)
    }

    /// The rows of `range`; nothing is copied. Traps when it leaves the table.
    public func rows(in range: Range<Int>) -> Table {
        require(
            range.lowerBound >= 0 && range.upperBound <= rowCount, "rows",
            "rows \(range) are not within 0..<\(rowCount)")
        return Table(storage: storage, rowMap: rowMap.slice(range))
    }

    /// The rows at `rows`, in that order; a row may occur more than once. Traps on one that does not exist.
    public func select(rows: some Sequence<Int>) -> Table {
        let list = rows.map { row in
            require(row >= 0 && row < rowCount, "select", "row \(row) is not within 0..<\(rowCount)")
            return rowMap[row]
        }
        return Table(storage: storage, rowMap: .list(list))
    }

    /// The rows that hold text in every one of the columns `names` (all columns when there are none). Throws on
    /// an unknown name.
    public func droppingMissing(in names: String...) throws -> Table {
        let wanted = names.isEmpty ? columns : try names.map(column)
        return select(rows: (0..<rowCount).filter { row in !wanted.contains { $0.isMissing(at: row) } })
    }
}
