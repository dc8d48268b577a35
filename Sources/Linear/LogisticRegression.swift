import HornetSupport
public import HornetTensor

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A logistic regression for each label, for sparse or dense documents.
///
/// Finds, for each label, the weights `w` and the bias `b` that make
/// `½·‖w‖² + C·Σ log(1 + exp(−s·(x·w + b)))` smallest, with `s` = 1 for documents that have the label and −1 for the others.
/// What scikit-learn's `OneVsRestClassifier(LogisticRegression())` finds with its solvers lbfgs and newton-cg, which leave
/// the bias free; liblinear's differs, as it keeps the bias small, too. By Newton's method with conjugate gradients, sixteen
/// labels in one walk over the documents.
///
/// ```swift
/// let classifier = try LogisticRegression(C: 10).fit(x, y)
/// let probabilities = classifier.probabilities(x)
/// let layer = SparseDense(kernel: classifier.kernel, bias: classifier.bias, activation: .sigmoid)
/// ```
/// [scikit-learn: LogisticRegression](https://scikit-learn.org/stable/modules/generated/sklearn.linear_model.LogisticRegression.html)
public struct LogisticRegression: Sendable {
    public typealias ClassWeight = LinearSVC.ClassWeight

    /// How much an error counts beside small weights. Larger follows the training data more closely.
    public var C: Float
    public var classWeight: ClassWeight?
    /// Whether there is a bias.
    public var fitIntercept: Bool
    /// A label is done when no slope of what is made smallest is above this times `C` and the number of the documents that
    /// have the label, or that do not, whichever are fewer. scikit-learn takes the number of all documents for these, by
    /// which it stops far from the best weights of rare labels.
    public var tolerance: Float
    /// The most steps of Newton's method.
    public var maxIterations: Int

    /// Defaults are scikit-learn's.
    public init(
        C: Float = 1, classWeight: ClassWeight? = nil, fitIntercept: Bool = true, tolerance: Float = 1e-4,
        maxIterations: Int = 100
    ) {
        self.C = C
        self.classWeight = classWeight
        self.fitIntercept = fitIntercept
        self.tolerance = tolerance
        self.maxIterations = maxIterations
    }

    /// Learns the labels `y [documents, labels]`, 0 or 1, of the documents `x [documents, features]`. Warns when
    /// ``maxIterations`` end it early.
    ///
    /// A label that no document has, or that every one has, gets no weights and a bias of −128 or 128, from which the
    /// probability 0 or 1 comes. Throws when the numbers of rows differ, there are none, a label is neither 0 nor 1, or a value is not finite. The
    /// same bits on any number of threads.
    ///
    /// - Parameter pruningBelow: weights smaller than this are dropped as they are found, see ``LinearModel/pruned(below:)``.
    public func fit(_ x: SparseMatrix, _ y: some LabelMatrix, pruningBelow bound: Float = 0) throws -> LinearModel {
        try fit(NewtonDocuments(x), LabelColumns(y, documents: x, at: "LogisticRegression.fit"), bound)
    }

    /// The same for dense documents.
    public func fit(_ x: Tensor, _ y: some LabelMatrix, pruningBelow bound: Float = 0) throws -> LinearModel {
        try fit(NewtonDocuments(x), LabelColumns(y, documents: x, at: "LogisticRegression.fit"), bound)
    }

    private func fit(_ documents: NewtonDocuments, _ labels: LabelColumns, _ bound: Float) throws -> LinearModel {
        let (model, unfinished) = try solved(documents, labels, bound)
        if unfinished > 0 {
            Warning(
                at: "LogisticRegression.fit",
                "\(unfinished) of \(model.labelCount) labels were not done after \(maxIterations) iterations",
                remedy: "Raise maxIterations or tolerance, or lower C"
            ).emit()
        }
        return model
    }

    private func solved(
        _ documents: NewtonDocuments, _ labels: LabelColumns, _ bound: Float
    ) throws -> (model: LinearModel, unfinished: Int) {
        guard C > 0, C.isFinite, tolerance > 0, maxIterations > 0 else {
            throw HornetError(
                .configuration, at: "LogisticRegression", "C is \(C), tolerance \(tolerance), maxIterations \(maxIterations)",
                remedy: "All of them have to be above 0")
        }
        let problem = problem(documents)
        return LinearModel.solving(labels.byCount, width: Lanes.width, featureCount: documents.featureCount) { own, _ in
            NewtonBlock(problem, targets(own, labels, rowCount: documents.rowCount)).solve(own.count, pruningBelow: bound)
        }
    }

    /// With the penalty 1 / C, all is counted in units of C.
    private func problem(_ documents: NewtonDocuments) -> NewtonProblem {
        NewtonProblem(
            documents: documents, loss: .logistic, penalty: 1 / C, fitsIntercept: fitIntercept, maxIterations: maxIterations,
            maxInnerIterations: 250)
    }

    /// What ``fit(_:_:pruningBelow:)-(SparseMatrix,_,_)`` makes smallest, for each label of a model, at most sixteen, and
    /// its slopes by the weights and, in the last row, by the bias: `[features + 1, labels]`.
    package func objective(
        of model: LinearModel, _ x: SparseMatrix, _ y: some LabelMatrix
    ) throws -> (values: [Double], slopes: Tensor) {
        let labels = try LabelColumns(y, documents: x, at: "LogisticRegression.objective")
        require(
            model.labelCount <= Lanes.width && model.labelCount == labels.rows.count && model.featureCount == x.columnCount,
            "LogisticRegression.objective", "a model \(model.kernel.shape) of documents \(x.shape)")
        let own = Array(0..<model.labelCount)
        let block = NewtonBlock(problem(NewtonDocuments(x)), targets(own, labels, rowCount: x.rowCount))
        let (values, slopes) = block.objective(kernel: model.kernel.dense, bias: model.bias)
        return (values.map { $0 * Double(C) }, slopes * C)
    }

    private func targets(_ own: [Int], _ labels: LabelColumns, rowCount: Int) -> NewtonTargets {
        var result = NewtonTargets(own, labels, rowCount: rowCount, isBalanced: classWeight != nil) { absent, present in
            guard absent > 0, present > 0 else { return present > 0 ? 128 : -128 }
            return fitIntercept ? log(present / absent) : 0
        }
        for (lane, label) in own.enumerated() {
            let count = labels.rows[label].count
            guard count > 0, count < rowCount else { continue }
            let sides = (Float(rowCount - count) * result.absent[lane], Float(count) * result.present[lane])
            result.target[lane] = tolerance * Swift.min(sides.0, sides.1)
            result.isActive[lane] = true
        }
        return result
    }
}
