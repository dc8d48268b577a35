import HornetSupport

/// Texts as vectorizers take them: an array of strings, a table's column, or a type of your own that can be read in place
/// (``UTF8Texts``).
public protocol TextCollection {
    /// Hands the texts to `body`. Throws when they are no text.
    func withTexts<R>(_ body: (any UTF8Texts) throws -> R) throws -> R
}

extension TextCollection where Self: UTF8Texts {
    public func withTexts<R>(_ body: (any UTF8Texts) throws -> R) throws -> R {
        try checkUTF8()
        return try body(self)
    }
}

extension Column: TextCollection {
    public func withTexts<R>(_ body: (any UTF8Texts) throws -> R) throws -> R { try body(self) }
}

extension Array: TextCollection where Element == String {
    public func withTexts<R>(_ body: (any UTF8Texts) throws -> R) throws -> R {
        try withUnsafeBufferPointer { try body(StringTexts(strings: $0)) }
    }
}

extension ArraySlice: TextCollection where Element == String {
    public func withTexts<R>(_ body: (any UTF8Texts) throws -> R) throws -> R {
        try withUnsafeBufferPointer { try body(StringTexts(strings: $0)) }
    }
}
