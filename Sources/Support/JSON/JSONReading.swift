/// Typed reading with errors that say where: `news.tagger: layers[2].units: expected an integer, got "x"`.
extension JSON {
    /// A place inside a document, and the value there.
    public struct Cursor: Sendable {
        public let value: JSON
        /// The file or text that the document came from.
        public let source: String
        /// From the root: `layers[2].units`.
        public let path: String

        /// The error of a value that is not what it should be.
        public func refuse(_ problem: String) -> HornetError {
            HornetError(.file, at: source, path.isEmpty ? problem : "\(path): \(problem)")
        }

        private func expected(_ what: String) -> HornetError { refuse("expected \(what), got \(value.brief)") }

        /// The value of `key`; throws when this is no object or the key is missing.
        public func member(_ key: String) throws -> Cursor {
            guard let member = try optional(key) else { throw refuse("the key \"\(key)\" is missing") }
            return member
        }

        /// The value of `key`, or `nil` when it is missing or null.
        public func optional(_ key: String) throws -> Cursor? {
            guard case .object(let object) = value else { throw expected("an object") }
            guard let member = object[key], member != .null else { return nil }
            return Cursor(value: member, source: source, path: path.isEmpty ? key : "\(path).\(key)")
        }

        public func array() throws -> [Cursor] {
            guard case .array(let elements) = value else { throw expected("an array") }
            return elements.enumerated().map { Cursor(value: $1, source: source, path: "\(path)[\($0)]") }
        }

        public func object() throws -> Object {
            guard case .object(let object) = value else { throw expected("an object") }
            return object
        }

        public func string() throws -> String {
            guard case .string(let string) = value else { throw expected("a string") }
            return string
        }

        public func int() throws -> Int {
            guard case .integer(let integer) = value else { throw expected("an integer") }
            return integer
        }

        public func bool() throws -> Bool {
            guard case .bool(let bool) = value else { throw expected("true or false") }
            return bool
        }

        public func double() throws -> Double {
            switch value {
            case .integer(let integer): return Double(integer)
            case .number(let number): return number
            default: throw expected("a number")
            }
        }

        /// An integer within `range`; throws on any other.
        public func int(in range: ClosedRange<Int>) throws -> Int {
            let integer = try int()
            guard range.contains(integer) else { throw refuse("\(integer) is not within \(range)") }
            return integer
        }
    }

    /// Begins reading; `source` names the file or text in errors.
    public func cursor(source: String) -> Cursor { Cursor(value: self, source: source, path: "") }

    /// The value as an error message can show it.
    fileprivate var brief: String {
        switch self {
        case .array(let elements): return "an array of \(elements.count)"
        case .object(let object): return "an object of \(object.count)"
        default:
            let text = description
            return text.unicodeScalars.count > 40 ? String(text.prefix(40)) + "…" : text
        }
    }
}
