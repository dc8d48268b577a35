public import HornetSupport

/// A learning rate that changes from step to step.
/// [Keras: LearningRateSchedule](https://keras.io/api/optimizers/learning_rate_schedules/)
///
/// The built-in schedules compute in Float, operation by operation, as Keras does.
public protocol LearningRateSchedule: Sendable {
    /// Keras' class name, used in files.
    var className: String { get }
    /// The arguments under Keras' names; `nil` when no file can hold them.
    var config: JSON.Object? { get }
    /// The rate after `step` steps.
    func rate(at step: Int) -> Float
}

extension LearningRateSchedule {
    public var className: String { String(describing: Self.self) }
}

struct FunctionSchedule: LearningRateSchedule {
    let function: @Sendable (Int) -> Float

    var config: JSON.Object? { nil }

    func rate(at step: Int) -> Float { function(step) }
}
