import Hornet

/// Learns words, tags and weights from texts with tags.
func train(
    on data: TaggedTexts, _ options: ModelOptions, _ training: TrainingOptions, _ output: OutputOptions
) throws -> Tagger {
    var binarizer = MultiLabelBinarizer()
    let y = binarizer.fitTransform(data.tags)
    var tokenizer = Tokenizer(numWords: options.words)
    tokenizer.fit(onTexts: data.texts)
    let x = padSequences(tokenizer.textsToSequences(data.texts), maxLength: options.length)

    let model = Sequential(
        [
            Embedding(inputDim: options.words, outputDim: options.embedding),
            GlobalMaxPool1D(),
            Dense(options.hidden, activation: .relu),
            Dropout(options.dropout),
            Dense(binarizer.classes.count, activation: .sigmoid),
        ], seed: training.seed)
    model.compile(
        optimizer: .adam(learningRate: .constant(training.learningRate)), loss: .binaryCrossentropy,
        metrics: [.f1(average: .micro), .accuracy])
    try model.build(inputShape: [nil, options.length])
    if output.level != .quiet { model.summary() }

    // Without texts to watch nothing tells when training goes too far.
    let watches = training.validationSplit > 0 && training.patience > 0
    let stopping = Callback.earlyStopping(
        monitor: "val_loss", patience: training.patience, restoreBestWeights: true)
    try model.fit(
        x, y, epochs: training.epochs, batchSize: training.batchSize, validationSplit: training.validationSplit,
        verbose: output.level == .quiet ? .silent : .auto, callbacks: watches ? [stopping] : [])

    return Tagger(
        tokenizer: tokenizer, model: model, labels: binarizer, maxLength: options.length, threshold: output.threshold)
}
