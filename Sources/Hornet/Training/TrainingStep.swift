import HornetLayers
import HornetMetrics
import HornetOptimizers
import HornetSupport
import HornetTensor

/// What one batch goes through: forward, loss, backward, update.
struct TrainingStep {
    private let model: Model
    private let optimizer: Optimizer
    private let heads: [Head]
    private let wantsLogits: [Bool]
    private let tape = Tape()

    /// What is made small at one output.
    private struct Head {
        let loss: Loss?
        let weight: Float?
        /// The loss before the last activation, and that activation, when the loss can see through it.
        let onLogits: (loss: Loss, activation: ActivationFunction)?

        /// The loss's part of the sum of all.
        func weighted(_ loss: Value) -> Value { weight.map { loss * $0 } ?? loss }
    }

    /// What a batch gives at one output.
    struct OutputResult {
        /// Without its weight in the sum; `nil` where there is no loss.
        let loss: Float?
        let prediction: Tensor?
    }

    init(_ model: Model, _ compilation: Model.Compilation) {
        self.model = model
        optimizer = compilation.optimizer
        heads = compilation.outputs.enumerated().map { number, output in
            let activation = model.plan.outputActivation(number)
            let onLogits = activation.flatMap { activation in
                output.loss?.onLogits(of: activation).map { (loss: $0, activation: activation) }
            }
            return Head(loss: output.loss, weight: output.lossWeight, onLogits: onLogits)
        }
        wantsLogits = heads.map { $0.onLogits != nil }
    }

    // MARK: One input, one output

    /// One update of the weights. The prediction is made only if somebody wants it.
    func train(
        _ x: Value, _ y: Value, weights: Tensor?, random: RandomSource, wantsPrediction: Bool
    ) throws -> (loss: Float, prediction: Tensor?) {
        try flushingDenormals {
            tape.reset()
            let pass = Pass(tape: tape, isTraining: true, random: random)
            let (value, prediction) = try lossAndPrediction(x, y, weights, pass, wantsPrediction)
            let result = value.tensor.scalar
            try update(from: value)
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
        let head = heads[0]
        if let onLogits = head.onLogits, let logits = try model.plan.logits(x, pass) {
            let value = try onLogits.loss.reduced(y, logits, weights: weights)
            return (head.weighted(value), wantsPrediction ? onLogits.activation(logits.detached).tensor : nil)
        }
        let prediction = try model.forward(x, pass)
        return (
            head.weighted(try head.loss!.reduced(y, prediction, weights: weights)), wantsPrediction ? prediction.tensor : nil
        )
    }

    // MARK: Any number

    /// One update of the weights. Targets are `nil` where there is no loss and no metric.
    func train(
        _ x: [Value], _ y: [Value?], weights: [Tensor?], random: RandomSource, wantsPredictions: Bool
    ) throws -> (loss: Float, outputs: [OutputResult]) {
        try flushingDenormals {
            tape.reset()
            let pass = Pass(tape: tape, isTraining: true, random: random)
            let (value, outputs) = try lossAndPredictions(x, y, weights, pass, wantsPredictions)
            let result = value.tensor.scalar
            try update(from: value)
            return (result, outputs)
        }
    }

    /// Losses and predictions without training.
    func test(_ x: [Value], _ y: [Value?], weights: [Tensor?]) throws -> (loss: Float, outputs: [OutputResult]) {
        let (value, outputs) = try lossAndPredictions(x, y, weights, .inference(), true)
        return (value.tensor.scalar, outputs)
    }

    private func lossAndPredictions(
        _ x: [Value], _ y: [Value?], _ weights: [Tensor?], _ pass: Pass, _ wantsPredictions: Bool
    ) throws -> (loss: Value, outputs: [OutputResult]) {
        let found = try model.plan.forward(x, pass, wantsLogits: wantsLogits)
        var sum: Value?
        let outputs = try heads.enumerated().map { number, head in
            func prediction() -> Tensor? {
                guard wantsPredictions else { return nil }
                if let logits = found[number].logits { return head.onLogits!.activation(logits.detached).tensor }
                return found[number].value!.tensor
            }
            guard let loss = head.loss else { return OutputResult(loss: nil, prediction: prediction()) }
            let value =
                if let logits = found[number].logits {
                    try head.onLogits!.loss.reduced(y[number]!, logits, weights: weights[number])
                } else { try loss.reduced(y[number]!, found[number].value!, weights: weights[number]) }
            sum = sum.map { $0 + head.weighted(value) } ?? head.weighted(value)
            return OutputResult(loss: value.tensor.scalar, prediction: prediction())
        }
        return (sum!, outputs)
    }

    private func update(from loss: Value) throws {
        guard loss.isRecorded else { return }
        tape.backward(from: loss)
        let gradients = model.weights.compactMap { weight in
            tape.gradient(of: weight).map { (parameter: weight, gradient: $0) }
        }
        // Nothing may hold the weights while they are changed in place.
        tape.reset()
        try optimizer.apply(gradients)
    }
}
