import HornetSupport
import HornetTensor
import HornetTextPrep

/// The data of a lint: texts of all parts behind one another, their words and labels as numbers.
struct LintData {
    /// A part of the rows that is used for one thing.
    struct Part {
        let name: String
        let rows: Range<Int>
    }

    let texts: [String]
    let parts: [Part]
    /// Which row of its own table each part begins with: validation by `validationSplit` goes on where training ends.
    private let firstRows: [Int]
    let classes: [String]
    /// The columns of each row's labels, ascending.
    let labels: [[Int32]]
    /// Labels that are no class, and how many rows have them.
    let unknownLabels: [(label: String, count: Int)]
    /// How often each label occurs in each part.
    let counts: [[Int]]
    /// All words of the texts, cut as the tokenizer cuts them.
    let vocabulary: Tokenizer
    /// The ids of each text's words in ``vocabulary``; all of them.
    let words: [[Int32]]

    init(
        parts: [(name: String, texts: [String], labels: [[String]])], firstRows: [Int], classes given: [String]?,
        tokenizer: Tokenizer?
    ) {
        texts = parts.flatMap(\.texts)
        self.firstRows = firstRows
        var (ranges, next): ([Part], Int) = ([], 0)
        for part in parts {
            ranges.append(Part(name: part.name, rows: next..<next + part.texts.count))
            next += part.texts.count
        }
        self.parts = ranges
        let tags = parts.flatMap(\.labels)
        classes = given ?? Set(tags.joined().map(ByteKey.init)).sorted().map(\.string)
        let columns = Dictionary(
            classes.enumerated().map { (ByteKey($1), Int32($0)) }, uniquingKeysWith: { first, _ in first })
        var unknown: [ByteKey: Int] = [:]
        labels = tags.map { row in
            var found: [Int32] = []
            for label in row {
                let key = ByteKey(label)
                if let column = columns[key] { found.append(column) } else { unknown[key, default: 0] += 1 }
            }
            return found.count < 2 ? found : Set(found).sorted()
        }
        unknownLabels = unknown.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key.string, $0.value) }
        let (rows, count) = (labels, classes.count)
        counts = ranges.map { part in
            rows[part.rows].joined().reduce(into: Array(repeating: 0, count: count)) { $0[Int($1)] += 1 }
        }
        var vocabulary = tokenizer.map {
            Tokenizer(filters: $0.filters, lower: $0.lower, split: $0.split, charLevel: $0.charLevel)
        } ?? Tokenizer()
        vocabulary.fit(onTexts: texts)
        self.vocabulary = vocabulary
        words = vocabulary.textsToSequences(texts)
    }

    var subject: String { "\(withCommas(texts.count)) texts, \(withCommas(classes.count)) labels" }

    /// Rows with the same words in the same order, whatever their case and punctuation: each group ascending, single rows
    /// too, in the order of their first rows. Rows without words belong to none.
    func rowsByWords() -> [[Int]] {
        var groups: [[Int]] = []
        var numbers: [[Int32]: Int] = [:]
        numbers.reserveCapacity(words.count)
        for (row, words) in words.enumerated() where !words.isEmpty {
            if let number = numbers[words] {
                groups[number].append(row)
            } else {
                numbers[words] = groups.count
                groups.append([row])
            }
        }
        return groups
    }

    /// The rows that are trained on.
    var training: Range<Int> { parts[0].rows }

    /// How often each label occurs in what is trained on.
    var trainingCounts: [Int] { counts[0] }

    /// `training row 17: "Stocks rise as…"`.
    func shown(_ row: Int) -> String { "\(place(of: row)): \"\(beginning(of: texts[row]))\"" }

    func place(of row: Int) -> String {
        let part = part(of: row)
        return "\(parts[part].name) row \(row - parts[part].rows.lowerBound + firstRows[part])"
    }

    func part(of row: Int) -> Int { parts.firstIndex { $0.rows.contains(row) }! }

    func names(of columns: [Int32]) -> String {
        columns.isEmpty ? "no label" : some(columns.map { classes[Int($0)] })
    }

    private func beginning(of text: String) -> String {
        let scalars = text.unicodeScalars.prefix(61).map { $0.properties.isWhitespace ? " " : $0.value < 32 ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(scalars.prefix(60))) + (scalars.count > 60 ? "…" : "")
    }
}

/// Up to `most` of the names, and how many more there are.
func some(_ names: [String], most: Int = 8) -> String {
    let rest = names.count - most
    return names.prefix(most).joined(separator: ", ") + (rest > 0 ? " and \(withCommas(rest)) more" : "")
}

/// `12.3 %`.
func percentage(_ part: Int, of whole: Int) -> String {
    formatFixed(whole == 0 ? 0 : 100 * Double(part) / Double(whole), decimals: 1) + " %"
}
