import Hornet
import Workload

/// The news of the examples as CSV, so often that they have 20 MB.
final class LargeText {
    let bytes: [UInt8]
    let column: Column
    let tags: [[String]]
    let tokenizer: Tokenizer

    init() throws {
        let corpus = try Corpus.news()
        var rows: [UInt8] = []
        for (text, tags) in zip(corpus.train.texts, corpus.train.tags) {
            let quoted = text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            rows += Array("\"\(quoted)\",\(tags.joined(separator: "|"))\n".utf8)
        }
        var bytes = Array("text,tags\n".utf8)
        while bytes.count < 20_000_000 { bytes += rows }
        self.bytes = bytes
        let table = try Table(csvBytes: bytes)
        column = table["text"]
        tags = table["tags"].splitting(on: "|")
        var tokenizer = Tokenizer(numWords: Network.vocabulary)
        tokenizer.fit(onTexts: column)
        self.tokenizer = tokenizer
    }
}
