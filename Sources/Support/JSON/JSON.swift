/// A JSON document. Objects keep their order, and their keys are compared byte by byte.
public enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number written without fraction or exponent that fits `Int`.
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSON])
    case object(Object)

    /// Keys and values in the order in which they were set.
    public struct Object: Sendable, Equatable, Sequence, ExpressibleByDictionaryLiteral {
        private var entries: [(key: String, value: JSON)] = []
        private var places: [ByteKey: Int] = [:]

        public init() {}

        public init(dictionaryLiteral elements: (String, JSON)...) {
            for (key, value) in elements { self[key] = value }
        }

        public init(_ elements: some Sequence<(String, JSON)>) {
            for (key, value) in elements { self[key] = value }
        }

        public var count: Int { entries.count }
        public var keys: [String] { entries.map(\.key) }

        /// The value of `key`; setting a key that is there keeps its place.
        public subscript(key: String) -> JSON? {
            get { places[ByteKey(key)].map { entries[$0].value } }
            set {
                guard let newValue else {
                    entries.removeAll { ByteKey($0.key) == ByteKey(key) }
                    places = Dictionary(uniqueKeysWithValues: entries.indices.map { (ByteKey(entries[$0].key), $0) })
                    return
                }
                if let place = places[ByteKey(key)] {
                    entries[place].value = newValue
                } else {
                    places[ByteKey(key)] = entries.count
                    entries.append((key, newValue))
                }
            }
        }

        public func makeIterator() -> some IteratorProtocol<(key: String, value: JSON)> { entries.makeIterator() }

        /// Same keys in the same order with equal values.
        public static func == (a: Object, b: Object) -> Bool {
            a.entries.elementsEqual(b.entries) { ByteKey($0.key) == ByteKey($1.key) && $0.value == $1.value }
        }
    }

    public static func == (a: JSON, b: JSON) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): ByteKey(a) == ByteKey(b)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(Object(elements)) }
}
