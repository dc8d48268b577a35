import HornetSupport
import HornetTestSupport

/// Reads the fixtures of this folder's tests.
struct Golden {
    let cursor: JSON.Cursor

    init(_ cursor: JSON.Cursor) { self.cursor = cursor }

    init(file: String) throws {
        cursor = try JSON(parsing: Fixture.bytes(file), source: file).cursor(source: file)
    }

    subscript(key: String) -> Golden {
        get throws { Golden(try cursor.member(key)) }
    }

    /// Nothing when the key is missing or null.
    func optional(_ key: String) throws -> Golden? { try cursor.optional(key).map(Golden.init) }

    var elements: [Golden] { get throws { try cursor.array().map(Golden.init) } }
    var int: Int { get throws { try cursor.int() } }
    var double: Double { get throws { try cursor.double() } }
    var string: String { get throws { try cursor.string() } }
    var bool: Bool { get throws { try cursor.bool() } }
    var ints: [Int] { get throws { try elements.map { try $0.int } } }
    var doubles: [Double] { get throws { try elements.map { try $0.double } } }
    var strings: [String] { get throws { try elements.map { try $0.string } } }
    var stringRows: [[String]] { get throws { try elements.map { try $0.strings } } }
    var intRows: [[Int]] { get throws { try elements.map { try $0.ints } } }
}

/// Equality of texts byte for byte: `==` takes "é" and "e\u{301}" for the same.
func sameBytes(_ a: [String], _ b: [String]) -> Bool { a.map(ByteKey.init) == b.map(ByteKey.init) }

func sameBytes(_ a: [[String]], _ b: [[String]]) -> Bool {
    a.map { $0.map(ByteKey.init) } == b.map { $0.map(ByteKey.init) }
}

/// The text of the error that `body` throws.
func message(_ body: () throws -> Void) -> String {
    do {
        try body()
        return "nothing was thrown"
    } catch { return "\(error)" }
}
