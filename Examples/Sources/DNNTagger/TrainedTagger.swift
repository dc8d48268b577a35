import Hornet

/// A trained network with the words and tags that it knows.
struct TrainedTagger {
    let model: Sequential
    let tokenizer: Tokenizer
    let binarizer: MultiLabelBinarizer
    /// Words of a text that the network reads.
    let length: Int
    let threshold: Float

    /// The probability of every tag: a row for each text.
    func probabilities(of texts: [String]) throws -> Tensor {
        try model.predict(padSequences(tokenizer.textsToSequences(texts), maxLength: length))
    }

    /// All of it in one value that can be saved and that tags texts.
    var tagger: Tagger {
        Tagger(tokenizer: tokenizer, model: model, labels: binarizer, maxLength: length, threshold: threshold)
    }
}
