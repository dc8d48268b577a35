public import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `initial · decayRate^(step / decaySteps)`, the exponent cut to a whole number with `staircase`.
/// [Keras: ExponentialDecay](https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/)
public struct ExponentialDecay: LearningRateSchedule {
    public let initial: Double
    public let decaySteps: Int
    public let decayRate: Double
    public let staircase: Bool

    public init(
        initial: Double, decaySteps: Int, decayRate: Double, staircase: Bool = false
    ) {
        require(decaySteps > 0, "ExponentialDecay", "decaySteps must be positive, not \(decaySteps)")
        self.initial = initial
        self.decaySteps = decaySteps
        self.decayRate = decayRate
        self.staircase = staircase
    }

    public var config: JSON.Object? {
        [
            "initial_learning_rate": .number(initial), "decay_steps": .integer(decaySteps),
            "decay_rate": .number(decayRate), "staircase": .bool(staircase), "name": "ExponentialDecay",
        ]
    }

    public func rate(at step: Int) -> Float {
        let exponent = Float(step) / Float(decaySteps)
        return Float(initial) * powf(Float(decayRate), staircase ? floorf(exponent) : exponent)
    }
}

extension LearningRate {
    /// See ``ExponentialDecay``.
    public static func exponentialDecay(
        initial: Double, decaySteps: Int, decayRate: Double, staircase: Bool = false
    ) -> LearningRate {
        schedule(
            ExponentialDecay(
                initial: initial, decaySteps: decaySteps, decayRate: decayRate, staircase: staircase))
    }
}

extension ExponentialDecay {
    init(config: JSON.Cursor) throws {
        self.init(
            initial: try config.member("initial_learning_rate").double(), decaySteps: try config.steps("decay_steps"),
            decayRate: try config.member("decay_rate").double(), staircase: try config.member("staircase").bool())
    }
}
