import HornetSupport

/// Chooses columns, and says why.
struct ColumnGuess {
    let separator: String?
    private(set) var reasons: [String] = []

    init(separator: String?) { self.separator = separator }

    // MARK: Texts

    mutating func texts(among profiles: [ColumnProfile]) throws -> [ColumnProfile] {
        let candidates = profiles.filter(\.isText)
        let (headings, others) = (candidates.filter(\.isHeading), candidates.filter { !$0.isHeading })
        let named = others.filter { $0.isNamed(ColumnProfile.bodyNames) }
        let bodies = named.isEmpty ? others : named
        let body = try longest(bodies)
        guard body != nil || !headings.isEmpty else {
            throw TaggedColumns.refuse(
                "no column reads like texts: " + profiles.map(shown).joined(separator: ", "),
                "Name it (text:), and check what separates the columns")
        }
        let chosen = candidates.filter { $0.isHeading || $0.name == body?.name }
        for column in chosen {
            let why =
                column.isHeading ? "a heading by its name"
                : named.isEmpty ? others.count > 1 ? "by far the longest" : "no other one reads like a text"
                : bodies.count > 1 ? "by far the longest of those named like texts" : "named like texts"
            reasons.append("Text: \"\(column.name)\", \(rounded(column.words)) words a row; \(why)")
        }
        return chosen
    }

    /// The one with twice as many words as any other.
    private func longest(_ bodies: [ColumnProfile]) throws -> ColumnProfile? {
        let sorted = bodies.sorted { $0.words > $1.words }
        guard sorted.count > 1, sorted[0].words < 2 * sorted[1].words else { return sorted.first }
        throw TaggedColumns.refuse(
            "several columns read like texts: " + bodies.map(shown).joined(separator: ", "), "Name the one, or all that count (text:)")
    }

    private func shown(_ profile: ColumnProfile) -> String { "\"\(profile.name)\" (\(rounded(profile.words)) words a row)" }

    // MARK: Tags

    mutating func tags(among profiles: [ColumnProfile]) throws -> TagForm {
        let flags = profiles.filter(\.isFlag)
        let columns = profiles.filter { !$0.isFlag && $0.tags != nil }
        let named = columns.filter { $0.isNamed(ColumnProfile.tagNames) }
        if named.count == 1 { return try form(of: named[0], because: "named like tags") }
        let candidates = named.isEmpty ? columns : named
        if candidates.isEmpty, !flags.isEmpty {
            reasons.append(
                "Tags: \(flags.count) columns that say yes or no, "
                    + flags.prefix(5).map { "\"\($0.name)\"" }.joined(separator: ", ") + (flags.count > 5 ? ", …" : ""))
            return .flags(flags.map(\.name))
        }
        if candidates.count == 1, flags.isEmpty {
            return try form(of: candidates[0], because: "no other one has values that rows share")
        }
        guard candidates.isEmpty else {
            let shown = candidates.compactMap { column in
                column.tags.map { "\"\(column.name)\" (\($0.count) tags)" }
            } + (named.isEmpty && !flags.isEmpty ? ["\(flags.count) columns of yes and no"] : [])
            throw TaggedColumns.refuse("several columns could be tags: " + shown.joined(separator: ", "), "Name the one that is meant (tags:)")
        }
        throw TaggedColumns.refuse(
            "no column has tags, values of a few words that rows share: "
                + profiles.map { "\"\($0.name)\" (\($0.distinctCount) different in \($0.filledCount) rows)" }.joined(separator: ", "),
            "Name it (tags:)")
    }

    /// How a column says tags. Throws where two separators could be meant.
    mutating func form(of column: ColumnProfile, because reason: String = "as named") throws -> TagForm {
        let rivals = column.rivalSeparators
        if separator == nil, !column.isList, !rivals.isEmpty {
            throw TaggedColumns.refuse(
                "\"\(column.name)\" may have its tags between " + rivals.map { "\"\($0)\"" }.joined(separator: " or "),
                "Name what stands between two tags (separator:)")
        }
        let form: TagForm =
            if let separator {
                .separated(column: column.name, by: separator)
            } else if column.isFlag {
                .flags([column.name])
            } else {
                column.isList ? .list(column: column.name) : .separated(column: column.name, by: column.separator)
            }
        let how =
            switch form {
            case .separated(_, let separator?): "separated by \"\(separator)\""
            case .separated(_, nil): "one a row"
            case .list: "as lists"
            case .flags: "yes or no"
            }
        reasons.append("Tags: \"\(column.name)\", \(how); \(reason)")
        return form
    }

    private func rounded(_ value: Double) -> String { formatFixed(value, decimals: value < 10 ? 1 : 0) }
}
