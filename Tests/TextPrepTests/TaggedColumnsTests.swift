import HornetSupport
import HornetTensor
import HornetTestSupport
import HornetTextPrep
import Testing

/// Columns that are found on made-up tables of many forms.
@Suite struct TaggedColumnsTests {
    private static let words = "the market rose while rain fell over hills and rivers near an old town with many small shops".split(separator: " ").map(String.init)
    private static let topics = ["economy", "sport", "world news", "music", "science"]

    /// Columns of 60 rows.
    private struct Rows {
        var random = RandomSource(seed: 1)
        var tags: [[String]]

        init() {
            var random = RandomSource(seed: 2)
            tags = (0..<60).map { _ in topics.filter { _ in random.uniform() < 0.4 } }
        }

        mutating func text(_ length: Int) -> [String] {
            (0..<60).map { row in
                (["row\(row)"] + (0..<length).map { _ in words[random.integer(below: words.count)] }).joined(separator: " ")
            }
        }
        func tags(_ separator: String) -> [String] { tags.map { $0.joined(separator: separator) } }
    }

    private func found(
        _ columns: [(name: String, values: [String])], text: [String] = [], tags: [String] = [], separator: String? = nil
    ) throws -> TaggedColumns {
        try TaggedColumns(in: Table(columns: columns), text: text, tags: tags, separator: separator)
    }

    private func refusal(_ columns: [(name: String, values: [String])]) -> String {
        let error = #expect(throws: HornetError.self) { try found(columns) }
        return error?.description ?? ""
    }

    @Test(arguments: ["|", ";", ",", ", ", " | ", "; "])
    func separators(_ separator: String) throws {
        var rows = Rows()
        let table = [("id", (0..<60).map(String.init)), ("tags", rows.tags(separator)), ("text", rows.text(12))]
        let columns = try found(table)
        #expect(columns.text == ["text"])
        #expect(columns.tags == .separated(column: "tags", by: trimmed(separator)))
        #expect(try columns.read(Table(columns: table)).tags == rows.tags)
        #expect("\(columns)".contains("Tags: \"tags\", separated by \"\(trimmed(separator))\"; named like tags"))
        #expect("\(columns)".contains("Text: \"text\", 13 words a row; named like texts"))
    }

    private func trimmed(_ text: String) -> String { String(text.filter { $0 != " " }) }

    @Test func tagsBetweenSpaces() throws {
        var rows = Rows()
        rows.tags = rows.tags.map { $0.map { $0 == "world news" ? "world" : $0 } }
        let table = [("words", rows.text(12)), ("topics", rows.tags(" "))]
        let columns = try found(table)
        #expect(columns.tags == .separated(column: "topics", by: " "))
        #expect(try columns.read(Table(columns: table)).tags == rows.tags)
    }

    @Test(arguments: [("[\"", "\", \"", "\"]"), ("['", "', '", "']"), ("[", ", ", "]"), ("{", ",", "}")])
    func lists(_ open: String, _ between: String, _ close: String) throws {
        var rows = Rows()
        let lists = rows.tags.map { $0.isEmpty ? "[]" : open + $0.joined(separator: between) + close }
        let table = [("x", rows.text(12)), ("y", lists)]
        let columns = try found(table)
        #expect(columns.text == ["x"] && columns.tags == .list(column: "y"))
        #expect(try columns.read(Table(columns: table)).tags == rows.tags)
    }

    @Test func quotesInLists() throws {
        let table = Table(columns: ["text": ["a", "b", "c", "d"], "l": [#"['it\'s', "a, b"]"#, #"["\u00e9", "x"]"#, "plain", "[ ]"]])
        let tags = try TaggedColumns(in: table, text: ["text"], tags: ["l"]).read(table).tags
        // Most fields are no lists, so it is one tag a row; the form itself reads them.
        #expect(tags[2] == ["plain"])
        let lists = Table(columns: ["text": ["a", "b", "c"], "l": [#"['it\'s', "a, b"]"#, #"["\u00e9", "x"]"#, "[ ]"]])
        #expect(try TaggedColumns(in: lists, text: ["text"], tags: ["l"]).read(lists).tags.prefix(2) == [["it's", "a, b"], ["é", "x"]])
    }

    @Test(arguments: [("1", "0"), ("True", "False"), ("1.0", "0.0"), ("yes", "")])
    func flags(_ yes: String, _ no: String) throws {
        var rows = Rows()
        let own = rows.tags
        let table = [("id", (0..<60).map(String.init)), ("comment_text", rows.text(12))]
            + Self.topics.map { topic in (topic, own.map { $0.contains(topic) ? yes : no }) }
        let columns = try found(table)
        #expect(columns.text == ["comment_text"] && columns.tags == .flags(Self.topics))
        #expect(try columns.read(Table(columns: table)).tags == own)
        let two = try found(table, tags: ["music", "sport"])
        #expect(try two.read(Table(columns: table)).tags == own.map { $0.filter { $0 == "music" } + $0.filter { $0 == "sport" } })
    }

    @Test func oneTagARow() throws {
        var rows = Rows()
        let genres = (0..<60).map { ["Food, drink & more", "Clothes", "Home, garden"][$0 % 3] }
        let table = [("genre", genres), ("review", rows.text(20))]
        let columns = try found(table)
        #expect(columns.tags == .separated(column: "genre", by: nil))
        #expect(try columns.read(Table(columns: table)).tags == genres.map { [$0] })
        // Numbers are classes where the name says so.
        #expect(try found([("review", rows.text(20)), ("label", (0..<60).map { "\($0 % 4)" })]).tags == .separated(column: "label", by: nil))
        #expect(refusal([("review", rows.text(20)), ("stars", (0..<60).map { "\($0 % 4)" })]).contains("no column has tags"))
    }

    @Test func titleAndBody() throws {
        var rows = Rows()
        let (titles, bodies) = (rows.text(3), rows.text(40))
        var table = [("tags", rows.tags("|")), ("Title", titles), ("date", (0..<60).map { "2024-01-\($0)" }), ("Body", bodies)]
        let columns = try found(table)
        #expect(columns.text == ["Title", "Body"])
        table[3].1[7] = ""
        let texts = try columns.read(Table(columns: table.map { (name: $0.0, values: $0.1) })).texts
        #expect(texts[0] == titles[0] + "\n" + bodies[0] && texts[7] == titles[7])
    }

    @Test func rowsWithoutTextAreLeftOut() throws {
        var rows = Rows()
        var texts = rows.text(9)
        texts[3] = ""
        let table = [("text", texts), ("tags", rows.tags("|"))]
        let read = try found(table).read(Table(columns: table))
        #expect(read.texts.count == 59 && read.tags[3] == rows.tags[4])
    }

    @Test func saysWhatItCouldBe() throws {
        var rows = Rows()
        let (first, second) = (rows.text(12), rows.text(14))
        #expect(refusal([("one", first), ("two", second), ("tags", rows.tags("|"))]).contains("several columns read like texts: \"one\" (13 words a row), \"two\" (15 words a row)"))
        let (a, b) = ((0..<60).map { "a\($0 % 5)" }, (0..<60).map { "b\($0 % 6)" })
        #expect(refusal([("text", first), ("one", a), ("two", b)]).contains("several columns could be tags: \"one\" (5 tags), \"two\" (6 tags)"))
        let mixed = (0..<60).map { ["a|b;c", "b;c", "a|c"][$0 % 3] }
        #expect(refusal([("text", first), ("tags", mixed)]).contains("\"tags\" may have its tags between \"|\" or \";\""))
        #expect(refusal([("tags", rows.tags("|"))]).contains("no column reads like texts"))
        #expect(refusal([("text", first), ("id", (0..<60).map { "x\($0)" })]).contains("no column has tags"))
        #expect(refusal([("text", [])]).contains("no rows"))
        #expect(refusal([("a long text that was the first row of a file without names", first), ("sport", a)]).contains("reads like a row"))
    }

    @Test func whatIsNamedIsTaken() throws {
        var rows = Rows()
        let (first, second) = (rows.text(12), rows.text(14))
        let (a, b) = ((0..<60).map { "a\($0 % 5)" }, (0..<60).map { "b\($0 % 6)/c" })
        let table = [("one", first), ("two", second), ("three", a), ("four", b)]
        let columns = try found(table, text: ["two"], tags: ["four"], separator: "/")
        #expect(columns.text == ["two"] && columns.tags == .separated(column: "four", by: "/") && columns.reasons.isEmpty)
        #expect(try columns.read(Table(columns: table)).tags[1] == ["b1", "c"])
        #expect(try found([("one", first), ("two", second), ("tags", rows.tags("|"))], text: ["one", "two"]).tags == .separated(column: "tags", by: "|"))
        #expect(try found([("one", first), ("three", a), ("four", b)], tags: ["three"]).text == ["one"])
        #expect(try found([("text", first), ("spam", (0..<60).map { "\($0 % 2)" })], tags: ["spam"]).tags == .flags(["spam"]))
        #expect(throws: HornetError.self) { try found(table, text: ["five"], tags: ["three"]) }
        #expect(throws: HornetError.self) { try found(table, text: ["one"], tags: ["three"], separator: "") }
        let wrong = [("text", first), ("p", (0..<60).map { "\($0 % 2)" }), ("q", (0..<60).map { "\($0 % 3)" })]
        let error = #expect(throws: HornetError.self) { try found(wrong, tags: ["p", "q"]).read(Table(columns: wrong)) }
        #expect(error?.description.contains("column \"q\", row 2") == true)
    }

    @Test func chineseTexts() throws {
        func text(_ row: Int) -> String {
            let scalars = (0..<30).map { place -> Unicode.Scalar in Unicode.Scalar(UInt32(0x4E00 + (row * 31 + place * 7) % 5000))! }
            return String(String.UnicodeScalarView(scalars))
        }
        let numbers = (0..<60).map { row in "\(row)" }
        let tags = (0..<60).map { row in ["新聞|體育", "體育", "音樂|新聞"][row % 3] }
        let columns = try found([("標題", numbers), ("內容", (0..<60).map(text)), ("標籤", tags)])
        #expect(columns.text == ["內容"] && columns.tags == .separated(column: "標籤", by: "|"))
    }

    @Test func separatorsOfFields() throws {
        let folder = TemporaryFolder()
        for (text, separator) in [
            ("a,b\n\"x;y\",2\n", ","), ("a;b\nx,y;2\nz;3,4,5\n", ";"), ("a\tb\tc\nx, y\tz\t1\n", "\t"), ("a|b\n1|2\n", "|"),
            ("a\nb\n", ","), ("text,tags\none,p|q\ntwo,p\n", ","), ("a,b\n1,2,3\n", ","), ("", ","),
        ] as [(String, Character)] {
            let path = folder.file("some.csv")
            try writeAtomically(text, to: path)
            #expect(try Table.separator(ofCSV: path) == separator, "\(text)")
        }
    }
}
