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
        let samples = try paired(x, y, compilation, sampleWeight, classWeight, negativeShare, batchSize: batchSize, call: "fit")
        let schedule = FitSchedule(
            epochs: epochs, initialEpoch: initialEpoch, batchSize: batchSize,
            validationSplit: validationData == nil ? validationSplit : 0, shuffle: shuffle, verbose: verbose,
            callbacks: callbacks)
        var validation: (any Samples)?
        if let (x, y) = validationData {
            validation = try paired(x, y, compilation, validationWeight, nil, 1, batchSize: batchSize, call: "validationData")
        }
        return try fit(samples, validation, compilation, schedule)
    }

    /// The same for a model with several inputs or outputs: arrays in their order, axis 0 of all of them counting the samples.
    ///
    /// - Parameters:
    ///   - y: The targets of each output; those of an output without a loss may be left out when no output without one has
    ///     metrics.
    ///   - sampleWeights: Factors of the losses: for each output one a sample or one a label, or `nil`; or those that hold
    ///     for all outputs.
    ///   - classWeight: For a model with one output alone, as in Keras.
    /// - Throws: ``HornetError`` also when there are too many arrays or too few.
    ///
    /// The figures are called as in Keras, see ``compile(optimizer:losses:lossWeights:metrics:weightedMetrics:)``.
    @discardableResult
    public func fit(
        _ x: [any ModelData], _ y: [any ModelData], epochs: Int = 1, batchSize: Int = 32,
        validationSplit: Double = 0, validationData: (x: [any ModelData], y: [any ModelData])? = nil,
        validationWeights: [Tensor?] = [], shuffle: Bool = true, sampleWeights: [Tensor?] = [],
        classWeight: [Int: Float]? = nil, negativeShare: Double = 1, verbose: Verbosity = .auto,
        callbacks: [Callback] = [], initialEpoch: Int = 0
    ) throws -> History {
        let compilation = try compiled(for: "fit")
        let samples = try grouped(x, y, compilation, sampleWeights, classWeight, negativeShare, batchSize: batchSize, call: "fit")
        let schedule = FitSchedule(
            epochs: epochs, initialEpoch: initialEpoch, batchSize: batchSize,
            validationSplit: validationData == nil ? validationSplit : 0, shuffle: shuffle, verbose: verbose,
            callbacks: callbacks)
        let validation = try validationData.map {
            try grouped($0.x, $0.y, compilation, validationWeights, nil, 1, batchSize: batchSize, call: "validationData")
        }
        return try fit(samples, validation, compilation, schedule)
    }

    /// How `fit` goes through its samples.
    private struct FitSchedule {
        let epochs: Int
        let initialEpoch: Int
        let batchSize: Int
        let validationSplit: Double
        let shuffle: Bool
        let verbose: Verbosity
        let callbacks: [Callback]
    }

    private func fit(
        _ samples: some Samples, _ validation: (any Samples)?, _ compilation: Compilation, _ schedule: FitSchedule
    ) throws -> History {
        let (batchSize, callbacks, verbose) = (schedule.batchSize, schedule.callbacks, schedule.verbose)
        let split = try Model.split(samples.count, schedule.validationSplit)
        let step = TrainingStep(self, compilation)
        let orders = RandomSource(seed: seed).stream(-1)
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

        for epoch in stride(from: schedule.initialEpoch, to: schedule.epochs, by: 1) {
            for callback in callbacks { try callback.onEpochBegin(epoch) }
            if schedule.epochs > 1 && verbose != .silent { Console.print("Epoch \(epoch + 1)/\(schedule.epochs)") }
            var bar = ProgressBar(target: stepCount, verbosity: verbose)
            var figures = RunningFigures(compilation)
            var shuffler = orders.stream(epoch)
            let order = schedule.shuffle ? shuffler.permutation(split) : Array(0..<split)
            let epochDropout = dropout.stream(epoch)
            let epochDraws = negativeDraws.stream(epoch)

            for batch in 0..<stepCount {
                for callback in callbacks { try callback.onTrainBatchBegin(batch) }
                let rows = order[batch * batchSize..<min((batch + 1) * batchSize, split)]
                let random = StepRandom(dropout: epochDropout.stream(batch), negatives: epochDraws.stream(batch))
                try samples.train(rows, step, random: random, &figures)
                if wantsBatchLogs {
                    let logs = figures.logs
                    for callback in callbacks { try callback.onTrainBatchEnd(batch, logs) }
                }
                if bar.isDue(after: batch + 1) { bar.draw(after: batch + 1, figures.logs) }
                if stopTraining { break }
            }

            var logs = figures.logs
            if let validation {
                logs.merge(try measure(validation, batchSize, compilation).asValidation)
            } else if split < samples.count {
                let rows = Array(split..<samples.count)
                logs.merge(try measure(samples, batchSize, compilation, rows: rows).asValidation)
            }
            bar.draw(after: stepCount, logs, isFinal: true)
            for callback in callbacks { try callback.onEpochEnd(epoch, &logs) }
            history.append(epoch: epoch, logs)
            if stopTraining { break }
        }
        for callback in callbacks { try callback.onTrainEnd() }
        return history
    }

    /// Losses and metrics over the samples at `rows` (all of them by default), without training.
    func measure(
        _ samples: some Samples, _ batchSize: Int, _ compilation: Compilation, rows: [Int]? = nil,
        progress: ((_ steps: Int, RunningFigures) -> Void)? = nil
    ) throws -> Logs {
        let rows = rows ?? Array(0..<samples.count)
        let step = TrainingStep(self, compilation)
        var figures = RunningFigures(compilation)
        for start in stride(from: 0, to: rows.count, by: batchSize) {
            try samples.test(rows[start..<min(start + batchSize, rows.count)], step, &figures)
            progress?(start / batchSize + 1, figures)
        }
        return figures.logs
    }
}
