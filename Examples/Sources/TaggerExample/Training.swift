import Hornet

extension TaggerExample {
    /// Learns words, tags and weights from texts with tags.
    func train(on data: TaggedTexts) throws -> Tagger {
        var binarizer = MultiLabelBinarizer()
        let y = binarizer.fitTransform(data.tags)
        var tokenizer = Tokenizer(numWords: model.words)
        tokenizer.fit(onTexts: data.texts)
        let x = padSequences(tokenizer.textsToSequences(data.texts), maxLength: model.length)

        let network = Sequential(layers(tagCount: binarizer.classes.count), seed: training.seed)
        network.compile(
            optimizer: .adam(learningRate: .constant(training.learningRate)), loss: .binaryCrossentropy,
            metrics: [.f1(average: .micro), .accuracy])
        try network.build(inputShape: [nil, model.length])
        if output.level != .quiet { network.summary() }

        // Without texts to watch nothing tells when training goes too far.
        let watches = training.validationSplit > 0 && training.patience > 0
        let stopping = Callback.earlyStopping(
            monitor: "val_loss", patience: training.patience, restoreBestWeights: true)
        try network.fit(
            x, y, epochs: training.epochs, batchSize: training.batchSize, validationSplit: training.validationSplit,
            verbose: output.level == .quiet ? .silent : .auto, callbacks: watches ? [stopping] : [])

        return Tagger(
            tokenizer: tokenizer, model: network, labels: binarizer, maxLength: model.length,
            threshold: output.threshold)
    }
}
