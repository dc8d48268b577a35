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
        try Model.check(x, y, batchSize: batchSize, call: "evaluate")
        try build(for: x)
        try checkOutputs(y, compilation.loss, call: "evaluate")
        let weights = try LossWeights(
            sampleWeight: sampleWeight, classWeight: nil, sampleCount: x.sampleCount,
            outputs: outputCount)
        let stepCount = (x.sampleCount + batchSize - 1) / batchSize
        var bar = ProgressBar(target: stepCount, verbosity: verbose)
        let logs = try measure(x, y, weights, batchSize, compilation) { steps, figures in
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
        try build(for: x)
        let count = x.sampleCount
        guard count > 0 else {
            return Tensor.zeros([0] + outputShape!.sizes.dropFirst().map { $0 ?? 0 })
        }
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
}
