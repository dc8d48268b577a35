public import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `(initial − end) · (1 − step / decaySteps)^power + end`. After `decaySteps` it stays at `end`; with `cycle` it
/// starts again, with the smallest multiple of `decaySteps` that is not below `step`.
/// [Keras: PolynomialDecay](https://keras.io/api/optimizers/learning_rate_schedules/polynomial_decay/)
public struct PolynomialDecay: LearningRateSchedule {
    public let initial: Double
    public let decaySteps: Int
    public let end: Double
    public let power: Double
    public let cycle: Bool

    public init(
        initial: Double, decaySteps: Int, end: Double = 0.0001, power: Double = 1, cycle: Bool = false
    ) {
        require(decaySteps > 0, "PolynomialDecay", "decaySteps must be positive, not \(decaySteps)")
        self.initial = initial
        self.decaySteps = decaySteps
        self.end = end
        self.power = power
        self.cycle = cycle
    }

    public var config: JSON.Object? {
        [
            "initial_learning_rate": .number(initial), "decay_steps": .integer(decaySteps),
            "end_learning_rate": .number(end), "power": .number(power), "cycle": .bool(cycle),
            "name": "PolynomialDecay",
        ]
    }

    public func rate(at step: Int) -> Float {
        var (step, steps) = (Float(step), Float(decaySteps))
        if cycle {
            if step > 0 { steps *= ceilf(step / steps) }
        } else {
            step = min(step, steps)
        }
        return (Float(initial) - Float(end)) * powf(1 - step / steps, Float(power)) + Float(end)
    }
}

extension LearningRate {
    /// See ``PolynomialDecay``.
    public static func polynomialDecay(
        initial: Double, decaySteps: Int, end: Double = 0.0001, power: Double = 1, cycle: Bool = false
    ) -> LearningRate {
        schedule(PolynomialDecay(initial: initial, decaySteps: decaySteps, end: end, power: power, cycle: cycle))
    }
}

extension PolynomialDecay {
    init(config: JSON.Cursor) throws {
        self.init(
            initial: try config.member("initial_learning_rate").double(), decaySteps: try config.steps("decay_steps"),
            end: try config.member("end_learning_rate").double(), power: try config.member("power").double(),
            cycle: try config.member("cycle").bool())
    }
}
