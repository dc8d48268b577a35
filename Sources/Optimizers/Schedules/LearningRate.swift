import HornetSupport

/// A constant learning rate, or one that follows a schedule: `.adam(learningRate: 1e-3)`,
/// `.adam(learningRate: .exponentialDecay(initial: 1e-2, decaySteps: 1000, decayRate: 0.9))`.
public struct LearningRate: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    private enum Form: Sendable {
        case constant(Float)
        case schedule(any LearningRateSchedule)
    }
    private let form: Form

    public init(floatLiteral value: Float) { form = .constant(value) }
    public init(integerLiteral value: Int) { form = .constant(Float(value)) }
    private init(_ form: Form) { self.form = form }

    public static func constant(_ value: Float) -> LearningRate { LearningRate(.constant(value)) }

    public static func schedule(_ schedule: some LearningRateSchedule) -> LearningRate {
        LearningRate(.schedule(schedule))
    }

    /// Any function of the number of steps taken.
    public static func schedule(_ rate: @escaping @Sendable (_ step: Int) -> Float) -> LearningRate {
        schedule(FunctionSchedule(function: rate))
    }

    var isConstant: Bool { if case .constant = form { true } else { false } }

    func value(at step: Int) -> Float {
        switch form {
        case .constant(let value): value
        case .schedule(let schedule): schedule.rate(at: step)
        }
    }

    /// As Keras writes it: a number (a Float's, in full), or class and arguments; `nil` for what no file can hold.
    var description: JSON? {
        switch form {
        case .constant(let value): .number(Double(value))
        case .schedule(let schedule):
            schedule.config.map { config in
                [
                    "module": "keras.optimizers.schedules", "class_name": .string(schedule.className),
                    "config": .object(config), "registered_name": nil,
                ]
            }
        }
    }
}
