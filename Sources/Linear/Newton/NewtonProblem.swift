/// What is to be made smallest for each label: `penalty/2·‖w‖² + Σ weight·loss(x·w + b, y)`, over the weights `w` and, with
/// `fitsIntercept`, the bias `b`, which nothing keeps small.
struct NewtonProblem: Sendable {
    enum Loss {
        /// `log(1 + eᶻ) − y·z`, y being 0 or 1.
        case logistic
        /// `½(z − y)²`
        case squared
        /// `½(z − (2y − 1))²`, y being 0 or 1.
        case squaredMargin
    }

    let documents: NewtonDocuments
    let loss: Loss
    let penalty: Float
    let fitsIntercept: Bool
    /// The most steps of Newton's method.
    let maxIterations: Int
    /// The most steps of conjugate gradients in one of these.
    let maxInnerIterations: Int
}

/// The labels of a block, lane by lane.
struct NewtonTargets {
    /// `[documents]`
    let y: Lanes
    /// What a document weighs where `y` is 0 and where it is 1.
    var absent = Lanes.Row(repeating: 1)
    var present = Lanes.Row(repeating: 1)
    /// What the bias begins with. A lane that is not active keeps it.
    var bias = Lanes.Row.zero
    var isActive = SIMDMask<SIMD16<Int32>>(repeating: false)
    /// A label is done when no slope is larger or, for squares, when all are no longer together, by the 2-norm. Negative:
    /// this number's size times what they are at the beginning.
    var target = Lanes.Row.zero
}

extension NewtonTargets {
    /// Labels 0 and 1, with equal weights or such that both sides of a label weigh the same. `bias` gets what each side
    /// weighs.
    init(
        _ own: [Int], _ labels: LabelColumns, rowCount: Int, isBalanced: Bool, bias: (_ absent: Float, _ present: Float) -> Float
    ) {
        self.init(y: Lanes(rowCount: rowCount))
        for (lane, label) in own.enumerated() {
            for row in labels.rows[label] { y.rows[Int(row)][lane] = 1 }
            let count = labels.rows[label].count
            let (absentCount, presentCount) = (Float(rowCount - count), Float(count))
            if isBalanced && count > 0 && count < rowCount {
                absent[lane] = Float(rowCount) / (2 * absentCount)
                present[lane] = Float(rowCount) / (2 * presentCount)
            }
            self.bias[lane] = bias(absentCount * absent[lane], presentCount * present[lane])
        }
    }
}
