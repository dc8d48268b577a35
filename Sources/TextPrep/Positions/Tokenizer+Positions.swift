/// A word of a text: where it stands there, and what the tokenizer makes of it.
public struct TokenPlace: Sendable, Equatable {
    /// The bytes of the text (UTF-8) that the word was made of.
    public let bytes: Range<Int>
    /// As the tokenizer counts it: in lower case, without filtered characters.
    public let word: String
    /// The word's id, or that of the tokenizer's `oovToken`; `nil` when the word is left out.
    public let id: Int32?
}

extension Tokenizer {
    /// The words of a text with their places. Those with an id are, in this order, ``textToSequence(_:)``.
    ///
    /// ```swift
    /// for token in tokenizer.places(in: text) { print(token.bytes, token.word, token.id ?? 0) }
    /// ```
    /// Slower than encoding a text: for looking at one, not at thousands.
    public func places(in text: String) -> [TokenPlace] {
        var text = text
        return text.withUTF8 { text in
            splitter.located(in: text).map { word in
                let id = word.bytes.withUnsafeBufferPointer { encoder.id(of: $0) }
                return TokenPlace(
                    bytes: word.range, word: String(decoding: word.bytes, as: UTF8.self), id: id == 0 ? nil : id)
            }
        }
    }
}
