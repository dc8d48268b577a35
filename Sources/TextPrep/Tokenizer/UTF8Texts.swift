import HornetSupport

/// Texts that can be read as UTF-8 in place, so that no `String` is made of them: a ``Column`` of a table, a file in
/// memory. Several threads read at once.
public protocol UTF8Texts: Sendable {
    /// The number of texts.
    var count: Int { get }
    /// Hands the bytes of the text at `position` to `body`.
    func withUTF8<R, E: Error>(
        at position: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R
    ) throws(E) -> R
}

extension Column: UTF8Texts {}

/// Strings in memory as texts. `@unchecked`: nobody writes to them meanwhile.
struct StringTexts: UTF8Texts, @unchecked Sendable {
    let strings: UnsafeBufferPointer<String>

    var count: Int { strings.count }

    @inline(__always)
    func withUTF8<R, E: Error>(
        at position: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R
    ) throws(E) -> R {
        var string = strings[position]
        // `String.withUTF8` does not know typed errors.
        return try string.withUTF8 { bytes in Result { () throws(E) in try body(bytes) } }.get()
    }
}

/// Hands `texts` to `body`: all at once where they lie in memory, else many at a time.
func forEachBlock(of texts: some Sequence<String>, _ body: (UnsafeBufferPointer<String>) -> Void) {
    if texts.withContiguousStorageIfAvailable(body) != nil { return }
    let most = 1 << 14
    var block: [String] = []
    for text in texts {
        block.append(text)
        if block.count == most {
            block.withUnsafeBufferPointer(body)
            block.removeAll(keepingCapacity: true)
        }
    }
    if !block.isEmpty { block.withUnsafeBufferPointer(body) }
}

extension UTF8Texts {
    /// Whether there is enough to do for more than one thread.
    var areWorthSharing: Bool {
        var bytes = 0
        for position in 0..<min(count, 64) where bytes < 1 << 15 { withUTF8(at: position) { bytes += $0.count } }
        return count > 1 && bytes >= 1 << 15
    }

    /// Throws when a text is not valid UTF-8.
    func checkUTF8() throws {
        for position in 0..<count {
            let offset = withUTF8(at: position) { text in
                isUTF8(UnsafeRawBufferPointer(text)) ? nil : firstInvalidUTF8(in: UnsafeRawBufferPointer(text))
            }
            guard let offset else { continue }
            throw HornetError(
                .data, at: "text \(position), byte \(offset)", "the text is not UTF-8",
                remedy: "Convert it to UTF-8 first")
        }
    }
}
