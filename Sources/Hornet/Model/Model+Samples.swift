import HornetLayers
import HornetSupport
import HornetTensor

/// What `fit` and `evaluate` are given, checked; the model is built for it.
extension Model {
    /// Throws unless the data fit each other and the model, which has one input and one output.
    func paired<X: ModelData, Y: ModelData>(
        _ x: X, _ y: Y, _ compilation: Compilation, _ sampleWeight: Tensor?, _ classWeight: [Int: Float]?,
        _ negativeShare: Double = 1, batchSize: Int, call: String
    ) throws -> any Samples {
        try checkHasOneInput()
        try checkHasOneOutput()
        try Model.check([("x", x), ("y", y)], batchSize: batchSize, call: call)
        try build(for: x)
        let loss = compilation.outputs[0].loss!
        try checkOutput(0, y, loss, call: call)
        let weights = try LossWeights(
            sampleWeight: sampleWeight, classWeight: classWeight, sampleCount: x.sampleCount, outputs: outputCount(0))
        return PairedSamples(
            x: x, y: y, loss: loss, weights: weights, negatives: try NegativeSampling(share: negativeShare))
    }

    /// Throws unless the data fit each other and the model.
    func grouped(
        _ x: [any ModelData], _ y: [any ModelData], _ compilation: Compilation, _ sampleWeights: [Tensor?],
        _ classWeight: [Int: Float]?, _ negativeShare: Double = 1, batchSize: Int, call: String
    ) throws -> GroupedSamples {
        try checkCount(ofInputs: x, call: call)
        let targets = try targets(y, compilation, call: call)
        let inputs = zip(inputNames, x).map { (name: "the input \($0)", data: $1) }
        let compared = zip(outputNames, targets).compactMap { name, y in y.map { (name: "the output \(name)", data: $0) } }
        try Model.check(inputs + compared, batchSize: batchSize, call: call)
        try build(for: x)
        let count = outputNames.count
        guard [0, 1, count].contains(sampleWeights.count) else {
            throw HornetError(
                .shape, at: call, "sampleWeights has \(sampleWeights.count) elements, the model has \(count) outputs: \(outputList)",
                remedy: "Give one for each output, or one for all")
        }
        guard classWeight == nil || count == 1 else {
            throw HornetError(
                .configuration, at: call, "classWeight is for models with one output, this one has \(outputList)",
                remedy: "Give sampleWeights")
        }
        let weights = try (0..<count).map { number in
            if let y = targets[number] { try checkOutput(number, y, compilation.outputs[number].loss, call: call) }
            let own = sampleWeights.isEmpty ? nil : sampleWeights[sampleWeights.count == 1 ? 0 : number]
            return try LossWeights(
                sampleWeight: own, classWeight: classWeight, sampleCount: x[0].sampleCount, outputs: outputCount(number),
                output: count > 1 ? outputNames[number] : nil)
        }
        return GroupedSamples(
            x: x, y: targets, losses: compilation.outputs.map(\.loss), weights: weights,
            negatives: try NegativeSampling(share: negativeShare))
    }

    func build(for x: [any ModelData]) throws { try build(inputShapes: x.map { Shape([nil] + $0.sampleShape) }) }
}
