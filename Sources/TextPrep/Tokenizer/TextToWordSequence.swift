import HornetSupport

/// The words of a text, as Keras' `text_to_word_sequence`: lower case, filtered characters become `split`, cut at
/// `split`, no empty words. See ``Tokenizer`` for the details.
public func textToWordSequence(
    _ text: String, filters: String = Tokenizer.defaultFilters, lower: Bool = true, split: String = " "
) -> [String] {
    var words: [String] = []
    forEachWord(of: text, filters, lower, split) { words.append(String(decoding: $0, as: UTF8.self)) }
    return words
}

/// Keras' `hashing_trick`: each word becomes an id from 1 to `n - 1`, by its hash and without a vocabulary, so that
/// different words may share one.
///
/// - Parameters:
///   - n: one more than the largest id; at least 2.
///   - hash: hashes a word's UTF-8 bytes. `nil` means MD5, Keras' `hash_function="md5"`, which is equal from run to
///     run; Keras' own default, Python's `hash`, is not.
public func hashingTrick(
    _ text: String, n: Int, hash: ((UnsafeBufferPointer<UInt8>) -> UInt128)? = nil,
    filters: String = Tokenizer.defaultFilters, lower: Bool = true, split: String = " "
) -> [Int32] {
    require(n >= 2 && n <= Int(Int32.max), "hashingTrick", "n is \(n)")
    let hash = hash ?? md5
    var ids: [Int32] = []
    forEachWord(of: text, filters, lower, split) { ids.append(Int32(hash($0) % UInt128(n - 1)) + 1) }
    return ids
}

/// Keras' `one_hot`, which is ``hashingTrick(_:n:hash:filters:lower:split:)`` under another name: it gives ids, not
/// vectors.
public func oneHot(
    _ text: String, n: Int, filters: String = Tokenizer.defaultFilters, lower: Bool = true, split: String = " "
) -> [Int32] {
    hashingTrick(text, n: n, filters: filters, lower: lower, split: split)
}

private func forEachWord(
    of text: String, _ filters: String, _ lower: Bool, _ split: String, _ body: (UnsafeBufferPointer<UInt8>) -> Void
) {
    require(!split.isEmpty, "textToWordSequence", "the split string is empty")
    let splitter = WordSplitter(filters: filters, lower: lower, split: split)
    var workspace = SplitWorkspace()
    var text = text
    text.withUTF8 { text in
        splitter.forEachBatch(in: text, &workspace) { batch in
            for index in 0..<batch.count { body(batch[index]) }
        }
    }
}
