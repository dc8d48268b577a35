// The leading-dot spellings: `metrics: [.accuracy, .f1(average: .micro)]`. Each use makes a metric of its own.
extension Metric {
    /// The accuracy that suits the loss; see ``Accuracy``.
    public static var accuracy: Metric { Accuracy() }

    /// See ``BinaryAccuracy``.
    public static var binaryAccuracy: Metric { BinaryAccuracy() }
    /// See ``BinaryAccuracy``.
    public static func binaryAccuracy(threshold: Float) -> Metric { BinaryAccuracy(threshold: threshold) }
    /// See ``CategoricalAccuracy``.
    public static var categoricalAccuracy: Metric { CategoricalAccuracy() }
    /// See ``SparseCategoricalAccuracy``.
    public static var sparseCategoricalAccuracy: Metric { SparseCategoricalAccuracy() }
    /// See ``TopKCategoricalAccuracy``.
    public static func topKCategoricalAccuracy(k: Int = 5) -> Metric { TopKCategoricalAccuracy(k: k) }
    /// See ``SparseTopKCategoricalAccuracy``.
    public static func sparseTopKCategoricalAccuracy(k: Int = 5) -> Metric { SparseTopKCategoricalAccuracy(k: k) }
    /// See ``SubsetAccuracy``.
    public static func subsetAccuracy(threshold: Float = 0.5) -> Metric { SubsetAccuracy(threshold: threshold) }
    /// See ``HammingLoss``.
    public static func hammingLoss(threshold: Float = 0.5) -> Metric { HammingLoss(threshold: threshold) }

    /// See ``Precision``.
    public static var precision: Metric { Precision() }
    /// See ``Precision``.
    public static func precision(threshold: Float? = nil, topK: Int? = nil, classID: Int? = nil) -> Metric {
        Precision(thresholds: threshold.map { [$0] }, topK: topK, classID: classID)
    }
    /// See ``Recall``.
    public static var recall: Metric { Recall() }
    /// See ``Recall``.
    public static func recall(threshold: Float? = nil, topK: Int? = nil, classID: Int? = nil) -> Metric {
        Recall(thresholds: threshold.map { [$0] }, topK: topK, classID: classID)
    }
    /// See ``F1Score``.
    public static func f1(average: Averaging = .micro, threshold: Float? = 0.5) -> Metric {
        F1Score(average: average, threshold: threshold)
    }
    /// See ``FBetaScore``.
    public static func fBeta(_ beta: Double, average: Averaging = .micro, threshold: Float? = 0.5) -> Metric {
        FBetaScore(beta: beta, average: average, threshold: threshold)
    }

    /// See ``TruePositives``.
    public static func truePositives(threshold: Float = 0.5) -> Metric { TruePositives(thresholds: [threshold]) }
    /// See ``FalsePositives``.
    public static func falsePositives(threshold: Float = 0.5) -> Metric { FalsePositives(thresholds: [threshold]) }
    /// See ``TrueNegatives``.
    public static func trueNegatives(threshold: Float = 0.5) -> Metric { TrueNegatives(thresholds: [threshold]) }
    /// See ``FalseNegatives``.
    public static func falseNegatives(threshold: Float = 0.5) -> Metric { FalseNegatives(thresholds: [threshold]) }

    /// See ``AUC``.
    public static var auc: Metric { AUC() }
    /// See ``AUC``.
    public static func auc(curve: AUC.Curve = .roc, numThresholds: Int = 200, multiLabel: Bool = false) -> Metric {
        AUC(numThresholds: numThresholds, curve: curve, multiLabel: multiLabel)
    }
    /// See ``BinaryCrossentropyMetric``.
    public static var binaryCrossentropy: Metric { BinaryCrossentropyMetric() }
}
