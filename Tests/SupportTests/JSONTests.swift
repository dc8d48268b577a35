import HornetSupport
import HornetTestSupport
import Testing

@Suite("JSON")
struct JSONTests {
    /// `[document, what Python makes of it]`, the latter null when Python refuses.
    static let fixture = try! JSON(parsing: Fixture.bytes("json_text.json"), source: "json_text.json")
        .cursor(source: "json_text.json")

    private func read(_ text: String) throws -> JSON { try JSON(parsing: text, source: "test") }

    private func problem(_ text: String) -> String? {
        do {
            _ = try read(text)
            return nil
        } catch { return (error as? HornetError)?.description }
    }

    @Test("reads what Python reads, and refuses what it refuses")
    func reading() throws {
        var refused = 0
        for row in try Self.fixture.member("read").array() {
            let pair = try row.array()
            let document = try pair[0].string()
            if pair[1].value == .null {
                refused += 1
                #expect(throws: HornetError.self, "\(document)") { try read(document) }
            } else {
                let expected = try pair[1].string()
                #expect(throws: Never.self, "\(document)") {
                    let text = try read(document).text()
                    #expect(Array(text.utf8) == Array(expected.utf8))
                }
            }
        }
        #expect(refused > 300)
    }

    @Test("writes in Python's three ways")
    func writing() throws {
        for row in try Self.fixture.member("written").array() {
            let texts = try row.array().map { try $0.string() }
            let document = try read(texts[0])
            for (style, expected) in zip([JSON.Style.python, .compact, .indented], texts) {
                #expect(Array(document.text(style).utf8) == Array(expected.utf8))
                #expect(try read(expected) == document)
            }
        }
    }

    @Test("doubles have Python's digits")
    func numbers() throws {
        for spelling in try Self.fixture.member("numbers").array() {
            let digits = try spelling.string()
            #expect(JSON.number(try #require(Double(digits))).text() == digits)
        }
    }

    @Test("keys are bytes, in their order")
    func keys() throws {
        var object: JSON.Object = ["é": 1, "z": 2]
        object["e\u{301}"] = 3
        object["é"] = 4
        #expect(JSON.object(object).text(.compact) == #"{"é":4,"z":2,"é":3}"#)
        object["é"] = nil
        #expect(object["é"] == nil)
        #expect(object["e\u{301}"] == 3)
        #expect(object.count == 2)
        #expect(JSON.string("é") != JSON.string("e\u{301}"))
        #expect(try read(#"{"a": 1, "b": 2, "a": 3}"#) == ["a": 3, "b": 2])
    }

    @Test("errors name line and column")
    func places() {
        #expect(problem("{\n  \"a\": tru\n}")?.contains("line 2, column 8") == true)
        #expect(problem("[1, 2")?.contains("line 1, column 6") == true)
        #expect(problem("\"\\ud800\"")?.contains("surrogate") == true)
        #expect(problem("\"\\udc00\\ud800\"")?.contains("surrogate") == true)
        #expect(problem("\"\\ud800\\u0041\"")?.contains("surrogate") == true)
        #expect(problem("[1]") == nil)
    }

    @Test("text that is not UTF-8 is refused", arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE4, 0xB8]])
    func invalidUTF8(_ bytes: [UInt8]) {
        let quote = [UInt8(ascii: "\"")]
        #expect(throws: HornetError.self) { try JSON(parsing: quote + bytes + quote, source: "test") }
        #expect(throws: HornetError.self) { try JSON(parsing: quote + [0x5C, 0x6E] + bytes + quote, source: "test") }
    }

    @Test("hostile nesting is refused without overflowing the stack")
    func nesting() {
        #expect(problem(String(repeating: "[", count: 1_000_000))?.contains("nesting") == true)
        #expect(problem(String(repeating: "{\"a\":", count: 1_000_000))?.contains("nesting") == true)
        #expect(problem(String(repeating: "[", count: 200) + String(repeating: "]", count: 200)) == nil)
    }

    @Test("integers beyond 64 bits become doubles")
    func bigIntegers() throws {
        #expect(try read("9223372036854775807") == .integer(.max))
        #expect(try read("9223372036854775808") == .number(9223372036854775808))
        #expect(try read("-9223372036854775808") == .integer(.min))
    }

    @Test("typed reading names the path of what is wrong")
    func cursors() throws {
        let root = try read(#"{"config": {"layers": [{"units": 3}, {"units": "x"}], "rate": 1}}"#)
            .cursor(source: "m.json")
        let layers = try root.member("config").member("layers").array()
        #expect(try layers[0].member("units").int() == 3)
        #expect(try root.member("config").member("rate").double() == 1)
        #expect(try root.optional("missing")?.value == nil)
        #expect(throws: HornetError(.file, at: "m.json", #"config.layers[1].units: expected an integer, got "x""#)) {
            try layers[1].member("units").int()
        }
        #expect(throws: HornetError(.file, at: "m.json", #"config.layers[0]: the key "name" is missing"#)) {
            try layers[0].member("name")
        }
        #expect(throws: HornetError.self) { try layers[0].member("units").int(in: 4...9) }
    }
}
