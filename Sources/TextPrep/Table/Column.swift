import HornetSupport

/// One column of a ``Table``: a collection of `String` that are made when they are asked for.
public struct Column: RandomAccessCollection, Sendable {
    let storage: TableStorage
    let index: Int
    let rowMap: RowMap

    /// The column's name.
    public var name: String { storage.columnNames[index] }

    public var startIndex: Int { 0 }
    public var endIndex: Int { rowMap.count }

    /// The text of row `row`.
    public subscript(row: Int) -> String {
        withUTF8(at: row) { String(decoding: $0, as: UTF8.self) }
    }

    /// Reads the UTF-8 bytes of row `row` in place: no `String` is made.
    public func withUTF8<R, E: Error>(
        at row: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        require(row >= 0 && row < count, "Column", "row \(row) is not within 0..<\(count)")
        return try storage.withUTF8(rowMap[row], index, body)
    }

    /// Whether row `row` holds no text. No other spelling ("NA", "null") counts as missing: it may be a word.
    public func isMissing(at row: Int) -> Bool {
        require(row >= 0 && row < count, "Column", "row \(row) is not within 0..<\(count)")
        return storage.isEmpty(rowMap[row], index)
    }

    /// The number of rows that hold no text.
    public var missingCount: Int { indices.count(where: isMissing(at:)) }
}
