import HornetLayers
import HornetTensor

/// What `fit` and `evaluate` go through, batch by batch: samples with their targets and the weights of their losses.
protocol Samples {
    var count: Int { get }
    /// One update of the weights on the samples at `rows`.
    func train(
        _ rows: ArraySlice<Int>, _ step: TrainingStep, random: RandomSource, _ figures: inout RunningFigures) throws
    /// Their figures, without training.
    func test(_ rows: ArraySlice<Int>, _ step: TrainingStep, _ figures: inout RunningFigures) throws
}

/// For a model with one input and one output: no array is made for a batch.
struct PairedSamples<X: ModelData, Y: ModelData>: Samples {
    let x: X
    let y: Y
    let loss: Loss
    let weights: LossWeights
    var count: Int { x.sampleCount }

    func train(
        _ rows: ArraySlice<Int>, _ step: TrainingStep, random: RandomSource, _ figures: inout RunningFigures
    ) throws {
        let target = y.batch(rows)
        let lossWeights = weights.weights(of: rows, target, for: loss)
        let result = try step.train(
            x.batch(rows), target, weights: lossWeights, random: random, wantsPrediction: figures.wantsPrediction)
        figures.add(
            loss: result.loss, prediction: result.prediction, target: target, weights: lossWeights, samples: rows.count)
    }

    func test(_ rows: ArraySlice<Int>, _ step: TrainingStep, _ figures: inout RunningFigures) throws {
        let target = y.batch(rows)
        let lossWeights = weights.weights(of: rows, target, for: loss)
        let result = try step.test(x.batch(rows), target, weights: lossWeights)
        figures.add(
            loss: result.loss, prediction: result.prediction, target: target, weights: lossWeights, samples: rows.count)
    }
}

/// For a model with any number of inputs and outputs.
struct GroupedSamples: Samples {
    let x: [any ModelData]
    /// One for each output; `nil` where nothing is compared.
    let y: [(any ModelData)?]
    let losses: [Loss?]
    let weights: [LossWeights]
    var count: Int { x[0].sampleCount }

    private func batch(_ rows: ArraySlice<Int>) -> (x: [Value], y: [Value?], weights: [Tensor?]) {
        let targets = y.map { $0?.batch(rows) }
        let lossWeights = targets.indices.map { number in
            targets[number].flatMap { weights[number].weights(of: rows, $0, for: losses[number]) }
        }
        return (x.map { $0.batch(rows) }, targets, lossWeights)
    }

    func train(
        _ rows: ArraySlice<Int>, _ step: TrainingStep, random: RandomSource, _ figures: inout RunningFigures
    ) throws {
        let batch = batch(rows)
        let result = try step.train(
            batch.x, batch.y, weights: batch.weights, random: random, wantsPredictions: figures.wantsPrediction)
        figures.add(loss: result.loss, result.outputs, targets: batch.y, weights: batch.weights, samples: rows.count)
    }

    func test(_ rows: ArraySlice<Int>, _ step: TrainingStep, _ figures: inout RunningFigures) throws {
        let batch = batch(rows)
        let result = try step.test(batch.x, batch.y, weights: batch.weights)
        figures.add(loss: result.loss, result.outputs, targets: batch.y, weights: batch.weights, samples: rows.count)
    }
}
