public import HornetSupport
public import HornetTensor

/// The area under the ROC or precision-recall curve, approximated at fixed thresholds (200 evenly spaced
/// ones by default) so that memory does not grow with the samples.
///
/// All outputs are pooled, unless `multiLabel` asks for the mean over labels. For exact areas over
/// arrays see ``rocAUCScore(_:_:average:sampleWeight:)`` and ``averagePrecisionScore(_:_:average:sampleWeight:)``.
/// Source: `keras.metrics.AUC`.
public final class AUC: Metric {
    public enum Curve: String, Sendable {
        /// True positive rate over false positive rate.
        case roc
        /// Precision over recall.
        case precisionRecall
    }

    /// How the area between two thresholds is taken.
    public enum Summation: String, Sendable {
        /// Trapezoids; for the precision-recall curve Davis and Goadrich's (2006) interpolation.
        case interpolation
        /// The larger of the two heights.
        case majoring
        /// The smaller of the two heights.
        case minoring
    }

    public let thresholds: [Float]
    public let curve: Curve
    public let summation: Summation
    public let multiLabel: Bool
    /// One weight a label: in the mean over labels, or in the pool.
    public let labelWeights: [Double]?
    public let fromLogits: Bool

    private let unit: [Float]
    private var counts: ThresholdCounts?

    /// `thresholds`, when given, replace the evenly spaced ones; 0 and 1 are always added.
    public init(
        numThresholds: Int = 200, curve: Curve = .roc, summation: Summation = .interpolation,
        thresholds: [Float]? = nil, multiLabel: Bool = false, labelWeights: [Double]? = nil,
        fromLogits: Bool = false, name: String = "auc"
    ) {
        require(
            thresholds != nil || numThresholds > 1, "AUC",
            "\(name): numThresholds must be more than 1, not \(numThresholds)")
        let inner =
            thresholds?.sorted()
            ?? (0..<numThresholds - 2).map { Float(Double($0 + 1) / Double(numThresholds - 1)) }
        require(
            inner.allSatisfy { (0...1).contains($0) }, "AUC", "\(name): thresholds must lie in 0...1, not \(inner)")
        unit = [0] + inner + [1]
        self.thresholds = [-1e-7] + inner + [1 + 1e-7]
        self.curve = curve
        self.summation = summation
        self.multiLabel = multiLabel
        self.labelWeights = labelWeights
        self.fromLogits = fromLogits
        super.init(name: name)
    }

    public override func reset() { counts?.reset() }

    public override func update(target: Tensor, prediction: Tensor, sampleWeight: Tensor?) {
        Batch.elementwise(self, target, prediction, sampleWeight) { batch in
            let labels = multiLabel ? batch.outputs : 1
            var counts = self.counts ?? ThresholdCounts(thresholds: thresholds, unit: unit, labelCount: labels)
            self.counts = nil  // so that the arrays are written in place
            require(
                counts.labelCount == labels && labelWeights?.count ?? batch.outputs == batch.outputs,
                "Metric.update",
                "\(name): \(batch.outputs) outputs do not fit \(counts.labelCount) labels "
                    + "and \(labelWeights?.count ?? 0) label weights")
            let (multiLabel, fromLogits) = (multiLabel, fromLogits)
            let poolWeights = multiLabel ? nil : labelWeights
            counts.add { count in
                for sample in 0..<batch.samples {
                    for output in 0..<batch.outputs {
                        let position = sample * batch.outputs + output
                        let score = batch.prediction[position]
                        count(
                            multiLabel ? output : 0, batch.target[position] != 0,
                            fromLogits ? Float(logistic(Double(score))) : score,
                            batch.weight(sample, output) * (poolWeights?[output] ?? 1))
                    }
                }
            }
            self.counts = counts
        }
    }

    public override var result: Double {
        guard let counts else { return 0 }
        let areas = (0..<counts.labelCount).map { area(counts.counts(label: $0)) }
        guard multiLabel, let labelWeights else { return areas.reduce(0, +) / Double(max(areas.count, 1)) }
        let sum = zip(areas, labelWeights).reduce(0) { $0 + $1.0 * $1.1 }
        return dividedOrZero(sum, labelWeights.reduce(0, +))
    }

    private func area(_ counts: [ConfusionCounts]) -> Double {
        if curve == .precisionRecall && summation == .interpolation { return interpolatedArea(counts) }
        let x: [Double]
        let y: [Double]
        switch curve {
        case .roc:
            x = counts.map { dividedOrZero($0.falsePositives, $0.falsePositives + $0.trueNegatives) }
            y = counts.map(\.recall)
        case .precisionRecall:
            x = counts.map(\.recall)
            y = counts.map(\.precision)
        }
        return (1..<counts.count).reduce(0) { sum, i in
            let height =
                switch summation {
                case .interpolation: (y[i - 1] + y[i]) / 2
                case .majoring: max(y[i - 1], y[i])
                case .minoring: min(y[i - 1], y[i])
                }
            return sum + (x[i - 1] - x[i]) * height
        }
    }

    /// Between two thresholds true positives grow linearly in all positives, which bends precision:
    /// the integral of (slope · p + intercept) / p over p, divided by the weight of all positives.
    private func interpolatedArea(_ counts: [ConfusionCounts]) -> Double {
        (1..<counts.count).reduce(0) { sum, i in
            let (left, right) = (counts[i - 1], counts[i])
            let leftAll = left.truePositives + left.falsePositives
            let rightAll = right.truePositives + right.falsePositives
            let gained = left.truePositives - right.truePositives
            let slope = dividedOrZero(gained, max(leftAll - rightAll, 0))
            let intercept = right.truePositives - slope * rightAll
            let ratio = leftAll > 0 && rightAll > 0 ? leftAll / rightAll : 1
            let increment = slope * (gained + intercept * naturalLogarithm(ratio))
            return sum + dividedOrZero(increment, right.truePositives + right.falseNegatives)
        }
    }

    public override var direction: Direction? { .up }

    public override var config: JSON.Object? {
        var config: JSON.Object = [
            "num_thresholds": .integer(thresholds.count), "curve": curve == .roc ? "ROC" : "PR",
            "summation_method": .string(summation.rawValue), "multi_label": .bool(multiLabel), "num_labels": nil,
            "label_weights": labelWeights.map { .array($0.map(JSON.number)) } ?? .null, "from_logits": .bool(fromLogits),
        ]
        let inner = unit.dropFirst().dropLast()
        let isEven = inner.enumerated().allSatisfy { $1 == Float(Double($0 + 1) / Double(unit.count - 1)) }
        if !isEven { config["thresholds"] = .array(inner.map { .number(Double($0)) }) }
        return config
    }

    public override var description: String {
        "\(name): area under the \(curve == .roc ? "ROC" : "precision-recall") curve, \(thresholds.count) thresholds, "
            + (multiLabel ? "mean over labels" : "all labels pooled")
    }
}
