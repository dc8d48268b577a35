public import HornetSupport
public import HornetTensor

/// F-beta: (1 + β²) tp / ((1 + β²) tp + β² fn + fp), computed from counts over the whole epoch.
///
/// Recall counts β times as much as precision; β = 1 is ``F1Score``. A label (or sample) that is neither true
/// nor predicted scores 0, as with scikit-learn's `zero_division=0`.
///
/// - A threshold decides by `prediction > threshold`. `nil` is Keras' default rule: the largest output of a
///   sample is predicted (all of them when equal), unless its magnitude is below 1e-9.
/// - Micro, macro and weighted averages keep four numbers a label; `samples` keeps one sum.
///
/// Differences from `keras.metrics.FBetaScore`: the default threshold is 0.5 and the default average micro
/// (Keras: largest output, one figure a label), and no 1e-7 enters the denominators (Keras' perfect score is
/// 0.9999998), so figures equal `sklearn.metrics.fbeta_score`.
public class FBetaScore: Metric {
    public let beta: Double
    public let average: Averaging
    public let threshold: Float?

    /// `[label]`, one element when the average is micro: weight of true, predicted, and both.
    private var trueSums: [Double] = []
    private var predictedSums: [Double] = []
    private var bothSums: [Double] = []
    private var sampleScores = (total: 0.0, weight: 0.0)

    public init(
        beta: Double = 1, average: Averaging = .micro, threshold: Float? = 0.5, name: String = "fbeta_score"
    ) {
        require(beta > 0, "FBetaScore", "\(name): beta must be positive, not \(beta)")
        self.beta = beta
        self.average = average
        self.threshold = threshold
        super.init(name: name)
    }

    public override func reset() {
        for label in trueSums.indices {
            trueSums[label] = 0
            predictedSums[label] = 0
            bothSums[label] = 0
        }
        sampleScores = (0, 0)
    }

    public override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        Batch.rows(self, target, prediction, sampleWeight) { batch in
            let slots = average == .micro ? 1 : batch.outputs
            if trueSums.isEmpty {
                trueSums = Array(repeating: 0, count: slots)
                predictedSums = trueSums
                bothSums = trueSums
            }
            require(
                trueSums.count == slots, "Metric.update",
                "\(name): \(batch.outputs) outputs after \(trueSums.count)")
            for sample in 0..<batch.samples {
                switch average {
                case .micro: addPooled(batch, sample)
                case .macro, .weighted: addLabels(batch, sample)
                case .samples: addSample(batch, sample)
                }
            }
        }
    }

    /// The bar a prediction of this sample must clear, and whether reaching it is enough.
    private func bar(_ batch: Batch, _ sample: Int) -> (Float, inclusive: Bool) {
        if let threshold { return (threshold, false) }
        var largest = -Float.infinity
        for position in sample * batch.outputs..<(sample + 1) * batch.outputs {
            largest = max(largest, batch.prediction[position])
        }
        return abs(largest) > 1e-9 ? (largest, true) : (.infinity, false)
    }

    /// The weight of true, predicted and both over one sample.
    @inline(__always)
    private func sums(_ batch: Batch, _ sample: Int) -> (true: Double, predicted: Double, both: Double) {
        let (bar, inclusive) = bar(batch, sample)
        let start = sample * batch.outputs
        if !batch.isWeighted && !inclusive { return unweightedSums(batch, start, bar) }
        var sums = (true: 0.0, predicted: 0.0, both: 0.0)
        for output in 0..<batch.outputs {
            let score = batch.prediction[start + output]
            let weight = batch.weight(sample, output)
            let target = weight * Double(batch.target[start + output])
            sums.true += target
            if score > bar || inclusive && score == bar {
                sums.predicted += weight
                sums.both += target
            }
        }
        return sums
    }

    /// The same for 0/1 targets without weights: integer sums, which the compiler turns into vector code.
    private func unweightedSums(
        _ batch: Batch, _ start: Int, _ bar: Float
    ) -> (true: Double, predicted: Double, both: Double) {
        var isTrue: Int32 = 0
        var isPredicted: Int32 = 0
        var isBoth: Int32 = 0
        for position in start..<start + batch.outputs {
            let positive: Int32 = batch.target[position] != 0 ? 1 : 0
            let predicted: Int32 = batch.prediction[position] > bar ? 1 : 0
            isTrue &+= positive
            isPredicted &+= predicted
            isBoth &+= positive & predicted
        }
        return (Double(isTrue), Double(isPredicted), Double(isBoth))
    }

    private func addPooled(_ batch: Batch, _ sample: Int) {
        let sums = sums(batch, sample)
        trueSums[0] += sums.true
        predictedSums[0] += sums.predicted
        bothSums[0] += sums.both
    }

    private func addLabels(_ batch: Batch, _ sample: Int) {
        let (bar, inclusive) = bar(batch, sample)
        let start = sample * batch.outputs
        // One array at a time, without branches: three simple loops beat one that tests and scatters.
        trueSums.withUnsafeMutableBufferPointer { sums in
            for output in 0..<batch.outputs {
                sums[output] += batch.weight(sample, output) * Double(batch.target[start + output])
            }
        }
        predictedSums.withUnsafeMutableBufferPointer { predicted in
            bothSums.withUnsafeMutableBufferPointer { both in
                for output in 0..<batch.outputs {
                    let score = batch.prediction[start + output]
                    let isPredicted = (score > bar) != (inclusive && score == bar)
                    let weight = isPredicted ? batch.weight(sample, output) : 0
                    predicted[output] += weight
                    both[output] += weight * Double(batch.target[start + output])
                }
            }
        }
    }

    private func addSample(_ batch: Batch, _ sample: Int) {
        let sums = sums(batch, sample)
        let weight = batch.weight(sample, 0)
        sampleScores.total += weight * score(sums.both, sums.true, sums.predicted)
        sampleScores.weight += weight
    }

    private func score(_ both: Double, _ true: Double, _ predicted: Double) -> Double {
        let squared = beta * beta
        return dividedOrZero((1 + squared) * both, squared * `true` + predicted)
    }

    public override var result: Double {
        switch average {
        case .samples: return dividedOrZero(sampleScores.total, sampleScores.weight)
        case .micro, .macro:
            let scores = trueSums.indices.map { score(bothSums[$0], trueSums[$0], predictedSums[$0]) }
            return dividedOrZero(scores.reduce(0, +), Double(scores.count))
        case .weighted:
            let total = trueSums.indices.reduce(0) {
                $0 + trueSums[$1] * score(bothSums[$1], trueSums[$1], predictedSums[$1])
            }
            return dividedOrZero(total, trueSums.reduce(0, +))
        }
    }

    public override var direction: Direction? { .up }

    /// Keras has no average over samples.
    public override var config: JSON.Object? {
        guard average != .samples else { return nil }
        return [
            "average": .string(average.rawValue), "beta": .number(beta),
            "threshold": threshold.map { .number(Double($0)) } ?? .null,
        ]
    }

    public override var description: String {
        let rule = threshold.map { "threshold \($0)" } ?? "the largest output"
        return "\(name): \(average.rawValue) F\(beta == 1 ? "1" : "\(beta)") at \(rule)"
    }
}

/// F1: 2 tp / (2 tp + fn + fp), the harmonic mean of precision and recall. See ``FBetaScore``.
public final class F1Score: FBetaScore {
    public init(average: Averaging = .micro, threshold: Float? = 0.5, name: String = "f1_score") {
        super.init(beta: 1, average: average, threshold: threshold, name: name)
    }

    public override var config: JSON.Object? {
        var config = super.config
        config?["beta"] = nil
        return config
    }
}
