import CHornetKernels
import HornetTensor

/// Newton's method for a block of labels at once, each step's direction found by conjugate gradients on products with the
/// documents, which all labels of the block share. Labels do not know of each other: each takes its own steps, and rests
/// when it is done.
///
/// [Lin, Weng and Keerthi 2008](https://www.csie.ntu.edu.tw/~cjlin/papers/logistic.pdf), with the diagonal of the second
/// derivatives as preconditioner and halved steps in place of a trust region.
final class NewtonBlock {
    typealias Row = Lanes.Row
    typealias Mask = SIMDMask<SIMD16<Int32>>

    let problem: NewtonProblem
    let documents: NewtonDocuments
    let targets: NewtonTargets
    let (rowCount, featureCount): (Int, Int)
    /// `[features + 1]`: the last row belongs to the bias.
    let (weights, slopes, direction, residual): (Lanes, Lanes, Lanes, Lanes)
    let (conjugate, product, scales): (Lanes, Lanes, Lanes)
    /// `[documents]`: `x·w + b`, the same of the direction, the loss' second derivatives, and room.
    let (scores, moves, curvature, room, bent): (Lanes, Lanes, Lanes, Lanes, Lanes)

    init(_ problem: NewtonProblem, _ targets: NewtonTargets) {
        (self.problem, self.targets, documents) = (problem, targets, problem.documents)
        (rowCount, featureCount) = (documents.rowCount, documents.featureCount)
        func byFeature() -> Lanes { Lanes(rowCount: problem.documents.featureCount + 1) }
        func byDocument() -> Lanes { Lanes(rowCount: problem.documents.rowCount) }
        (weights, slopes, direction, residual) = (byFeature(), byFeature(), byFeature(), byFeature())
        (conjugate, product, scales) = (byFeature(), byFeature(), byFeature())
        (scores, moves, curvature, room, bent) = (byDocument(), byDocument(), byDocument(), byDocument(), byDocument())
    }

    /// Steps until each of `labelCount` labels is done.
    func solve(_ labelCount: Int, pruningBelow bound: Float) -> BlockSolution {
        weights.rows[featureCount] = targets.bias
        for row in 0..<rowCount { scores.rows[row] = targets.bias }
        var active = targets.isActive
        var (first, target) = (Row.zero, targets.target)
        for iteration in 0...problem.maxIterations {
            differentiate()
            let size = problem.loss == .logistic ? slopes.largest(featureCount + 1) : norm(of: slopes)
            if iteration == 0 { (first, target) = (size, target.replacing(with: -target * size, where: target .< 0)) }
            active = active .& (size .> target)
            guard any(active), iteration < problem.maxIterations else { break }
            // The nearer the end, the better a direction has to be, but never better than the end needs.
            let share = pointwiseMin(size / first, Row(repeating: 1.0 / 16)).squareRoot()
            findDirection(active: active, share: pointwiseMax(share, 0.3 * target / size), target: 0.9 * target)
            step(along: active)
        }
        return BlockSolution(
            weights.floats, featureCount: featureCount, width: Lanes.width,
            bias: (0..<labelCount).map { weights.rows[featureCount][$0] },
            unfinished: (0..<labelCount).count { active[$0] }, pruningBelow: bound)
    }

    /// The 2-norm in each lane of what is by feature.
    func norm(of lanes: Lanes) -> Row {
        Row(Lanes.sum(featureCount + 1) { lanes.rows[$0] * lanes.rows[$0] }).squareRoot()
    }

    /// What is to be made smallest, and its slopes `[features + 1, labels]`, for these weights.
    func objective(kernel: Tensor, bias: Tensor) -> (values: [Double], slopes: Tensor) {
        let labelCount = bias.count
        for lane in 0..<labelCount {
            for feature in 0..<featureCount { weights.rows[feature][lane] = kernel[feature, lane] }
            weights.rows[featureCount][lane] = bias[lane]
        }
        documents.multiply(weights, into: scores)
        for row in 0..<rowCount { scores.rows[row] += weights.rows[featureCount] }
        let size = Lanes.sum(featureCount) { weights.rows[$0] * weights.rows[$0] }
        let values = 0.5 * Double(problem.penalty) * size + loss(after: .zero)
        differentiate()
        let found = Tensor([featureCount + 1, labelCount]) { y in
            for feature in 0...featureCount {
                for lane in 0..<labelCount { y[feature * labelCount + lane] = slopes.rows[feature][lane] }
            }
        }
        return ((0..<labelCount).map { values[$0] }, found)
    }

    /// The objective's slopes at the present scores, and the curvature.
    private func differentiate() {
        // Numbers that are no labels weigh 1.
        let (absent, more) = (targets.absent, targets.present - targets.absent)
        let (y, scores, curvature, room) = (targets.y.rows, scores.rows, curvature.rows, room.rows)
        if problem.loss == .logistic { hornet_sigmoid(self.scores.floats, self.room.floats, rowCount * Lanes.width) }
        let bias = Lanes.sum(rowCount) { row in
            let weight = absent + y[row] * more
            switch problem.loss {
            case .logistic:
                let share = room[row]
                curvature[row] = weight * share * (1 - share)
                room[row] = weight * (share - y[row])
            case .squared:
                curvature[row] = weight
                room[row] = weight * (scores[row] - y[row])
            case .squaredMargin:
                curvature[row] = weight
                room[row] = weight * (scores[row] + (1 - 2 * y[row]))
            }
            return room[row]
        }
        documents.multiplyTransposed(self.room, into: slopes)
        for feature in 0..<featureCount { slopes.rows[feature] += problem.penalty * weights.rows[feature] }
        slopes.rows[featureCount] = problem.fitsIntercept ? Row(bias) : .zero
    }

    /// Moves the active labels along their directions, halving a step until it leads down.
    private func step(along active: Mask) {
        var length = Row.zero.replacing(with: 1, where: active)
        if problem.loss == .logistic {
            let (w, d, g) = (weights.rows, direction.rows, slopes.rows)
            let slope = Lanes.sum(featureCount + 1) { g[$0] * d[$0] }
            // Of the penalty along the way: 2 · penalty · (along · length + own · length² / 2).
            let along = Lanes.sum(featureCount) { w[$0] * d[$0] } * Double(problem.penalty)
            let own = Lanes.sum(featureCount) { d[$0] * d[$0] } * Double(problem.penalty)
            let before = loss(after: .zero)
            for _ in 0..<30 {
                let t = SIMD16<Double>(length)
                let change = loss(after: length) - before + along * t + 0.5 * own * t * t
                // What rounding may add to a sum of losses is no way up.
                let halved = active .& (Row(change - 1e-4 * t * slope - 1e-6 * before) .> 0)
                guard any(halved) else { break }
                length = length.replacing(with: 0.5 * length, where: halved)
            }
        }
        for feature in 0...featureCount { weights.rows[feature] += length * direction.rows[feature] }
        for row in 0..<rowCount { scores.rows[row] += length * moves.rows[row] }
    }

    /// The sum of losses after a move of this length.
    private func loss(after length: Row) -> SIMD16<Double> {
        let (absent, more) = (targets.absent, targets.present - targets.absent)
        let (y, scores, moves, room) = (targets.y.rows, scores.rows, moves.rows, room.rows)
        for row in 0..<rowCount { room[row] = (1 - 2 * y[row]) * (scores[row] + length * moves[row]) }
        hornet_softplus(self.room.floats, self.room.floats, rowCount * Lanes.width)
        return Lanes.sum(rowCount) { (absent + y[$0] * more) * room[$0] }
    }
}
