import HornetOptimizers
import HornetTensor

/// The formulas of an optimizer in Double, over all elements in every step: what Float updates, dense or lazy, are
/// measured against. Arguments are rounded to Float where the optimizer does so.
struct DoubleTwin {
    enum Formula: Sendable {
        case sgd(momentum: Float, nesterov: Bool)
        case rmsprop(rho: Double, momentum: Float, epsilon: Float)
        case adam(beta1: Double, beta2: Double, epsilon: Float)
    }

    let formula: Formula
    let weightDecay: Double
    var w: [Double]
    var first: [Double]
    var second: [Double]

    init(_ formula: Formula, weightDecay: Double, _ weights: Tensor) {
        self.formula = formula
        self.weightDecay = Double(Float(weightDecay))
        w = weights.scalars.map(Double.init)
        first = w.map { _ in 0 }
        second = first
    }

    mutating func step(_ gradient: Tensor, rate: Float, number: Int) {
        let (g, rate) = (gradient.scalars.map(Double.init), Double(rate))
        for i in w.indices { w[i] -= w[i] * weightDecay * rate }
        switch formula {
        case .sgd(let momentum, let nesterov):
            let momentum = Double(momentum)
            for i in w.indices {
                first[i] = momentum * first[i] - rate * g[i]
                w[i] += nesterov ? momentum * first[i] - rate * g[i] : first[i]
            }
        case .rmsprop(let rho, let momentum, let epsilon):
            for i in w.indices {
                second[i] = Double(Float(rho)) * second[i] + Double(Float(1 - rho)) * g[i] * g[i]
                first[i] = Double(momentum) * first[i] + rate * g[i] / (second[i] + Double(epsilon)).squareRoot()
                w[i] -= first[i]
            }
        case .adam(let beta1, let beta2, let epsilon):
            let (power1, power2) = (power(Float(beta1), number), power(Float(beta2), number))
            let alpha = rate * (1 - power2).squareRoot() / (1 - power1)
            for i in w.indices {
                first[i] += (g[i] - first[i]) * Double(Float(1 - beta1))
                second[i] += (g[i] * g[i] - second[i]) * Double(Float(1 - beta2))
                w[i] -= first[i] * alpha / (second[i].squareRoot() + Double(epsilon))
            }
        }
    }

    private func power(_ base: Float, _ exponent: Int) -> Double {
        var (result, square, rest) = (1.0, Double(base), exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= square }
            square *= square
            rest >>= 1
        }
        return result
    }

    /// The greatest difference to `weights`.
    func error(of weights: Tensor) -> Double {
        zip(weights.scalars, w).reduce(0) { max($0, (Double($1.0) - $1.1).magnitude) }
    }
}
