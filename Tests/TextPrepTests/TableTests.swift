import HornetSupport
import HornetTensor
import HornetTextPrep
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

func removeFile(_ path: String) throws {
    if unlink(path) != 0 { throw HornetError(.file, at: path, "can't be removed") }
}

private func table(_ text: String, separator: Character = ",", header: Bool = true) throws -> Table {
    try Table(csvBytes: Array(text.utf8), separator: separator, header: header)
}

@Suite("Table") struct TableTests {
    @Test(
        "Malformed files are refused with the line, the figures and what to do",
        arguments: [
            ("", "csvBytes:1: the file is empty"),
            ("\n\r\n\n", "csvBytes:1: the file is empty"),
            ("a,b\n1,2\n3\n", "csvBytes:3: 1 field where the first line has 2. Put fields"),
            ("a,b\n\n1,2,3\n", "csvBytes:3: 3 fields where the first line has 2"),
            ("a,b\n\"x\ny\",2\n\"p\nq\",1,2\n", "csvBytes:4: 3 fields where the first line has 2"),
            ("a\n\"x\ny\n", "csvBytes:2: the quote that opens here is never closed"),
            ("a,b\n1,\"", "csvBytes:2: the quote that opens here is never closed"),
            ("a,b\n\"x\ny\"z,2\n", "csvBytes:3: text after a closing quote. Write a quote"),
            ("a,b\n\"x\" ,2\n", "csvBytes:2: text after a closing quote"),
            ("a,b\n1\r2,3\n", "csvBytes:2: a carriage return without a line feed"),
            ("a,b\r1,2\r", "csvBytes:1: a carriage return without a line feed"),
            ("a,b,a\n", "csvBytes:1: the column name \"a\" occurs twice"),
            ("\n\na,\"a\"\n", "csvBytes:3: the column name \"a\" occurs twice"),
            (",Unnamed: 0\n", "csvBytes:1: the column name \"Unnamed: 0\" occurs twice"),
        ])
    func malformed(text: String, expected: String) {
        let problem = message { _ = try table(text) }
        #expect(problem.hasPrefix(expected), "\(problem)")
    }

    @Test("Bytes that are not UTF-8 are refused with their line")
    func encodings() {
        func problem(_ bytes: [UInt8]) -> String { message { _ = try Table(csvBytes: bytes) } }
        #expect(
            problem(Array("a\nb\nnaïve".unicodeScalars.map { UInt8($0.value) }))
                == "csvBytes:3: byte 0xEF is not UTF-8. Convert the file: iconv -f WINDOWS-1252 -t UTF-8")
        #expect(problem([0xFF, 0xFE, 0x61, 0]).hasPrefix("csvBytes:1: the file is UTF-16"))
        // Overlong, surrogate, too high, cut short, a continuation byte alone.
        for bytes: [UInt8] in [
            [0xC0, 0x80], [0xE0, 0x9F, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0x80], [0xC3],
        ] {
            for padding in [0, 1, 31, 32, 33, 70] {
                let text = [UInt8](repeating: 0x61, count: padding)
                #expect(problem(text + bytes).contains("is not UTF-8"), "\(bytes) after \(padding)")
                #expect(problem(text + bytes + text).contains("is not UTF-8") || padding == 0)
            }
        }
        #expect(throws: Never.self) { _ = try table("a\n\u{7FF}\u{800}\u{D7FF}\u{E000}\u{FFFF}\u{10000}\u{10FFFF}\n") }
    }

    @Test("The separator must be one ASCII character")
    func separators() throws {
        for separator: Character in ["\"", "\n", "\r", "\r\n", "é", "😀"] {
            #expect(message { _ = try table("a", separator: separator) }.contains("can't be used"))
        }
        #expect(try table("a\tb,c\n1\t2", separator: "\t").columnNames == ["a", "b,c"])
    }

    @Test("Byte order mark, empty lines, CRLF, no last line end, quotes in unquoted fields")
    func leniency() throws {
        let news = try table("\u{FEFF}text,tags\r\n\r\nsay \"hi\",a\r\n\n\"b \"\"c\"\"\",\r\n  x ,\"\"\r")
        #expect(news.columnNames == ["text", "tags"])
        #expect(Array(news["text"]) == ["say \"hi\"", "b \"c\"", "  x "])
        #expect(Array(news["tags"]) == ["a", "", ""])
        #expect(news["tags"].missingCount == 2)
        #expect(news["tags"].isMissing(at: 2) && !news["tags"].isMissing(at: 0))
        #expect(Array(try news.droppingMissing(in: "tags")["text"]) == ["say \"hi\""])
        #expect(try news.droppingMissing().rowCount == 1)
    }

    @Test("A header alone, no header, and the index column that pandas writes")
    func headers() throws {
        #expect(try table("a,b").rowCount == 0)
        #expect(try table("a,b\n1,2", header: false).columnNames == ["0", "1"])
        #expect(try table("a,b\n1,2", header: false).rowCount == 2)
        #expect(try table(",a,\n0,x,\n").columnNames == ["Unnamed: 0", "a", "Unnamed: 2"])
        // Canonically equivalent, but different bytes.
        let twins = try table("é,e\u{301}\n1,2")
        #expect(twins["e\u{301}"][0] == "2")
        #expect(twins["é"][0] == "1")
    }

    @Test("An unknown column names the file and the columns")
    func unknownColumn() throws {
        let path = "/tmp/hornet-columns-\(UInt64.random(in: .min ... .max)).csv"
        try Table(columns: ["text": ["x"], "tags": ["y"]]).write(csv: path)
        let news = try Table(csv: path)
        #expect(
            message { _ = try news.column("Tags") }
                == "\(path): no column \"Tags\". The columns are \"text\", \"tags\"")
        try removeFile(path)
        #expect(message { _ = try Table(csv: path) }.contains("No such file"))
        // The mapping outlives the name.
        #expect(try news.column("tags")[0] == "y")
    }

    @Test("Rows of rows keep their numbers")
    func selections() throws {
        let numbers = Table(columns: ["n": (0..<20).map { "n\($0)" }])
        let part = numbers.rows(in: 5..<15).select(rows: [9, 0, 0, 3]).rows(in: 1..<4)
        #expect(Array(part["n"]) == ["n5", "n5", "n8"])
        #expect(part.description == "    n\n5  n5\n5  n5\n8  n8")
        #expect(Array(numbers.head(2)["n"]) == ["n0", "n1"])
        #expect(Array(numbers.tail(2)["n"]) == ["n18", "n19"])
        #expect(numbers.head(100).rowCount == 20)
        #expect(numbers.head(0).description == "Empty Table\nColumns: [n]\nRows: 0")
        #expect(Array(numbers["n"].suffix(2)) == ["n18", "n19"])
    }

    @Test("Labels are trimmed and empty ones dropped, unless verbatim")
    func splitting() throws {
        let tags = Table(columns: ["tags": ["a|b", "", " a | |b\t", "||", "é||中|", "a"]])["tags"]
        #expect(tags.splitting(on: "|") == [["a", "b"], [], ["a", "b"], [], ["é", "中"], ["a"]])
        #expect(
            tags.splitting(on: "|", verbatim: true)
                == [["a", "b"], [""], [" a ", " ", "b\t"], ["", "", ""], ["é", "", "中", ""], ["a"]])
        #expect(tags.splitting(on: "||").last == ["a"])
        #expect(tags.splitting(on: "||")[4] == ["é", "中|"])
        #expect(Table(columns: ["t": ["aaa", "\"a\",\"b\""]])["t"].splitting(on: "aa") == [["a"], ["\"a\",\"b\""]])
    }

    @Test("Columns of numbers become a tensor; others are refused with their line")
    func numbers() throws {
        let toxic = try table("text,toxic,insult\n\"x\ny\",1,0\nz,0.5,-2e3\n")
        let y = try toxic.tensor(of: ["insult", "toxic"])
        #expect(y.shape == [2, 2])
        #expect(y.scalars == [0, 1, -2000, 0.5])
        #expect(
            message { _ = try toxic.tensor(of: ["text"]) }
                == "Table:2: \"x\ny\" in the column \"text\" is not a number")
        #expect(
            message { _ = try toxic.rows(in: 1..<2).tensor(of: ["text"]) }
                == "Table:4: \"z\" in the column \"text\" is not a number")
    }

    @Test("Random bytes are read or refused, never more")
    func fuzz() {
        var random = SystemRandomNumberGenerator()
        let alphabet: [UInt8] = Array("\"\"\",,\n\r|ab".utf8) + [0, 0x80, 0xC3, 0xA9, 0xEF, 0xBB, 0xBF, 0xFF]
        var counts = (read: 0, refused: 0)
        for round in 0..<15_000 {
            let bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                round % 4 == 0
                    ? UInt8.random(in: 0...255, using: &random)
                    : alphabet[Int.random(in: 0..<(round % 2 == 0 ? 10 : alphabet.count), using: &random)]
            }
            do {
                let table = try Table(csvBytes: bytes, header: round % 3 > 0)
                let isSound = table.columnNames.allSatisfy { name in
                    let column = table[name]
                    return column.splitting(on: "|").count == table.rowCount
                        && column.allSatisfy { $0.utf8.count <= bytes.count }
                }
                if !isSound || table.description.isEmpty { Issue.record("\(bytes) became \(table)") }
                counts.read += 1
            } catch {
                counts.refused += 1
                if !"\(error)".hasPrefix("csvBytes:") { Issue.record("\(error) has no line, for \(bytes)") }
            }
        }
        #expect(counts.read > 300 && counts.refused > 1000)
    }
}
