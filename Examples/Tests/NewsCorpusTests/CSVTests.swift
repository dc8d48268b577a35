import NewsCorpus
import Testing

@Suite struct CSVTests {
    private func record(_ text: String, _ tags: String...) -> String {
        var bytes: [UInt8] = []
        NewsItem(text: text, tags: tags).appendCSV(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func plainFieldsStayAsTheyAre() {
        #expect(record("Español café; it's 5 o'clock", "Economy") == "Español café; it's 5 o'clock,Economy\n")
        #expect(record("Drill", "Energy", "Climate") == "Drill,Energy|Climate\n")
        #expect(record("", "Energy") == ",Energy\n")
    }

    @Test func commasQuotesAndBreaksAreQuoted() {
        #expect(record("a, b", "X") == "\"a, b\",X\n")
        #expect(record("\"No,\" she said", "X") == "\"\"\"No,\"\" she said\",X\n")
        #expect(record("a\nb", "X") == "\"a\nb\",X\n")
        #expect(record("a\r\nb", "X") == "\"a\r\nb\",X\n")
    }

    @Test func headerNamesTheColumns() {
        #expect(NewsItem.csvHeader == Array("text,tags\n".utf8))
    }
}
