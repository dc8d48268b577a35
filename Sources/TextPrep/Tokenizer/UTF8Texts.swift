import HornetSupport

/// Texts that can be read as UTF-8 in place, so that no `String` is made of them: a ``Column`` of a table, a file in
/// memory.
public protocol UTF8Texts {
    /// The number of texts.
    var count: Int { get }
    /// Hands the bytes of the text at `position` to `body`.
    func withUTF8<R, E: Error>(
        at position: Int, _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R
    ) throws(E) -> R
}

extension Column: UTF8Texts {}

extension UTF8Texts {
    /// Throws when a text is not valid UTF-8.
    func checkUTF8() throws {
        for position in 0..<count {
            let offset = withUTF8(at: position) { firstInvalidUTF8(in: UnsafeRawBufferPointer($0)) }
            guard let offset else { continue }
            throw HornetError(
                .data, at: "text \(position), byte \(offset)", "the text is not UTF-8",
                remedy: "Convert it to UTF-8 first")
        }
    }
}
