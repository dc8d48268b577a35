#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A string as a dictionary key or in a sort, compared by its UTF-8 bytes as Python compares: `String` itself holds
/// "é" and "e\u{301}" for equal.
package struct ByteKey: Hashable, Comparable, Sendable {
    package private(set) var string: String

    package init(_ string: String) {
        self.string = string
        self.string.makeContiguousUTF8()
    }

    package static func == (a: ByteKey, b: ByteKey) -> Bool {
        a.withBytes { a in b.withBytes { b in a.count == b.count && compare(a, b) == 0 } }
    }

    package static func < (a: ByteKey, b: ByteKey) -> Bool {
        a.withBytes { a in
            b.withBytes { b in
                let order = compare(a, b)
                return order < 0 || order == 0 && a.count < b.count
            }
        }
    }

    package func hash(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    private func withBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        string.utf8.withContiguousStorageIfAvailable(body)!
    }

    /// The order of the common beginnings.
    private static func compare(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int32 {
        guard let first = a.baseAddress, let second = b.baseAddress else { return 0 }
        return memcmp(first, second, min(a.count, b.count))
    }
}
