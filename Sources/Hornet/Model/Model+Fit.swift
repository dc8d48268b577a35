import HornetSupport
import HornetLayers
public import HornetTensor

extension Model {
    /// Trains the model on `x` and `y`, samples along axis 0.
    ///
    /// - Parameters:
    ///   - epochs: The epoch to train to, counted from 1. Default 1.
    ///   - batchSize: Samples an update; the last batch of an epoch may be smaller. Default 32.
    ///   - validationSplit: The share of samples kept for validation: the last ones, before any shuffle.
    ///   - validationData: Samples for validation; goes before `validationSplit`.
    ///   - validationWeight: Factors of the losses of `validationData`, in the forms of `sampleWeight`.
    ///   - shuffle: Whether each epoch takes the samples in an order of its own. Default true.
    ///   - sampleWeight: Factors of the losses: one a sample, or one a label of each sample.
    ///   - classWeight: Factors by class. With several labels a sample, a label's factor counts where the sample
    ///     has that label, for the loss of that label alone (Keras weighs the whole sample by its first label, and one
    ///     without labels as class 0). Not used in validation.
    ///   - negativeShare: The share of labels that a sample does not have which count in training, drawn anew for each
    ///     batch and weighted by the inverse of the share: the expected loss is the same. Not used in validation and in
    ///     `weightedMetrics`. Default 1, all.
    ///   - verbose: 0 silent, 1 a progress bar, 2 one line an epoch; by default a bar on a terminal, else lines.
    ///   - initialEpoch: The epoch to begin with, to go on with an earlier run: the order of samples and the
    ///     dropout of an epoch depend on the seed and its number alone.
    /// - Returns: What was measured after each epoch.
    /// - Throws: ``HornetError`` when the data do not fit the model or each other, hold a NaN, or are empty.
    ///
    /// `loss` is the mean of the batches' losses weighted by their sizes, as in Keras.
    /// [Keras: fit](https://keras.io/api/models/model_training_apis/#fit-method)
    @discardableResult
    public func fit(
        _ x: some ModelData, _ y: some ModelData, epochs: Int = 1, batchSize: Int = 32,
        validationSplit: Double = 0, validationData: (x: any ModelData, y: any ModelData)? = nil,
        validationWeight: Tensor? = nil, shuffle: Bool = true, sampleWeight: Tensor? = nil,
        classWeight: [Int: Float]? = nil, negativeShare: Double = 1, verbose: Verbosity = .auto,
        callbacks: [Callback] = [], initialEpoch: Int = 0
    ) throws -> History {
        let compilation = try compiled(for: "fit")
        try Model.check(x, y, batchSize: batchSize, call: "fit")
        let split = try Model.split(x.sampleCount, validationData == nil ? validationSplit : 0)
        try build(for: x)
        try checkOutputs(y, compilation.loss, call: "fit")
        let weights = try LossWeights(
            sampleWeight: sampleWeight, classWeight: classWeight, sampleCount: x.sampleCount,
            outputs: outputCount)
        let negatives = try NegativeSampling(share: negativeShare)
        var validationWeights = weights.inValidation
        if let validationData {
            try Model.check(validationData.x, validationData.y, batchSize: batchSize, call: "validationData")
            try build(for: validationData.x)
            validationWeights = try LossWeights(
                sampleWeight: validationWeight, classWeight: nil, sampleCount: validationData.x.sampleCount,
                outputs: outputCount)
        }

        let step = TrainingStep(self, compilation)
        let order = RandomSource(seed: seed).stream(-1)
        let dropout = RandomSource(seed: seed).stream(-2)
        let negativeDraws = RandomSource(seed: seed).stream(-3)
        let stepCount = (split + batchSize - 1) / batchSize
        var history = History()

        stopTraining = false
        for callback in callbacks {
            callback.model = self
            try callback.onTrainBegin()
        }
        let wantsBatchLogs = callbacks.contains(where: \.wantsBatchLogs)

        for epoch in stride(from: initialEpoch, to: epochs, by: 1) {
            for callback in callbacks { try callback.onEpochBegin(epoch) }
            if epochs > 1 && verbose != .silent { Console.print("Epoch \(epoch + 1)/\(epochs)") }
            var bar = ProgressBar(target: stepCount, verbosity: verbose)
            var figures = RunningFigures(compilation)
            var shuffler = order.stream(epoch)
            let samples = shuffle ? shuffler.permutation(split) : Array(0..<split)
            let epochDropout = dropout.stream(epoch)
            let epochDraws = negativeDraws.stream(epoch)

            for batch in 0..<stepCount {
                for callback in callbacks { try callback.onTrainBatchBegin(batch) }
                let rows = samples[batch * batchSize..<min((batch + 1) * batchSize, split)]
                let target = y.targets(rows)
                let lossWeights = weights.weights(of: rows, target, for: compilation.loss)
                let drawnWeights = try negatives.drawn(
                    lossWeights, target, for: compilation.loss, random: epochDraws.stream(batch))
                let result = try step.train(
                    x.batch(rows), target, weights: drawnWeights, random: epochDropout.stream(batch),
                    wantsPrediction: figures.wantsPrediction)
                figures.add(
                    loss: result.loss, prediction: result.prediction, target: target, weights: lossWeights,
                    samples: rows.count)
                if wantsBatchLogs {
                    let logs = figures.logs
                    for callback in callbacks { try callback.onTrainBatchEnd(batch, logs) }
                }
                if bar.isDue(after: batch + 1) { bar.draw(after: batch + 1, figures.logs) }
                if stopTraining { break }
            }

            var logs = figures.logs
            if let validationData {
                let (x, y) = validationData
                logs.merge(try measure(x, y, validationWeights, batchSize, compilation).asValidation)
            } else if split < x.sampleCount {
                let rows = Array(split..<x.sampleCount)
                logs.merge(try measure(x, y, validationWeights, batchSize, compilation, rows: rows).asValidation)
            }
            bar.draw(after: stepCount, logs, isFinal: true)
            for callback in callbacks { try callback.onEpochEnd(epoch, &logs) }
            history.append(epoch: epoch, logs)
            if stopTraining { break }
        }
        for callback in callbacks { try callback.onTrainEnd() }
        return history
    }

    /// Loss and metrics over the samples at `rows` (all of them by default), without training.
    func measure(
        _ x: any ModelData, _ y: any ModelData, _ weights: LossWeights?, _ batchSize: Int,
        _ compilation: Compilation, rows: [Int]? = nil, progress: ((_ steps: Int, RunningFigures) -> Void)? = nil
    ) throws -> Logs {
        let rows = rows ?? Array(0..<x.sampleCount)
        let step = TrainingStep(self, compilation)
        var figures = RunningFigures(compilation)
        for start in stride(from: 0, to: rows.count, by: batchSize) {
            let batch = rows[start..<min(start + batchSize, rows.count)]
            let target = y.targets(batch)
            let lossWeights = weights?.weights(of: batch, target, for: compilation.loss)
            let result = try step.test(x.batch(batch), target, weights: lossWeights)
            figures.add(
                loss: result.loss, prediction: result.prediction, target: target, weights: lossWeights,
                samples: batch.count)
            progress?(start / batchSize + 1, figures)
        }
        return figures.logs
    }
}
