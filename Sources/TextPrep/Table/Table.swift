import HornetSupport

/// Named columns of text: a CSV file, or arrays.
///
/// ```swift
/// let news = try Table(csv: "news.csv")
/// print(news.head())
/// let texts = news["text"]            // a collection of String
/// ```
/// A file is mapped into memory and scanned for its fields once; the fields become `String` only when they
/// are asked for, so a file of gigabytes costs a few bytes a field. Rows taken from a table share its memory.
public struct Table: Sendable {
    let storage: TableStorage
    var rowMap: RowMap

    init(storage: TableStorage, rowMap: RowMap) {
        self.storage = storage
        self.rowMap = rowMap
    }

    /// Reads a CSV file as RFC 4180 describes it: fields in quotes may hold separators, line ends and doubled
    /// quotes. A byte order mark and empty lines are skipped, lines end with LF or CRLF, and spaces belong to
    /// the field. A quote inside an unquoted field is text, as in pandas and Python's `csv`.
    ///
    /// What those two repair in silence is an error here, with its line number: a row with too few fields, text
    /// after a closing quote, a quote that is never closed, a carriage return alone, bytes that are not UTF-8.
    ///
    /// - Parameters:
    ///   - separator: one ASCII character; `"\t"` for TSV.
    ///   - header: whether the first line names the columns. An empty name becomes `Unnamed: 0` (with the
    ///     column's number), as in pandas; without a header the names are `0`, `1`, …
    public init(csv path: String, separator: Character = ",", header: Bool = true) throws {
        let file = try MappedFile(path: path)
        self.init(
            storage: try TableStorage(csv: .file(file), path: path, separator: separator, header: header))
    }

    /// Reads CSV that is in memory already; the rules are those of ``init(csv:separator:header:)``.
    public init(csvBytes bytes: [UInt8], separator: Character = ",", header: Bool = true) throws {
        self.init(
            storage: try TableStorage(
                csv: .memory(OwnedBytes(bytes)), path: "csvBytes", separator: separator, header: header))
    }

    private init(storage: TableStorage) {
        self.init(storage: storage, rowMap: .range(0..<storage.rowCount))
    }

    /// A table of arrays. Traps when their lengths differ or a name occurs twice.
    public init(columns: [(name: String, values: [String])]) {
        self.init(storage: TableStorage(columns: columns))
    }

    /// A table of arrays: `Table(columns: ["text": texts, "tags": tags])`.
    public init(columns: KeyValuePairs<String, [String]>) {
        self.init(columns: columns.map { (name: $0.key, values: $0.value) })
    }

    /// The number of rows, the header not counted.
    public var rowCount: Int { rowMap.count }
    /// The columns' names in the order of the file.
    public var columnNames: [String] { storage.columnNames }

    /// The column called `name`. Traps when there is none; ``column(_:)`` throws instead.
    public subscript(name: String) -> Column {
        do {
            return try column(name)
        } catch { trap("Table", "\(error)") }
    }

    /// The column called `name`, compared byte for byte. Throws when there is none.
    public func column(_ name: String) throws -> Column {
        let wanted = ByteKey(name)
        guard let index = columnNames.firstIndex(where: { ByteKey($0) == wanted }) else {
            let names = columnNames.map { "\"\($0)\"" }.joined(separator: ", ")
            throw HornetError(
                .data, at: storage.place, "no column \"\(name)\"", remedy: "The columns are \(names)")
        }
        return Column(storage: storage, index: index, rowMap: rowMap)
    }

    /// All columns in order.
    var columns: [Column] {
        columnNames.indices.map { Column(storage: storage, index: $0, rowMap: rowMap) }
    }
}
