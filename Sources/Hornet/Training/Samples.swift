import HornetLayers
import HornetTensor

/// Where the draws of one step come from.
struct StepRandom {
    let dropout: RandomSource
    let negatives: RandomSource
}

/// What `fit` and `evaluate` go through, batch by batch: samples with their targets and the weights of their losses.
protocol Samples {
    var count: Int { get }
    /// One update of the weights on the samples at `rows`.
    func train(
        _ rows: ArraySlice<Int>, _ step: TrainingStep, random: StepRandom, _ figures: inout RunningFigures) throws
    /// Their figures, without training.
    func test(_ rows: ArraySlice<Int>, _ step: TrainingStep, _ figures: inout RunningFigures) throws
}

/// For a model with one input and one output: no array is made for a batch.
struct PairedSamples<X: ModelData, Y: ModelData>: Samples {
    let x: X
    let y: Y
    let loss: Loss
    let weights: LossWeights
    let negatives: NegativeSampling
    var count: Int { x.sampleCount }

    func train(
        _ rows: ArraySlice<Int>, _ step: TrainingStep, random: StepRandom, _ figures: inout RunningFigures
    ) throws {
        let target = y.targets(rows)
        let lossWeights = weights.weights(of: rows, target, for: loss)
        let drawnWeights = try negatives.drawn(lossWeights, target, for: loss, random: random.negatives)
        let result = try step.train(
            x.batch(rows), target, weights: drawnWeights, random: random.dropout, wantsPrediction: figures.wantsPrediction)
        figures.add(
            loss: result.loss, prediction: result.prediction, target: target, weights: lossWeights, samples: rows.count)
    }

    func test(_ rows: ArraySlice<Int>, _ step: TrainingStep, _ figures: inout RunningFigures) throws {
        let target = y.targets(rows)
        let lossWeights = weights.inValidation.weights(of: rows, target, for: loss)
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
    let negatives: NegativeSampling
    var count: Int { x[0].sampleCount }

    private func batch(
        _ rows: ArraySlice<Int>, _ weights: [LossWeights]
    ) -> (x: [Value], y: [Value?], weights: [Tensor?]) {
        let targets = y.map { $0?.targets(rows) }
        let lossWeights = targets.indices.map { number in
            targets[number].flatMap { weights[number].weights(of: rows, $0, for: losses[number]) }
        }
        return (x.map { $0.batch(rows) }, targets, lossWeights)
    }

    func train(
        _ rows: ArraySlice<Int>, _ step: TrainingStep, random: StepRandom, _ figures: inout RunningFigures
    ) throws {
        let batch = batch(rows, weights)
        let drawnWeights = try losses.indices.map { number in
            guard let target = batch.y[number], let loss = losses[number] else { return batch.weights[number] }
            return try negatives.drawn(
                batch.weights[number], target, for: loss, random: random.negatives.stream(number))
        }
        let result = try step.train(
            batch.x, batch.y, weights: drawnWeights, random: random.dropout, wantsPredictions: figures.wantsPrediction)
        figures.add(loss: result.loss, result.outputs, targets: batch.y, weights: batch.weights, samples: rows.count)
    }

    func test(_ rows: ArraySlice<Int>, _ step: TrainingStep, _ figures: inout RunningFigures) throws {
        let batch = batch(rows, weights.map(\.inValidation))
        let result = try step.test(batch.x, batch.y, weights: batch.weights)
        figures.add(loss: result.loss, result.outputs, targets: batch.y, weights: batch.weights, samples: rows.count)
    }
}
