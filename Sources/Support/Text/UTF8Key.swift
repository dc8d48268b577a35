/// A text compared, ordered and hashed by its UTF-8 bytes, as Python compares `str`: "é" as one scalar and as
/// two are different keys, and the order is that of the code points. `String` itself takes canonically
/// equivalent texts for equal.
package struct UTF8Key: Hashable, Comparable, Sendable {
    package let text: String

    @inlinable
    package init(_ text: String) { self.text = text }

    package static func == (a: UTF8Key, b: UTF8Key) -> Bool {
        a.text.utf8.count == b.text.utf8.count && a.text.utf8.elementsEqual(b.text.utf8)
    }

    package static func < (a: UTF8Key, b: UTF8Key) -> Bool {
        a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        let hashed: Void? = text.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if hashed == nil { Array(text.utf8).withUnsafeBytes { hasher.combine(bytes: $0) } }
    }
}

extension Sequence<String> {
    /// Whether `text` is among the elements, byte for byte.
    package func containsBytes(of text: String) -> Bool {
        contains { UTF8Key($0) == UTF8Key(text) }
    }
}
