import HornetSupport

/// The beginning of a NumPy file: magic, version, and a Python dictionary that says what follows.
///
/// `\x93NUMPY`, two bytes of version, the header's length (2 bytes little-endian in version 1, 4 later), then
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`, blanks and a new line.
/// [NumPy: the npy format](https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html)
struct NPYHeader {
    /// NumPy's name of the type: `<f4`.
    let type: String
    /// Whether the first axis varies fastest.
    let isColumnMajor: Bool
    let shape: [Int]
    /// Where the numbers begin.
    let end: Int

    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    init(_ bytes: UnsafeRawBufferPointer, path: String) throws {
        func refuse(_ problem: String) -> HornetError { HornetError(.file, at: path, "no valid npy file: \(problem)") }
        guard bytes.count >= 12, bytes.prefix(6).elementsEqual(NPYHeader.magic) else {
            throw refuse("it does not begin with \\x93NUMPY")
        }
        guard (1...3).contains(bytes[6]), bytes[7] == 0 else { throw refuse("its version is \(bytes[6]).\(bytes[7])") }
        let start = bytes[6] == 1 ? 10 : 12
        let length = bytes[6] == 1
            ? Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt16.self)))
            : Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
        guard length <= bytes.count - start else { throw refuse("the header's length is \(length), the file has \(bytes.count) bytes") }
        end = start + length
        var parser = PythonLiteral(bytes[start..<end])
        guard let members = parser.dictionary() else { throw refuse("its header is no dictionary") }
        var found: (type: String?, isColumnMajor: Bool?, shape: [Int]?)
        for (key, value) in members {
            switch (key, value) {
            case ("descr", .string(let type)): found.type = type
            case ("fortran_order", .bool(let order)): found.isColumnMajor = order
            case ("shape", .tuple(let sizes)): found.shape = sizes
            default: throw refuse("its header has an unexpected \(key)")
            }
        }
        guard let type = found.type, let isColumnMajor = found.isColumnMajor, let shape = found.shape else {
            throw refuse("its header lacks descr, fortran_order or shape")
        }
        (self.type, self.isColumnMajor, self.shape) = (type, isColumnMajor, shape)
    }

    /// The bytes of an array's header; the numbers behind it begin on a cache line.
    static func bytes(type: String, shape: [Int]) -> [UInt8] {
        let sizes = shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
        var text = Array("{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }".utf8)
        while (10 + text.count + 1) % 64 != 0 { text.append(UInt8(ascii: " ")) }
        text.append(UInt8(ascii: "\n"))
        return magic + [1, 0, UInt8(text.count & 0xFF), UInt8(text.count >> 8)] + text
    }
}

/// As much of Python's notation as a header has: a dictionary of strings, booleans and tuples of sizes.
private struct PythonLiteral {
    enum Value {
        case string(String)
        case bool(Bool)
        case tuple([Int])
    }

    private let text: [UInt8]
    private var at = 0

    init(_ bytes: Slice<UnsafeRawBufferPointer>) { text = Array(bytes) }

    mutating func dictionary() -> [(key: String, value: Value)]? {
        guard take("{") else { return nil }
        var members: [(String, Value)] = []
        while !take("}") {
            guard let key = string(), take(":"), let value = value() else { return nil }
            members.append((key, value))
            if take(",") { continue }
            guard take("}") else { return nil }
            break
        }
        skipBlanks()
        return at == text.count ? members : nil
    }

    private mutating func value() -> Value? {
        if take("True") { return .bool(true) }
        if take("False") { return .bool(false) }
        return take("(") ? sizes().map(Value.tuple) : string().map(Value.string)
    }

    private mutating func sizes() -> [Int]? {
        var sizes: [Int] = []
        while !take(")") {
            skipBlanks()
            let start = at
            while at < text.count, text[at] &- 0x30 < 10 { at += 1 }
            guard let size = Int(String(decoding: text[start..<at], as: UTF8.self)) else { return nil }
            sizes.append(size)
            if take(",") { continue }
            guard take(")") else { return nil }
            break
        }
        return sizes
    }

    private mutating func string() -> String? {
        let quote = take("'") ? UInt8(ascii: "'") : UInt8(ascii: "\"")
        guard quote == UInt8(ascii: "'") || take("\"") else { return nil }
        let start = at
        while at < text.count, text[at] != quote { at += 1 }
        guard at < text.count else { return nil }
        at += 1
        return String(decoding: text[start..<at - 1], as: UTF8.self)
    }

    private mutating func take(_ token: StaticString) -> Bool {
        skipBlanks()
        let end = at + token.utf8CodeUnitCount
        guard end <= text.count,
            text[at..<end].elementsEqual(UnsafeBufferPointer(start: token.utf8Start, count: token.utf8CodeUnitCount))
        else { return false }
        at = end
        return true
    }

    private mutating func skipBlanks() {
        while at < text.count, text[at] == UInt8(ascii: " ") || text[at] == UInt8(ascii: "\n") { at += 1 }
    }
}
