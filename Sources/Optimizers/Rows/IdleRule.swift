/// What a step does to a row that gets no gradient, said in a form that many steps can be summed up in.
///
/// Keras updates every row of an embedding in every step: without a gradient the averages decay, and momentum still
/// moves the weights. ``LazyRows`` makes up for many such steps at once.
public struct IdleRule: Sendable {
    /// How the weights move in a step of scale `a` (``Optimizer/idleScale``), after the arrays have decayed.
    public enum Drift: Sendable {
        case none
        /// `w −= a·slots[slot]`
        case along(slot: Int)
        /// `w −= a·slots[0] / (√slots[1] + epsilon)`, epsilon positive
        case adam(epsilon: Float)
    }

    /// What each array is multiplied by, exactly as the update does it.
    public let slotFactors: [Double]
    public let drift: Drift

    public init(slotFactors: [Double], drift: Drift = .none) {
        self.slotFactors = slotFactors
        self.drift = drift
    }

    /// Nothing changes.
    public static let still = IdleRule(slotFactors: [])

    var isStill: Bool {
        guard case .none = drift else { return false }
        return slotFactors.allSatisfy { $0 == 1 }
    }
}
