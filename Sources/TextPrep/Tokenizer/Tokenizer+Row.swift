extension Tokenizer {
    /// One text as a fixed number of ids, written to `row`: what `padSequences(textsToSequences([text]), …)` gives for
    /// that length, without arrays in between.
    package func encode(
        _ text: String, into row: UnsafeMutableBufferPointer<Int32>, padding: SequenceEnd = .pre,
        truncating: SequenceEnd = .pre, value: Int32 = 0, using memory: inout EncodingMemory
    ) {
        memory.removeAll()
        var text = text
        text.withUTF8 { memory.append($0, splitter, encoder) }
        pad(memory.ids, into: row, padding, truncating, value)
    }
}
