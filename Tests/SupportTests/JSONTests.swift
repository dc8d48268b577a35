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

    @Test("an escape is read, and what can't stand in a string refused, wherever it stands")
    func stringsOfEveryLength() throws {
        for count in 0..<20 {
            let text = String(repeating: "x", count: count)
            for place in 0...count {
                let (head, tail) = (text.prefix(place), text.dropFirst(place))
                for character in ["\"", "\\", "\n", "\u{1}", "é", "中", "😀", "\\\"", "éé\t", "\u{7F}\u{80}"] {
                    let whole = JSON.string(head + character + tail)
                    for style in [JSON.Style.python, .compact] {
                        let written = whole.text(style)
                        #expect(try read(written) == whole)
                        #expect(try read("[\(written), \(written)]") == [whole, whole])
                        #expect(throws: HornetError.self) { try read(String(written.dropLast())) }
                    }
                }
                for wrong in ["\n", "\u{0}", "\u{1F}", "\\x", "\\é", "\\u12", "\\u00g0", "\\ud800", "\\\n"] {
                    #expect(throws: HornetError.self) { try read("\"\(head)\(wrong)\(tail)\"") }
                }
                let quote = Array("\"".utf8)
                for wrong in [[0x5C, 0x6E, 0x80], [0xC3, 0x5C, 0x75, 0x30, 0x30, 0x61, 0x39], [0xFF]] as [[UInt8]] {
                    let bytes = quote + head.utf8 + wrong + tail.utf8 + quote
                    #expect(throws: HornetError.self) { try JSON(parsing: bytes, source: "test") }
                }
            }
        }
    }

    @Test("an object's members are handed out as they stand there")
    func members() throws {
        func members(_ text: String) throws -> [[JSON]] {
            var all: [[JSON]] = []
            try JSON.forEachMember(of: text, source: "test") { all.append([.string($0), $1.value]) }
            return all
        }
        #expect(try members(" { } ") == [])
        #expect(try members(#"{"a": 1, "b\n": ["x", {}], "a": null}"#) == [["a", 1], ["b\n", ["x", [:]]], ["a", nil]])
        for wrong in ["", "[1]", "3", "{", #"{"a": 1,}"#, #"{"a": 1} x"#, #"{"a" 1}"#, "{1: 2}", #"{"a": 1 "b": 2}"#] {
            #expect(throws: HornetError.self, "\(wrong)") { try members(wrong) }
        }
        #expect(throws: HornetError(.file, at: "test", "expected an object, got an array of 1")) { try members("[1]") }
        #expect(throws: HornetError(.file, at: "test", #"b: expected an integer, got "x""#)) {
            try JSON.forEachMember(of: #"{"a": 1, "b": "x"}"#, source: "test") { _ = try $1.int() }
        }
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        #expect(throws: HornetError.self) { try members("{\"a\": \(deep)}") }
        #expect(try members("{\"a\": \(deep.dropFirst().dropLast())}").count == 1)
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
