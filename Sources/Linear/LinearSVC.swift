import HornetSupport
public import HornetTensor

/// A linear support vector machine for each label, for sparse documents.
///
/// Finds, for each label, the weights `w` and the bias `b` that make
/// `½·(‖w‖² + b²) + C·Σ loss(s·(x·w + b))` smallest, with `s` = 1 for documents that have the label and −1 for the others,
/// and `loss(m)` = `max(0, 1 − m)²`, or without the square. What scikit-learn's `OneVsRestClassifier(LinearSVC())` finds, by
/// the same method, dual coordinate descent ([Hsieh et al. 2008](https://www.csie.ntu.edu.tw/~cjlin/papers/cddual.pdf)),
/// for many labels in one walk over the documents.
///
/// ```swift
/// let classifier = try LinearSVC(C: 1).fit(x, y)
/// let scores = classifier.decisionFunction(x)
/// ```
/// [scikit-learn: LinearSVC](https://scikit-learn.org/stable/modules/generated/sklearn.svm.LinearSVC.html)
public struct LinearSVC: Sendable {
    public enum Loss: Sendable { case hinge, squaredHinge }
    public enum ClassWeight: Sendable {
        /// `documents / (2 · documents of that side)` times `C` for a label's documents, and for the others.
        case balanced
    }

    /// How much an error counts beside small weights. Larger follows the training data more closely.
    public var C: Float
    public var loss: Loss
    public var classWeight: ClassWeight?
    /// Whether there is a bias.
    public var fitIntercept: Bool
    /// The bias is the weight of a feature that has this value in every document: larger makes a large bias cheaper.
    public var interceptScaling: Float
    /// Training ends when no slope of the dual problem that its bounds leave open differs from another by more.
    public var tolerance: Float
    /// The most walks over the documents.
    public var maxIterations: Int
    /// Decides the order in which documents are visited.
    public var seed: UInt64

    /// Defaults are scikit-learn's.
    public init(
        C: Float = 1, loss: Loss = .squaredHinge, classWeight: ClassWeight? = nil, fitIntercept: Bool = true,
        interceptScaling: Float = 1, tolerance: Float = 1e-4, maxIterations: Int = 1000, seed: UInt64 = 0
    ) {
        self.C = C
        self.loss = loss
        self.classWeight = classWeight
        self.fitIntercept = fitIntercept
        self.interceptScaling = interceptScaling
        self.tolerance = tolerance
        self.maxIterations = maxIterations
        self.seed = seed
    }

    /// Learns the labels `y [documents, labels]`, 0 or 1, of the documents `x [documents, features]`. Warns when
    /// ``maxIterations`` end it early.
    ///
    /// A label that no document has, or that every one has, gets no weights and the bias −1 or 1. Throws when the numbers of
    /// rows differ, there are none, a label is neither 0 nor 1, or a value is not finite. The same bits on any number of
    /// threads.
    ///
    /// - Parameter pruningBelow: weights smaller than this are dropped as they are found, see ``LinearModel/pruned(below:)``.
    public func fit(_ x: SparseMatrix, _ y: some LabelMatrix, pruningBelow bound: Float = 0) throws -> LinearModel {
        let (model, unfinished) = try solved(x, y, pruningBelow: bound)
        if unfinished > 0 {
            Warning(
                at: "LinearSVC.fit", "\(unfinished) of \(model.labelCount) labels were not done after \(maxIterations) iterations",
                remedy: "Raise maxIterations or tolerance, or lower C"
            ).emit()
        }
        return model
    }

    /// The model, and the number of labels that ``maxIterations`` cut short.
    package func solved(
        _ x: SparseMatrix, _ y: some LabelMatrix, pruningBelow bound: Float = 0
    ) throws -> (model: LinearModel, unfinished: Int) {
        guard C > 0, C.isFinite, tolerance > 0, maxIterations > 0, interceptScaling > 0 else {
            throw HornetError(
                .configuration, at: "LinearSVC",
                "C is \(C), tolerance \(tolerance), maxIterations \(maxIterations), interceptScaling \(interceptScaling)",
                remedy: "All of them have to be above 0")
        }
        let labels = try LabelColumns(y, documents: x, at: "LinearSVC.fit")
        let documents = MarginDocuments(x, biasInput: fitIntercept ? interceptScaling : 0)
        return LinearModel.solving(labels.byCount, width: MarginBlock.width, featureCount: x.columnCount) { own, number in
            var block = MarginBlock(own, labels, documents, self)
            return block.solve(random: RandomSource(seed: seed).stream(number), pruningBelow: bound)
        }
    }
}
