import HornetSupport

/// What some rows of a column say of all.
struct ColumnProfile {
    let name: String
    /// The words of the name, in lower case: `news_title` has two.
    let nameWords: Set<String>
    /// How many rows were looked at, and how many of them hold something.
    let rowCount: Int
    let filledCount: Int
    /// Words a filled row. Scripts without spaces count two characters as a word.
    let words: Double
    let isNumeric: Bool
    let isFlag: Bool
    let isList: Bool
    /// How many different fields there are.
    let distinctCount: Int
    /// The fields that hold something.
    let fields: [String]

    init(_ column: Column, rows: [Int]) {
        name = column.name
        nameWords = Set(column.name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
        rowCount = rows.count
        fields = rows.filter { !column.isMissing(at: $0) }.map { column[$0] }
        filledCount = fields.count
        distinctCount = Set(fields.map(ByteKey.init)).count
        var (words, numbers, flags, lists) = (0, 0, 0, 0)
        for var field in fields {
            field.withUTF8 { bytes in
                words += wordCount(bytes)
                if decimal(bytes) != nil { numbers += 1 }
                if flag(bytes) != nil { flags += 1 }
                if bytes.count > 1, isBracket(bytes[0], bytes[bytes.count - 1]) { lists += 1 }
            }
        }
        let count = fields.count
        self.words = count > 0 ? Double(words) / Double(count) : 0
        isNumeric = count > 0 && 10 * numbers >= 9 * count
        isFlag = count > 0 && flags == count && distinctCount <= 2
        isList = count > 0 && 10 * lists >= 9 * count
    }

    func isNamed(_ names: Set<String>) -> Bool { !nameWords.isDisjoint(with: names) }

    /// Names that are given to what is to be read, …
    static let bodyNames: Set<String> = [
        "text", "body", "content", "contents", "message", "description", "review", "comment", "question", "sentence",
        "document", "article", "tweet", "post", "utterance",
    ]
    /// … to what stands above it, …
    static let headingNames: Set<String> = ["title", "headline", "heading", "subject", "summary", "abstract"]
    /// … and to what is said of it.
    static let tagNames: Set<String> = [
        "tag", "tags", "label", "labels", "topic", "topics", "category", "categories", "class", "classes", "genre",
        "genres", "keyword", "keywords", "target", "targets",
    ]

    // MARK: Texts

    /// Whether people wrote these fields to be read: words that hardly any two rows share.
    var isText: Bool {
        !isNumeric && !isFlag && !isList && !isNamed(ColumnProfile.tagNames) && 2 * filledCount > rowCount
            && 2 * distinctCount >= filledCount && words >= (isHeading ? 1.5 : 3)
    }
    var isHeading: Bool { isNamed(ColumnProfile.headingNames) && !isNamed(ColumnProfile.bodyNames) }

    // MARK: Tags

    /// How the column says tags, and how often each occurs on average; `nil` where it says none.
    var tags: (form: TagForm, count: Int, uses: Double)? {
        let isNamed = isNamed(ColumnProfile.tagNames)
        guard filledCount > 0, !isNumeric || isNamed else { return nil }
        let form: TagForm = isList ? .list(column: name) : .separated(column: name, by: separator)
        let found = parts(form)
        let distinct = Set(found.map(ByteKey.init)).count
        let uses = Double(found.count) / Double(max(distinct, 1))
        let words = Double(found.reduce(0) { sum, tag in
            var tag = tag
            return sum + max(1, tag.withUTF8(wordCount))
        }) / Double(max(found.count, 1))
        guard distinct > 1, words <= 4, uses >= (isNamed ? 1.2 : 2) else { return nil }
        return (form, distinct, uses)
    }

    /// Separators that both stand in a tenth of the fields, so that neither can be taken for part of a tag.
    var rivalSeparators: [String] {
        let rivals = ["|", ";"].filter { 10 * share(of: $0) >= 1 }
        return rivals.count > 1 ? rivals : []
    }

    /// What stands between tags. Splitting at it has to leave fewer different tags than there are different fields, or it
    /// belongs to the tags: `Food, drink` is one. A bar hardly ever does, a space often.
    var separator: String? {
        [("|", 0.0), (";", 1), (",", 1), (" ", 2)].first { separator, strictness in
            let occurs = share(of: separator)
            guard occurs > 0, separator != ";" || occurs >= 0.01 else { return false }
            if strictness == 0 { return true }
            let distinct = Set(parts(.separated(column: name, by: separator)).map(ByteKey.init)).count
            return strictness * Double(distinct) < Double(distinctCount) + (separator == ";" ? 1 : 0)
        }?.0
    }

    private func share(of separator: String) -> Double {
        let byte = separator.utf8.first!
        return Double(fields.count { $0.utf8.contains(byte) }) / Double(max(filledCount, 1))
    }

    private func parts(_ form: TagForm) -> [String] {
        let column = Table(columns: [name: fields])
        return (try? form.tags(of: column))?.flatMap { $0 } ?? []
    }
}

/// Words that have a letter; of scripts without spaces two characters count as one.
private func wordCount(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var (count, dense) = (0, 0)
    var (isInside, hasLetter) = (false, false)
    for byte in text {
        if byte <= 0x20 {
            if isInside, hasLetter { count += 1 }
            (isInside, hasLetter) = (false, false)
        } else {
            isInside = true
            if byte >= 0x80 || (0x41...0x5A).contains(byte & 0xDF) { hasLetter = true }
            // First bytes of U+3000 … U+DFFF.
            if (0xE3...0xED).contains(byte) { dense += 1 }
        }
    }
    return count + (isInside && hasLetter ? 1 : 0) + dense / 2
}
