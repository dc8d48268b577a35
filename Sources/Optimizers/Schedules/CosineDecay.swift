public import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Half a cosine wave from the initial rate down to `alpha` times it in `decaySteps` steps. With a `warmupTarget` the
/// rate first rises from `initial` to it in a straight line of `warmupSteps` steps, and falls from there.
/// [Keras: CosineDecay](https://keras.io/api/optimizers/learning_rate_schedules/cosine_decay/)
public struct CosineDecay: LearningRateSchedule {
    public let initial: Double
    public let decaySteps: Int
    public let alpha: Double
    public let warmupTarget: Double?
    public let warmupSteps: Int

    public init(
        initial: Double, decaySteps: Int, alpha: Double = 0, warmupTarget: Double? = nil, warmupSteps: Int = 0
    ) {
        require(decaySteps > 0, "CosineDecay", "decaySteps must be positive, not \(decaySteps)")
        self.initial = initial
        self.decaySteps = decaySteps
        self.alpha = alpha
        self.warmupTarget = warmupTarget
        self.warmupSteps = warmupSteps
    }

    public var config: JSON.Object? {
        [
            "initial_learning_rate": .number(initial), "decay_steps": .integer(decaySteps),
            "alpha": .number(alpha), "name": "CosineDecay",
            "warmup_target": warmupTarget.map(JSON.number) ?? .null, "warmup_steps": .integer(warmupSteps),
        ]
    }

    public func rate(at step: Int) -> Float {
        guard let warmupTarget else { return decayed(from: Float(initial), step: Float(step)) }
        let (step, steps) = (Float(step), Float(warmupSteps))
        guard step < steps else { return decayed(from: Float(warmupTarget), step: step - steps) }
        return (Float(warmupTarget) - Float(initial)) * (step / steps) + Float(initial)
    }

    private func decayed(from rate: Float, step: Float) -> Float {
        let progress = min(step, Float(decaySteps)) / Float(decaySteps)
        let wave = 0.5 * (1 + cosf(Float(Double.pi) * progress))
        return rate * (Float(1 - alpha) * wave + Float(alpha))
    }
}

extension LearningRate {
    /// See ``CosineDecay``.
    public static func cosineDecay(
        initial: Double, decaySteps: Int, alpha: Double = 0, warmupTarget: Double? = nil, warmupSteps: Int = 0
    ) -> LearningRate {
        schedule(
            CosineDecay(
                initial: initial, decaySteps: decaySteps, alpha: alpha, warmupTarget: warmupTarget,
                warmupSteps: warmupSteps))
    }
}

extension CosineDecay {
    init(config: JSON.Cursor) throws {
        self.init(
            initial: try config.member("initial_learning_rate").double(), decaySteps: try config.steps("decay_steps"),
            alpha: try config.member("alpha").double(), warmupTarget: try config.optional("warmup_target")?.double(),
            warmupSteps: try config.member("warmup_steps").int(in: 0...Int(Int32.max)))
    }
}
