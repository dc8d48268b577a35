import HornetSupport
public import HornetTensor

/// A ``Ridge`` for each label, whose output is 1 for documents that have it and −1 for the others.
///
/// The weights are those of scikit-learn's `OneVsRestClassifier(RidgeClassifier())`. Quick to learn; its scores are no
/// probabilities.
///
/// [scikit-learn: RidgeClassifier](https://scikit-learn.org/stable/modules/generated/sklearn.linear_model.RidgeClassifier.html)
public struct RidgeClassifier: Sendable {
    public typealias ClassWeight = LinearSVC.ClassWeight

    /// How much large weights cost: 1 / (2·C) of other classifiers.
    public var alpha: Float
    public var classWeight: ClassWeight?
    /// Whether there is a bias.
    public var fitIntercept: Bool
    /// See ``Ridge/tolerance``.
    public var tolerance: Float
    /// The most steps of conjugate gradients.
    public var maxIterations: Int

    /// Defaults are scikit-learn's, but for `maxIterations`, which has no bound there.
    public init(
        alpha: Float = 1, classWeight: ClassWeight? = nil, fitIntercept: Bool = true, tolerance: Float = 1e-4,
        maxIterations: Int = 1000
    ) {
        self.alpha = alpha
        self.classWeight = classWeight
        self.fitIntercept = fitIntercept
        self.tolerance = tolerance
        self.maxIterations = maxIterations
    }

    /// Learns the labels `y [documents, labels]`, 0 or 1, of the documents `x [documents, features]`. Warns when
    /// ``maxIterations`` end it early.
    ///
    /// Throws when the numbers of rows differ, there are none, a label is neither 0 nor 1, or a value is not finite. The same
    /// bits on any number of threads.
    public func fit(_ x: SparseMatrix, _ y: some LabelMatrix) throws -> LinearModel {
        try fit(NewtonDocuments(x), LabelColumns(y, documents: x, at: "RidgeClassifier.fit"))
    }

    /// The same for dense documents.
    public func fit(_ x: Tensor, _ y: some LabelMatrix) throws -> LinearModel {
        try fit(NewtonDocuments(x), LabelColumns(y, documents: x, at: "RidgeClassifier.fit"))
    }

    private func fit(_ documents: NewtonDocuments, _ labels: LabelColumns) throws -> LinearModel {
        let ridge = Ridge(alpha: alpha, fitIntercept: fitIntercept, tolerance: tolerance, maxIterations: maxIterations)
        let isWeighted = classWeight != nil
        return try ridge.solved(documents, outputs: labels.byCount, .squaredMargin, at: "RidgeClassifier") { own in
            NewtonTargets(own, labels, rowCount: documents.rowCount, isBalanced: isWeighted) { absent, present in
                fitIntercept ? (present - absent) / (present + absent) : 0
            }
        }
    }
}
