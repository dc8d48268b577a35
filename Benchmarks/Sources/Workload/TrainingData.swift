public import Hornet

/// A corpus as a network sees it: ids and rows of 0 and 1.
public struct TrainingData: Sendable {
    public let tokenizer: Tokenizer
    public let labels: MultiLabelBinarizer
    /// The first four fifths of the texts to learn from, as `validationSplit: 0.2` leaves them.
    public let x: Indices
    public let y: Tensor
    /// At most 3,000 of the texts for the test.
    public let testX: Indices

    public init(_ corpus: Corpus) {
        var labels = MultiLabelBinarizer()
        let y = labels.fitTransform(corpus.train.tags)
        var tokenizer = Tokenizer(numWords: Network.vocabulary)
        tokenizer.fit(onTexts: corpus.train.texts)
        func ids(_ texts: some Sequence<String>) -> Indices {
            padSequences(tokenizer.textsToSequences(texts), maxLength: Network.length)
        }
        let kept = Int(Double(corpus.train.texts.count) * 0.8)
        x = ids(corpus.train.texts.prefix(kept))
        self.y = y[0..<kept]
        testX = ids(corpus.test.texts.prefix(3_000))
        self.tokenizer = tokenizer
        self.labels = labels
    }
}
