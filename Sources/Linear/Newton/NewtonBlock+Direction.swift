import HornetTensor

extension NewtonBlock {
    /// The direction `−H⁻¹·slopes`, nearly: conjugate gradients end when the residual, measured by the preconditioner, is
    /// the given share of what it was, or, for squares, where it is what is left of the slopes, when it is as short as
    /// `target`. `moves` follow: `x · direction`.
    func findDirection(active: Mask, share: Row, target: Row) {
        precondition()
        let (residual, scales, direction) = (residual.rows, scales.rows, direction.rows)
        let (product, conjugate) = (product.rows, conjugate.rows)
        let count = featureCount + 1
        for row in 0..<rowCount { moves.rows[row] = .zero }
        var size = Lanes.sum(count) { feature in
            residual[feature] = -slopes.rows[feature]
            direction[feature] = .zero
            conjugate[feature] = residual[feature] * scales[feature]
            return residual[feature] * conjugate[feature]
        }
        let end = size * SIMD16<Double>(share * share)
        var open = active .& (Row(size) .> 0)
        for _ in 0..<problem.maxInnerIterations {
            let bend = multiplyByCurvature()
            open = open .& (Row(bend) .> 0)
            guard any(open) else { break }
            let length = Row(size / bend).replacing(with: 0, where: .!open)
            for row in 0..<rowCount { moves.rows[row] += length * room.rows[row] }
            let next = Lanes.sum(count) { feature in
                direction[feature] += length * conjugate[feature]
                residual[feature] -= length * product[feature]
                return residual[feature] * residual[feature] * scales[feature]
            }
            let isOpen = problem.loss == .logistic ? Row(next - end) .> 0 : norm(of: self.residual) .> target
            open = open .& isOpen
            guard any(open) else { break }
            let kept = Row(next / size).replacing(with: 0, where: .!open)
            for feature in 0..<count { conjugate[feature] = residual[feature] * scales[feature] + kept * conjugate[feature] }
            size = next
        }
    }

    /// `scales` = 1 / the diagonal of the second derivatives.
    private func precondition() {
        documents.multiplyTransposed(curvature, into: scales, squared: true)
        // Where nothing bends, there is nothing to find.
        let least = Row(repeating: 1e-30)
        for feature in 0..<featureCount { scales.rows[feature] = 1 / pointwiseMax(problem.penalty + scales.rows[feature], least) }
        let bias = Lanes.sum(rowCount) { curvature.rows[$0] }
        scales.rows[featureCount] = problem.fitsIntercept ? 1 / pointwiseMax(Row(bias), least) : .zero
    }

    /// `product = H · conjugate`, `room = x · conjugate`; gives `conjugate · H · conjugate`.
    private func multiplyByCurvature() -> SIMD16<Double> {
        let (p, h) = (conjugate.rows, product.rows)
        documents.multiply(conjugate, into: room)
        let shift = p[featureCount]
        let bias = Lanes.sum(rowCount) { row in
            room.rows[row] += shift
            bent.rows[row] = curvature.rows[row] * room.rows[row]
            return bent.rows[row]
        }
        documents.multiplyTransposed(bent, into: product)
        for feature in 0..<featureCount { h[feature] += problem.penalty * p[feature] }
        h[featureCount] = problem.fitsIntercept ? Row(bias) : .zero
        return Lanes.sum(featureCount + 1) { p[$0] * h[$0] }
    }
}
