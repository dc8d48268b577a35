import Hornet
import ReutersCorpus

/// Texts with tags, one part to learn from and one to be tested with.
public struct Corpus: Sendable {
    public struct Part: Sendable {
        public var texts: [String]
        public var tags: [[String]]

        public init(texts: [String], tags: [[String]]) {
            self.texts = texts
            self.tags = tags
        }

        /// Reads the columns `text` and `tags` (with `|` between two tags) of a CSV file.
        public init(csv path: String) throws {
            let table = try Table(csv: path)
            self.init(texts: Array(try table.column("text")), tags: try table.column("tags").splitting(on: "|"))
        }
    }

    public let train: Part
    public let test: Part

    public init(train: Part, test: Part) {
        self.train = train
        self.test = test
    }

    /// Reuters-21578 in the ModApte split: 7,770 and 3,019 texts with 90 topics. `path` is its archive or folder.
    public static func reuters(_ path: String) throws -> Corpus {
        let split = ModApte(try ReutersCorpus(contentsOf: path))
        func part(_ documents: [ReutersDocument]) -> Part {
            Part(texts: documents.map(\.text), tags: documents.map(\.topics))
        }
        return Corpus(train: part(split.train), test: part(split.test))
    }

    /// The news that come with the examples, 2,800 texts and 1,200.
    public static func news() throws -> Corpus {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        let rows = try trainTestSplit(Table(csv: root + "/Examples/Data/news.csv"), testSize: 0.3, seed: 1)
        func part(_ table: Table) throws -> Part {
            Part(texts: Array(try table.column("text")), tags: try table.column("tags").splitting(on: "|"))
        }
        return Corpus(train: try part(rows.train), test: try part(rows.test))
    }
}
