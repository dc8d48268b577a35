public import HornetSupport

/// `initial / (1 + decayRate · step / decaySteps)`, the quotient cut to a whole number with `staircase`.
/// [Keras: InverseTimeDecay](https://keras.io/api/optimizers/learning_rate_schedules/inverse_time_decay/)
public struct InverseTimeDecay: LearningRateSchedule {
    public let initial: Double
    public let decaySteps: Int
    public let decayRate: Double
    public let staircase: Bool

    public init(
        initial: Double, decaySteps: Int, decayRate: Double, staircase: Bool = false
    ) {
        require(decaySteps > 0, "InverseTimeDecay", "decaySteps must be positive, not \(decaySteps)")
        self.initial = initial
        self.decaySteps = decaySteps
        self.decayRate = decayRate
        self.staircase = staircase
    }

    public var config: JSON.Object? {
        [
            "initial_learning_rate": .number(initial), "decay_steps": .integer(decaySteps),
            "decay_rate": .number(decayRate), "staircase": .bool(staircase), "name": "InverseTimeDecay",
        ]
    }

    public func rate(at step: Int) -> Float {
        let progress = Float(step) / Float(decaySteps)
        return Float(initial) / (1 + Float(decayRate) * (staircase ? progress.rounded(.down) : progress))
    }
}

extension LearningRate {
    /// See ``InverseTimeDecay``.
    public static func inverseTimeDecay(
        initial: Double, decaySteps: Int, decayRate: Double, staircase: Bool = false
    ) -> LearningRate {
        schedule(
            InverseTimeDecay(
                initial: initial, decaySteps: decaySteps, decayRate: decayRate, staircase: staircase))
    }
}

extension InverseTimeDecay {
    init(config: JSON.Cursor) throws {
        self.init(
            initial: try config.member("initial_learning_rate").double(), decaySteps: try config.steps("decay_steps"),
            decayRate: try config.member("decay_rate").double(), staircase: try config.member("staircase").bool())
    }
}
