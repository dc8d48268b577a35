import HornetTensor

/// How large gradients are made smaller, as in Keras, where at most one of these may be set.
public enum GradientClipping: Sendable, Equatable {
    case none
    /// Each weight's gradient has at most this Euclidean norm (Keras' `clipnorm`).
    case norm(Double)
    /// All gradients together have at most this norm (`global_clipnorm`).
    case globalNorm(Double)
    /// Each element has at most this magnitude (`clipvalue`).
    case value(Double)

    func clipped(
        _ gradients: [(parameter: Parameter, gradient: Gradient)]
    ) -> [(parameter: Parameter, gradient: Gradient)] {
        switch self {
        case .none: return gradients
        case .norm(let limit):
            return gradients.map { ($0, $1.scaled(by: limit / max(limit, $1.stored.sumOfSquares().squareRoot()))) }
        case .globalNorm(let limit):
            let norm = gradients.reduce(0) { $0 + $1.gradient.stored.sumOfSquares() }.squareRoot()
            return gradients.map { ($0, $1.scaled(by: limit / max(limit, norm))) }
        case .value(let limit):
            return gradients.map { parameter, gradient in
                var clipped = gradient
                clipped.stored = gradient.stored.clipped(-Float(limit), Float(limit))
                return (parameter, clipped)
            }
        }
    }
}

extension Gradient {
    var count: Int {
        switch self {
        case .dense(let tensor): tensor.count
        case .rows(let rows): rows.rowCount * rows.width
        }
    }

    fileprivate func scaled(by factor: Double) -> Gradient {
        guard factor != 1 else { return self }
        var result = self
        result.stored = stored * Tensor(Float(factor))
        return result
    }
}
