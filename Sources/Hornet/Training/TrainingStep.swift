import HornetLayers
import HornetMetrics
import HornetOptimizers
import HornetSupport
import HornetTensor

/// What one batch goes through: forward, loss, backward, update.
struct TrainingStep {
    private let model: Model
    private let optimizer: Optimizer
    private let loss: Loss
    /// The loss before the last activation, and that activation, when the loss can see through it.
    private let onLogits: (loss: Loss, activation: ActivationFunction)?
    private let tape = Tape()

    init(_ model: Model, _ compilation: Model.Compilation) {
        self.model = model
        optimizer = compilation.optimizer
        loss = compilation.loss
        if let activation = model.plan.outputActivation, let logitsLoss = loss.onLogits(of: activation) {
            onLogits = (logitsLoss, activation)
        } else {
            onLogits = nil
        }
    }

    /// One update of the weights. The prediction is made only if somebody wants it.
    func train(
        _ x: Value, _ y: Value, weights: Tensor?, random: RandomSource, wantsPrediction: Bool
    ) throws -> (loss: Float, prediction: Tensor?) {
        try flushingDenormals {
            tape.reset()
            let pass = Pass(tape: tape, isTraining: true, random: random)
            let (value, prediction) = try lossAndPrediction(x, y, weights, pass, wantsPrediction)
            let result = value.tensor.scalar
            if value.isRecorded {
                tape.backward(from: value)
                let gradients = model.weights.compactMap { weight in
                    tape.gradient(of: weight).map { (parameter: weight, gradient: $0) }
                }
                // Nothing may hold the weights while they are changed in place.
                tape.reset()
                try optimizer.apply(gradients)
            }
            return (result, prediction)
        }
    }

    /// Loss and prediction without training.
    func test(_ x: Value, _ y: Value, weights: Tensor?) throws -> (loss: Float, prediction: Tensor) {
        let (value, prediction) = try lossAndPrediction(x, y, weights, .inference(), true)
        return (value.tensor.scalar, prediction!)
    }

    private func lossAndPrediction(
        _ x: Value, _ y: Value, _ weights: Tensor?, _ pass: Pass, _ wantsPrediction: Bool
    ) throws -> (loss: Value, prediction: Tensor?) {
        if let onLogits, let logits = try model.plan.logits(x, pass) {
            let value = try onLogits.loss.reduced(y, logits, weights: weights)
            return (value, wantsPrediction ? onLogits.activation(logits.detached).tensor : nil)
        }
        let prediction = try model.forward(x, pass)
        return (try loss.reduced(y, prediction, weights: weights), wantsPrediction ? prediction.tensor : nil)
    }
}

/// The running figures of an epoch or of an evaluation: the loss, weighted by the size of each batch, and the metrics.
struct RunningFigures {
    private let metrics: [Metric]
    private let weightedMetrics: [Metric]
    private var lossSum = 0.0
    private var sampleCount = 0

    init(_ compilation: Model.Compilation) {
        metrics = compilation.metrics
        weightedMetrics = compilation.weightedMetrics
        for metric in metrics + weightedMetrics { metric.reset() }
    }

    var wantsPrediction: Bool { !metrics.isEmpty || !weightedMetrics.isEmpty }

    mutating func add(loss: Float, prediction: Tensor?, target: Value, weights: Tensor?, samples: Int) {
        lossSum += Double(loss) * Double(samples)
        sampleCount += samples
        guard wantsPrediction, let prediction else { return }
        let target = target.asFloats
        for metric in metrics { metric.update(target: target, prediction: prediction) }
        for metric in weightedMetrics {
            metric.update(target: target, prediction: prediction, sampleWeight: weights)
        }
    }

    /// The figures so far, sorted by name.
    var logs: Logs {
        var logs = Logs([("loss", sampleCount == 0 ? 0 : lossSum / Double(sampleCount))])
        for metric in metrics + weightedMetrics { logs[metric.name] = metric.result }
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
