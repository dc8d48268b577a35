import HornetTextPrep

/// What the tokenizer makes of the texts.
struct LintEncoding {
    let tokenizer: Tokenizer
    let maxLength: Int?
    let padding: SequenceEnd
    let truncating: SequenceEnd
    /// How many words each text has, and how many of them have an id of their own.
    let wordCounts: [Int]
    let knownCounts: [Int]
    /// How many ids each text has: those of unknown words too, where the tokenizer has one for them.
    let idCounts: [Int]

    init(_ data: LintData, _ tokenizer: Tokenizer, maxLength: Int?, padding: SequenceEnd, truncating: SequenceEnd) {
        self.tokenizer = tokenizer
        self.maxLength = maxLength
        self.padding = padding
        self.truncating = truncating
        wordCounts = data.words.map(\.count)
        let (sequences, unknown) = (tokenizer.textsToSequences(data.texts), tokenizer.oovID)
        idCounts = sequences.map(\.count)
        knownCounts = unknown == 0 ? idCounts : sequences.map { $0.count { $0 != unknown } }
    }
}
