import HornetMetrics
import HornetTensor

/// The running figures of an epoch or of an evaluation: the losses, weighted by the size of each batch, and the metrics.
struct RunningFigures {
    private let outputs: [Model.Compilation.Output]
    private let names: FigureNames
    let wantsPrediction: Bool
    private var lossSum = 0.0
    private var outputLossSums: [Double]
    private var sampleCount = 0

    init(_ compilation: Model.Compilation) {
        outputs = compilation.outputs
        names = compilation.names
        outputLossSums = Array(repeating: 0, count: outputs.count)
        let metrics = compilation.allMetrics
        wantsPrediction = !metrics.isEmpty
        for metric in metrics { metric.reset() }
    }

    /// A batch of a model with one input and one output.
    mutating func add(loss: Float, prediction: Tensor?, target: Value, weights: Tensor?, samples: Int) {
        lossSum += Double(loss) * Double(samples)
        sampleCount += samples
        if wantsPrediction, let prediction { measure(0, prediction, target, weights) }
    }

    mutating func add(
        loss: Float, _ results: [TrainingStep.OutputResult], targets: [Value?], weights: [Tensor?], samples: Int
    ) {
        lossSum += Double(loss) * Double(samples)
        sampleCount += samples
        for (number, result) in results.enumerated() {
            outputLossSums[number] += Double(result.loss ?? 0) * Double(samples)
            if let prediction = result.prediction, let target = targets[number] {
                measure(number, prediction, target, weights[number])
            }
        }
    }

    private func measure(_ number: Int, _ prediction: Tensor, _ target: Value, _ weights: Tensor?) {
        let output = outputs[number]
        guard !output.metrics.isEmpty || !output.weightedMetrics.isEmpty else { return }
        let target = target.asFloats
        for metric in output.metrics { metric.update(target: target, prediction: prediction) }
        for metric in output.weightedMetrics {
            metric.update(target: target, prediction: prediction, sampleWeight: weights)
        }
    }

    /// The figures so far, sorted by name.
    var logs: Logs {
        func mean(_ sum: Double) -> Double { sampleCount == 0 ? 0 : sum / Double(sampleCount) }
        var logs = Logs([("loss", mean(lossSum))])
        for (number, output) in outputs.enumerated() {
            if let name = names.losses[number] { logs[name] = mean(outputLossSums[number]) }
            for (name, metric) in zip(names.metrics[number], output.metrics) { logs[name] = metric.result }
            for (name, metric) in zip(names.weightedMetrics[number], output.weightedMetrics) { logs[name] = metric.result }
        }
        return logs.sorted
    }
}

extension Value {
    /// Targets as metrics take them: class numbers become floats.
    fileprivate var asFloats: Tensor {
        if case .indices(let ids) = content { return Tensor(ids.ids.map(Float.init), shape: ids.shape) }
        return tensor
    }
}
