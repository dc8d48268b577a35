import HornetSupport

/// Which columns of a table hold texts, and which say the tags of each; found by looking at the data.
///
/// ```swift
/// let table = try Table(csv: path, separator: Table.separator(ofCSV: path))
/// let columns = try TaggedColumns(in: table)
/// print(columns)                      // what was taken, and why
/// let (texts, tags) = try columns.read(table)
/// ```
/// Texts are fields of several words that hardly any two rows share; a title stands before its text. Tags are few words that
/// many rows share, in one of the ways of ``TagForm``. Names that are usual for either decide between columns that could be
/// it; where they do not, an error says which there are. What is named is taken.
public struct TaggedColumns: Sendable, Equatable, CustomStringConvertible {
    /// The columns of texts, in the order of the table.
    public let text: [String]
    public let tags: TagForm
    /// What was taken, and why, a line each.
    public let reasons: [String]

    public var description: String { reasons.joined(separator: "\n") }

    /// More rows than this say nothing new.
    private static let rowLimit = 5000

    /// - Parameters:
    ///   - text: The columns of texts, where they are known.
    ///   - tags: The column of tags, or those of each tag, where they are known.
    ///   - separator: What stands between two tags, where it is known.
    ///
    /// Throws where no column will do, several would, or a name is none of the table.
    public init(in table: Table, text: [String] = [], tags: [String] = [], separator: String? = nil) throws {
        for name in text + tags { _ = try table.column(name) }
        guard separator?.isEmpty != true else { throw TaggedColumns.refuse("the separator is empty", "Leave it out to have it found") }
        guard table.rowCount > 0 else { throw TaggedColumns.refuse("the table has no rows", "Is it the right file?") }
        if let name = table.columnNames.first(where: { $0.split(separator: " ").count > 8 }) {
            throw TaggedColumns.refuse(
                "the first line reads like a row: a column would be called \"\(shortened(name, to: 60))\"",
                "Begin the file with a line that names the columns")
        }
        let step = max(1, (table.rowCount + TaggedColumns.rowLimit - 1) / TaggedColumns.rowLimit)
        let rows = Array(stride(from: 0, to: table.rowCount, by: step))
        let profiles = table.columns.map { ColumnProfile($0, rows: rows) }
        let named = Set((text + tags).map(ByteKey.init))
        let open = profiles.filter { !named.contains(ByteKey($0.name)) }
        func profile(_ name: String) -> ColumnProfile { profiles.first { ByteKey($0.name) == ByteKey(name) }! }

        var guess = ColumnGuess(separator: separator)
        let texts = text.isEmpty ? try guess.texts(among: open) : text.map(profile)
        let taken = Set(texts.map { ByteKey($0.name) })
        self.text = texts.map(\.name)
        self.tags =
            switch tags.count {
            case 0: try guess.tags(among: open.filter { !taken.contains(ByteKey($0.name)) })
            case 1: try guess.form(of: profile(tags[0]))
            default: .flags(tags)
            }
        reasons = text.isEmpty || tags.isEmpty ? guess.reasons : []
    }

    /// The texts and the tags of each. Rows without a text are left out.
    public func read(_ table: Table) throws -> (texts: [String], tags: [[String]]) {
        let columns = try text.map(table.column)
        let rows = (0..<table.rowCount).filter { row in columns.contains { !$0.isMissing(at: row) } }
        let texts = rows.map { row in
            columns.lazy.filter { !$0.isMissing(at: row) }.map { $0[row] }.joined(separator: "\n")
        }
        return (texts, try tags.tags(of: rows.count == table.rowCount ? table : table.select(rows: rows)))
    }

    static func refuse(_ problem: String, _ remedy: String) -> HornetError {
        HornetError(.data, at: "TaggedColumns", problem, remedy: remedy)
    }
}
