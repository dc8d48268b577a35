import HornetLayers
import HornetSupport
public import HornetTensor

extension Model {
    /// Loss and metrics on `x` and `y`, without training.
    ///
    /// Throws when the data do not fit the model or each other, or the model is not compiled.
    /// [Keras: evaluate](https://keras.io/api/models/model_training_apis/#evaluate-method)
    @discardableResult
    public func evaluate(
        _ x: some ModelData, _ y: some ModelData, batchSize: Int = 32, sampleWeight: Tensor? = nil,
        verbose: Verbosity = .auto
    ) throws -> Logs {
        let compilation = try compiled(for: "evaluate")
        let samples = try paired(x, y, compilation, sampleWeight, nil, batchSize: batchSize, call: "evaluate")
        return try evaluate(samples, compilation, batchSize, verbose)
    }

    /// The same for a model with several inputs or outputs, see ``fit(_:_:epochs:batchSize:validationSplit:validationData:shuffle:sampleWeights:classWeight:verbose:callbacks:initialEpoch:)``.
    @discardableResult
    public func evaluate(
        _ x: [any ModelData], _ y: [any ModelData], batchSize: Int = 32, sampleWeights: [Tensor?] = [],
        verbose: Verbosity = .auto
    ) throws -> Logs {
        let compilation = try compiled(for: "evaluate")
        let samples = try grouped(x, y, compilation, sampleWeights, nil, batchSize: batchSize, call: "evaluate")
        return try evaluate(samples, compilation, batchSize, verbose)
    }

    private func evaluate(
        _ samples: some Samples, _ compilation: Compilation, _ batchSize: Int, _ verbose: Verbosity
    ) throws -> Logs {
        let stepCount = (samples.count + batchSize - 1) / batchSize
        var bar = ProgressBar(target: stepCount, verbosity: verbose)
        let logs = try measure(samples, batchSize, compilation) { steps, figures in
            if bar.isDue(after: steps) { bar.draw(after: steps, figures.logs) }
        }
        bar.draw(after: stepCount, logs, isFinal: true)
        return logs
    }

    /// The model's output for each sample of `x`, dropout off; shape `[samples, …]`.
    ///
    /// Throws when the shape of `x` does not fit the model. The default batch is larger than Keras' 32: it changes
    /// the speed, not the answers.
    /// [Keras: predict](https://keras.io/api/models/model_training_apis/#predict-method)
    public func predict(_ x: some ModelData, batchSize: Int = 256, verbose: Verbosity = .silent) throws -> Tensor {
        guard batchSize > 0 else {
            throw HornetError(.configuration, at: "predict", "the batch size \(batchSize) is not positive")
        }
        try checkHasOneOutput()
        try build(for: x)
        let count = x.sampleCount
        guard count > 0 else { return emptyOutput(0) }
        if count <= batchSize && verbose == .silent { return try forward(x.batch(0..<count), .inference()).tensor }
        let stepCount = (count + batchSize - 1) / batchSize
        var bar = ProgressBar(target: stepCount, verbosity: verbose)
        let plan = plan.prepared(forInputs: x.sampleShape.reduce(count, *))
        var parts: [Tensor] = []
        for start in stride(from: 0, to: count, by: batchSize) {
            let batch = x.batch(start..<min(start + batchSize, count))
            parts.append(try plan.forward(batch, .inference()).tensor)
            if bar.isDue(after: parts.count) { bar.draw(after: parts.count, Logs()) }
        }
        if verbose != .silent { bar.draw(after: stepCount, Logs(), isFinal: true) }
        return parts.count == 1 ? parts[0] : Tensor.concatenated(parts)
    }

    /// The outputs of a model with several inputs or outputs for each sample, in their order.
    public func predict(
        _ x: [any ModelData], batchSize: Int = 256, verbose: Verbosity = .silent
    ) throws -> [Tensor] {
        guard batchSize > 0 else {
            throw HornetError(.configuration, at: "predict", "the batch size \(batchSize) is not positive")
        }
        try checkCount(ofInputs: x, call: "predict")
        try build(for: x)
        try Model.checkCounts(zip(inputNames, x).map { ("the input \($0)", $1) }, call: "predict")
        let count = x[0].sampleCount
        guard count > 0 else { return outputShapes.indices.map(emptyOutput) }
        let stepCount = (count + batchSize - 1) / batchSize
        var bar = ProgressBar(target: stepCount, verbosity: verbose)
        let sampleSize = x.reduce(0) { $0 + $1.sampleShape.reduce(1, *) }
        let plan = stepCount > 1 ? plan.prepared(forInputs: sampleSize * count) : plan
        var parts: [[Tensor]] = []
        for start in stride(from: 0, to: count, by: batchSize) {
            let rows = start..<min(start + batchSize, count)
            parts.append(try plan.forward(x.map { $0.batch(rows) }, .inference()).map { $0.value!.tensor })
            if bar.isDue(after: parts.count) { bar.draw(after: parts.count, Logs()) }
        }
        if verbose != .silent { bar.draw(after: stepCount, Logs(), isFinal: true) }
        return parts.count == 1 ? parts[0] : parts[0].indices.map { output in Tensor.concatenated(parts.map { $0[output] }) }
    }

    /// An output for no samples.
    private func emptyOutput(_ number: Int) -> Tensor {
        Tensor.zeros([0] + outputShapes[number].sizes.dropFirst().map { $0 ?? 0 })
    }
}
