import Hornet
import ReutersCorpus

extension DataOptions {
    /// Reads the texts and divides them into a part to learn from and a part to be tested with.
    package func load(seed: UInt64) throws -> TaggingData {
        if let reuters { return try loadReuters(reuters) }
        return try loadTable(csv ?? DataOptions.newsCorpus, seed: seed)
    }

    /// A fifth of the rows, drawn with `seed`, is for the test.
    private func loadTable(_ path: String, seed: UInt64) throws -> TaggingData {
        let table = try Table(csv: path, separator: Table.separator(ofCSV: path))
        let columns = try TaggedColumns(in: table, text: text, tags: tags, separator: separator)
        let all = try columns.read(table)
        let rows = try trainTestSplit(count: all.texts.count, testSize: 0.2, seed: seed)
        func taggedTexts(_ rows: [Int]) -> TaggedTexts {
            TaggedTexts(texts: rows.map { all.texts[$0] }, tags: rows.map { all.tags[$0] })
        }
        let found = columns.reasons.map { "\n  " + $0 }.joined()
        return TaggingData(
            origin: "\(path), a fifth of its rows for the test\(found)", train: taggedTexts(rows.train), test: taggedTexts(rows.test))
    }

    private func loadReuters(_ path: String) throws -> TaggingData {
        let split = ModApte(try ReutersCorpus(contentsOf: path))
        func taggedTexts(_ documents: [ReutersDocument]) -> TaggedTexts {
            TaggedTexts(texts: documents.map(\.text), tags: documents.map(\.topics))
        }
        return TaggingData(
            origin: "\(path), ModApte split", train: taggedTexts(split.train), test: taggedTexts(split.test))
    }

    /// The corpus that comes with the examples: `Examples/Data/news.csv`.
    private static var newsCorpus: String {
        let examples = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        return examples.joined(separator: "/") + "/Data/news.csv"
    }
}
