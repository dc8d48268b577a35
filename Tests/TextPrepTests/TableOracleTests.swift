import HornetSupport
import HornetTextPrep
import Testing

private func rows(of table: Table) -> [[String]] {
    let columns = table.columnNames.map { table[$0] }
    return (0..<table.rowCount).map { row in columns.map { $0[row] } }
}

@Suite("Table against Python's csv and pandas") struct TableOracleTests {
    @Test("Well-formed tables are read field for field")
    func wellFormed() throws {
        var count = 0
        for golden in try Golden(file: "tables.json")["wellFormed"].elements {
            let separator = Character(try golden["separator"].string)
            let table = try Table(csvBytes: Array(golden["text"].string.utf8), separator: separator)
            let names = try golden["names"].strings, expected = try golden["rows"].stringRows
            #expect(sameBytes(table.columnNames, names))
            #expect(table.rowCount == expected.count)
            #expect(sameBytes(rows(of: table), expected))
            count += 1
        }
        #expect(count == 1500)
    }

    @Test("The comparison tells canonical equivalents apart")
    func comparison() {
        #expect(!sameBytes(["é"], ["e\u{301}"]))
        #expect(!sameBytes([["a"], ["b"]], [["a", "b"]]))
        #expect(sameBytes([["a"], []], [["a"], []]))
    }

    @Test("Hostile text gives the rows, or the line, of Python's strict reader")
    func hostile() throws {
        var counts = (read: 0, refused: 0)
        for golden in try Golden(file: "tables.json")["hostile"].elements {
            let text = try golden["text"].string
            do {
                let table = try Table(csvBytes: Array(text.utf8), header: false)
                let expected = try golden.optional("rows")?.stringRows
                #expect(expected.map { sameBytes(rows(of: table), $0) } == true, "\(text.debugDescription)")
                counts.read += 1
            } catch let error as HornetError {
                let line = try #require(try golden.optional("line")?.int, "\(error): \(text.debugDescription)")
                let place = error.place.split(separator: ":")
                #expect(place.count == 2 && Int(place[1]) != nil)
                if line > 0 { #expect(place.last == "\(line)", "\(error): \(text.debugDescription)") }
                counts.refused += 1
            }
        }
        #expect(counts.read > 1000 && counts.refused > 1000)
    }

    @Test("A table prints as a pandas frame does")
    func printed() throws {
        var count = 0
        for golden in try Golden(file: "tables.json")["printed"].elements {
            let names = try golden["names"].strings, rows = try golden["rows"].stringRows
            let table = Table(
                columns: names.enumerated().map { column, name in (name: name, values: rows.map { $0[column] }) })
            let expected = try golden["printed"].string
            #expect(sameBytes([table.description], [expected]))
            count += 1
        }
        #expect(count == 250)
    }

    @Test("Arrays and written files give back what went in")
    func roundTrip() throws {
        let path = "/tmp/hornet-table-\(UInt64.random(in: .min ... .max)).csv"
        for golden in try Golden(file: "tables.json")["wellFormed"].elements.prefix(60) {
            let names = try golden["names"].strings, expected = try golden["rows"].stringRows
            let table = Table(
                columns: names.enumerated().map { column, name in (name: name, values: expected.map { $0[column] }) })
            #expect(sameBytes(rows(of: table), expected))
            let separator = Character(try golden["separator"].string)
            try table.write(csv: path, separator: separator)
            let again = try Table(csv: path, separator: separator)
            #expect(sameBytes(again.columnNames, names))
            #expect(sameBytes(rows(of: again), expected))
        }
        try removeFile(path)
    }
}
