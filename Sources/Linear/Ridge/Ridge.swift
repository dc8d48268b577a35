import HornetSupport
public import HornetTensor

/// Least squares with small weights, for many outputs at once.
///
/// Finds, for each output, the weights `w` and the bias `b` that make `Σ (x·w + b − y)² + alpha·‖w‖²` smallest, the bias
/// free. The weights are those of scikit-learn's `Ridge`.
///
/// [scikit-learn: Ridge](https://scikit-learn.org/stable/modules/generated/sklearn.linear_model.Ridge.html)
public struct Ridge: Sendable {
    /// How much large weights cost. 0 is least squares alone.
    public var alpha: Float
    /// Whether there is a bias.
    public var fitIntercept: Bool
    /// Training ends when the slopes of what is made smallest are shorter than this times what they are without weights, by
    /// the 2-norm.
    public var tolerance: Float
    /// The most steps of conjugate gradients.
    public var maxIterations: Int

    /// Defaults are scikit-learn's, but for `maxIterations`, which has no bound there.
    public init(alpha: Float = 1, fitIntercept: Bool = true, tolerance: Float = 1e-4, maxIterations: Int = 1000) {
        self.alpha = alpha
        self.fitIntercept = fitIntercept
        self.tolerance = tolerance
        self.maxIterations = maxIterations
    }

    /// Learns the outputs `y [documents, outputs]`, or `[documents]` for one, of the documents `x [documents, features]`.
    /// Warns when ``maxIterations`` end it early.
    ///
    /// Throws when the numbers of rows differ, there are none, or a value is not finite. The same bits on any number of
    /// threads.
    public func fit(_ x: SparseMatrix, _ y: Tensor) throws -> LinearModel {
        try check(x, y)
        return try fit(NewtonDocuments(x), y)
    }

    /// The same for dense documents.
    public func fit(_ x: Tensor, _ y: Tensor) throws -> LinearModel {
        try check(x, y)
        return try fit(NewtonDocuments(x), y)
    }

    private func check(_ x: some Documents, _ y: Tensor) throws {
        try x.requireFit(y.matrixShape, "outputs", at: "Ridge.fit")
        guard y.isFinite else { throw HornetError(.data, at: "Ridge.fit", "the outputs hold a NaN or an infinity") }
    }

    private func fit(_ documents: NewtonDocuments, _ y: Tensor) throws -> LinearModel {
        let count = y.matrixShape.columns
        let means = y.reshaped([documents.rowCount, count]).mean(axes: [0])
        return try solved(documents, outputs: Array(0..<count), .squared, at: "Ridge") { own in
            var targets = NewtonTargets(y: Lanes(rowCount: documents.rowCount))
            y.read { y in
                for row in 0..<documents.rowCount {
                    for (lane, output) in own.enumerated() { targets.y.rows[row][lane] = y[row * count + output] }
                }
            }
            for (lane, output) in own.enumerated() where fitIntercept { targets.bias[lane] = means[output] }
            return targets
        }
    }

    /// Learns `outputs` block by block; `targets` gives the numbers of a block.
    func solved(
        _ documents: NewtonDocuments, outputs: [Int], _ loss: NewtonProblem.Loss, at place: String,
        _ targets: (_ own: [Int]) -> NewtonTargets
    ) throws -> LinearModel {
        guard alpha >= 0, alpha.isFinite, tolerance > 0, maxIterations > 0 else {
            throw HornetError(
                .configuration, at: place, "alpha is \(alpha), tolerance \(tolerance), maxIterations \(maxIterations)",
                remedy: "alpha can't be negative; the others have to be above 0")
        }
        // The second and later times begin with what rounding has left.
        let problem = NewtonProblem(
            documents: documents, loss: loss, penalty: alpha, fitsIntercept: fitIntercept, maxIterations: 8,
            maxInnerIterations: maxIterations)
        let (model, unfinished) = LinearModel.solving(
            outputs, width: Lanes.width, featureCount: documents.featureCount
        ) { own, _ in
            var targets = targets(own)
            for lane in own.indices {
                targets.target[lane] = -tolerance
                targets.isActive[lane] = true
            }
            return NewtonBlock(problem, targets).solve(own.count, pruningBelow: 0)
        }
        if unfinished > 0 {
            Warning(
                at: "\(place).fit", "\(unfinished) of \(outputs.count) outputs were not done after \(maxIterations) iterations",
                remedy: "Raise maxIterations, tolerance or alpha"
            ).emit()
        }
        return model
    }
}
