public import HornetSupport

/// Precision over all outputs pooled: tp / (tp + fp), 0 when nothing is predicted.
///
/// With `topK: k` it is precision at k (the k largest outputs of each sample count as predicted).
/// Source: `keras.metrics.Precision`.
public final class Precision: ThresholdMetric {
    public override init(
        thresholds: [Float]? = nil, topK: Int? = nil, classID: Int? = nil, name: String = "precision"
    ) {
        super.init(thresholds: thresholds, topK: topK, classID: classID, name: name)
    }

    override func figure(_ counts: ConfusionCounts) -> Double { counts.precision }
    public override var direction: Direction? { .up }
    public override var config: JSON.Object? { super.config.map(withOutputs) }
}

/// Recall over all outputs pooled: tp / (tp + fn), 0 when there is nothing to find.
///
/// With `topK: k` it is recall at k (the k largest outputs of each sample count as predicted).
/// Source: `keras.metrics.Recall`.
public final class Recall: ThresholdMetric {
    public override init(
        thresholds: [Float]? = nil, topK: Int? = nil, classID: Int? = nil, name: String = "recall"
    ) {
        super.init(thresholds: thresholds, topK: topK, classID: classID, name: name)
    }

    override func figure(_ counts: ConfusionCounts) -> Double { counts.recall }
    public override var direction: Direction? { .up }
    public override var config: JSON.Object? { super.config.map(withOutputs) }
}

extension ThresholdMetric {
    /// The arguments that only precision and recall have.
    fileprivate func withOutputs(_ config: JSON.Object) -> JSON.Object {
        var config = config
        config["top_k"] = topK.map(JSON.integer) ?? .null
        config["class_id"] = classID.map(JSON.integer) ?? .null
        return config
    }
}

/// The weight of outputs that are positive and predicted. Source: `keras.metrics.TruePositives`.
public final class TruePositives: ThresholdMetric {
    public init(thresholds: [Float]? = nil, name: String = "true_positives") {
        super.init(thresholds: thresholds, name: name)
    }
    override func figure(_ counts: ConfusionCounts) -> Double { counts.truePositives }
    public override var direction: Direction? { .up }
}

/// The weight of outputs that are predicted but not positive. Source: `keras.metrics.FalsePositives`.
public final class FalsePositives: ThresholdMetric {
    public init(thresholds: [Float]? = nil, name: String = "false_positives") {
        super.init(thresholds: thresholds, name: name)
    }
    override func figure(_ counts: ConfusionCounts) -> Double { counts.falsePositives }
    public override var direction: Direction? { .down }
}

/// The weight of outputs that are neither positive nor predicted. Source: `keras.metrics.TrueNegatives`.
public final class TrueNegatives: ThresholdMetric {
    public init(thresholds: [Float]? = nil, name: String = "true_negatives") {
        super.init(thresholds: thresholds, name: name)
    }
    override func figure(_ counts: ConfusionCounts) -> Double { counts.trueNegatives }
    public override var direction: Direction? { .up }
}

/// The weight of outputs that are positive but not predicted. Source: `keras.metrics.FalseNegatives`.
public final class FalseNegatives: ThresholdMetric {
    public init(thresholds: [Float]? = nil, name: String = "false_negatives") {
        super.init(thresholds: thresholds, name: name)
    }
    override func figure(_ counts: ConfusionCounts) -> Double { counts.falseNegatives }
    public override var direction: Direction? { .down }
}
