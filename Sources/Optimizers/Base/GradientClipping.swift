import HornetTensor

/// How large gradients are made smaller; the first that is set counts, as in Keras.
public struct GradientClipping: Sendable, Equatable {
    /// The largest norm of each weight's gradient.
    public let norm: Float?
    /// The largest norm of all gradients together.
    public let globalNorm: Float?
    /// The largest magnitude of each element.
    public let value: Float?

    public init(norm: Float? = nil, globalNorm: Float? = nil, value: Float? = nil) {
        self.norm = norm
        self.globalNorm = globalNorm
        self.value = value
    }

    public static let none = GradientClipping()

    func clip(_ gradients: inout [(parameter: Parameter, gradient: Gradient)]) {
        if let norm, norm > 0 {
            for i in gradients.indices {
                let length = gradients[i].gradient.stored.sumOfSquares().squareRoot()
                if length > Double(norm) { gradients[i].gradient.stored *= Float(Double(norm) / length) }
            }
        } else if let globalNorm, globalNorm > 0 {
            let length = gradients.reduce(0) { $0 + $1.gradient.stored.sumOfSquares() }.squareRoot()
            guard length > Double(globalNorm) else { return }
            for i in gradients.indices { gradients[i].gradient.stored *= Float(Double(globalNorm) / length) }
        } else if let value, value > 0 {
            for i in gradients.indices {
                gradients[i].gradient.stored = gradients[i].gradient.stored.clipped(-value, value)
            }
        }
    }
}
