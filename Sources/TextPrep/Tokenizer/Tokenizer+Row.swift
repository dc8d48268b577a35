extension Tokenizer {
    /// One text as ids of a fixed number, written to `row`: what `padSequences(textsToSequences([text]), …)` gives for
    /// its length, without arrays in between. Allocates nothing once it has run.
    package func encode(
        _ text: String, into row: UnsafeMutableBufferPointer<Int32>, padding: SequenceEnd = .pre,
        truncating: SequenceEnd = .pre, value: Int32 = 0
    ) {
        var workspace = SplitWorkspace()
        var ids = IDBuffer()
        var text = text
        text.withUTF8 { collect($0, &workspace, &ids) }
        pad(ids.ids, into: row, padding, truncating, value)
    }
}
