#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A constant learning rate, or one that follows a schedule: `.adam(learningRate: 1e-3)`,
/// `.adam(learningRate: .exponentialDecay(initial: 1e-2, decaySteps: 1000, decayRate: 0.9))`.
public struct LearningRate: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    private enum Form: Sendable {
        case constant(Float)
        case schedule(@Sendable (Int) -> Float)
    }
    private let form: Form

    public init(floatLiteral value: Float) { form = .constant(value) }
    public init(integerLiteral value: Int) { form = .constant(Float(value)) }
    private init(_ form: Form) { self.form = form }

    public static func constant(_ value: Float) -> LearningRate { LearningRate(.constant(value)) }

    /// Any function of the number of steps taken.
    public static func schedule(_ rate: @escaping @Sendable (_ step: Int) -> Float) -> LearningRate {
        LearningRate(.schedule(rate))
    }

    /// `initial · decayRate^(step / decaySteps)`, the exponent cut to a whole number with `staircase`.
    /// [Keras: ExponentialDecay](https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/)
    public static func exponentialDecay(
        initial: Float, decaySteps: Int, decayRate: Float, staircase: Bool = false
    ) -> LearningRate {
        schedule { step in
            let exponent = Float(step) / Float(decaySteps)
            return initial * powf(decayRate, staircase ? floorf(exponent) : exponent)
        }
    }

    /// `values[i]` while the step is at most `boundaries[i]`, the last value afterwards. Traps unless there is one value
    /// more than boundaries.
    /// [Keras: PiecewiseConstantDecay](https://keras.io/api/optimizers/learning_rate_schedules/piecewise_constant_decay/)
    public static func piecewiseConstant(boundaries: [Int], values: [Float]) -> LearningRate {
        precondition(values.count == boundaries.count + 1)
        return schedule { step in values[boundaries.firstIndex { step <= $0 } ?? boundaries.count] }
    }

    var isConstant: Bool { if case .constant = form { true } else { false } }

    func value(at step: Int) -> Float {
        switch form {
        case .constant(let value): value
        case .schedule(let rate): rate(step)
        }
    }
}
