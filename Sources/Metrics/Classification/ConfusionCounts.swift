/// How true and predicted labels fell together: weights of samples (or labels) in the four cells.
public struct ConfusionCounts: Sendable, Equatable {
    /// Predicted and true.
    public var truePositives: Double
    /// Predicted but not true.
    public var falsePositives: Double
    /// Neither predicted nor true.
    public var trueNegatives: Double
    /// True but not predicted.
    public var falseNegatives: Double

    public init(truePositives: Double, falsePositives: Double, trueNegatives: Double, falseNegatives: Double) {
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.trueNegatives = trueNegatives
        self.falseNegatives = falseNegatives
    }

    /// tp / (tp + fp), 0 when nothing was predicted.
    public var precision: Double { dividedOrZero(truePositives, truePositives + falsePositives) }
    /// tp / (tp + fn), 0 when there is nothing to find. Also called sensitivity.
    public var recall: Double { dividedOrZero(truePositives, truePositives + falseNegatives) }
    /// tn / (tn + fp), 0 when everything is positive.
    public var specificity: Double { dividedOrZero(trueNegatives, trueNegatives + falsePositives) }
}

/// 0 where the denominator is 0.
func dividedOrZero(_ numerator: Double, _ denominator: Double) -> Double {
    denominator == 0 ? 0 : numerator / denominator
}
