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
        let table = try Table(csv: path).droppingMissing(in: text)
        let rows = try trainTestSplit(table, testSize: 0.2, seed: seed)
        return TaggingData(
            origin: "\(path), a fifth of its rows for the test", train: try taggedTexts(rows.train),
            test: try taggedTexts(rows.test))
    }

    private func taggedTexts(_ table: Table) throws -> TaggedTexts {
        TaggedTexts(texts: Array(try table.column(text)), tags: try table.column(tags).splitting(on: separator))
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
