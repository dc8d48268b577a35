public import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// ``CosineDecay`` that starts again whenever it has run down: after `firstDecaySteps` steps, then after periods that
/// are `periodFactor` times as long each and start `rateFactor` times as high.
/// [Keras: CosineDecayRestarts](https://keras.io/api/optimizers/learning_rate_schedules/cosine_decay_restarts/)
/// (Loshchilov and Hutter 2016)
public struct CosineDecayRestarts: LearningRateSchedule {
    public let initial: Double
    public let firstDecaySteps: Int
    public let periodFactor: Double
    public let rateFactor: Double
    public let alpha: Double

    public init(
        initial: Double, firstDecaySteps: Int, periodFactor: Double = 2, rateFactor: Double = 1, alpha: Double = 0
    ) {
        require(
            firstDecaySteps > 0, "CosineDecayRestarts", "firstDecaySteps must be positive, not \(firstDecaySteps)")
        self.initial = initial
        self.firstDecaySteps = firstDecaySteps
        self.periodFactor = periodFactor
        self.rateFactor = rateFactor
        self.alpha = alpha
    }

    public var config: JSON.Object? {
        [
            "initial_learning_rate": .number(initial), "first_decay_steps": .integer(firstDecaySteps),
            "t_mul": .number(periodFactor), "m_mul": .number(rateFactor), "alpha": .number(alpha),
            "name": "SGDRDecay",
        ]
    }

    public func rate(at step: Int) -> Float {
        var progress = Float(step) / Float(firstDecaySteps)
        let factor = Float(periodFactor)
        let restarts: Float
        if factor == 1 {
            restarts = floorf(progress)
            progress -= restarts
        } else {
            restarts = floorf(logf(1 - progress * (1 - factor)) / logf(factor))
            let period = powf(factor, restarts)
            progress = (progress - (1 - period) / (1 - factor)) / period
        }
        let wave = 0.5 * powf(Float(rateFactor), restarts) * (1 + cosf(Float(Double.pi) * progress))
        return Float(initial) * ((1 - Float(alpha)) * wave + Float(alpha))
    }
}

extension LearningRate {
    /// See ``CosineDecayRestarts``.
    public static func cosineDecayRestarts(
        initial: Double, firstDecaySteps: Int, periodFactor: Double = 2, rateFactor: Double = 1, alpha: Double = 0
    ) -> LearningRate {
        schedule(
            CosineDecayRestarts(
                initial: initial, firstDecaySteps: firstDecaySteps, periodFactor: periodFactor,
                rateFactor: rateFactor, alpha: alpha))
    }
}

extension CosineDecayRestarts {
    init(config: JSON.Cursor) throws {
        self.init(
            initial: try config.member("initial_learning_rate").double(),
            firstDecaySteps: try config.steps("first_decay_steps"), periodFactor: try config.member("t_mul").double(),
            rateFactor: try config.member("m_mul").double(), alpha: try config.member("alpha").double())
    }
}
