import HornetSupport

/// Sets the learning rate before each epoch: `schedule(epoch, present rate)`, epochs counted from 0.
/// [Keras: LearningRateScheduler](https://keras.io/api/callbacks/learning_rate_scheduler/)
public final class LearningRateScheduler: Callback {
    private let schedule: (Int, Float) -> Float
    private let verbose: Bool

    public init(verbose: Bool = false, _ schedule: @escaping (_ epoch: Int, _ rate: Float) -> Float) {
        self.schedule = schedule
        self.verbose = verbose
    }

    public override func onEpochBegin(_ epoch: Int) throws {
        let rate = schedule(epoch, model.learningRate)
        try model.setLearningRate(rate)
        if verbose {
            Console.print("\nEpoch \(epoch + 1): LearningRateScheduler setting learning rate to \(rate).")
        }
    }

    public override func onEpochEnd(_ epoch: Int, _ logs: inout Logs) {
        logs["learning_rate"] = Double(model.learningRate)
    }
}

/// Multiplies the learning rate by `factor` when a figure has not improved for `patience` epochs.
/// [Keras: ReduceLROnPlateau](https://keras.io/api/callbacks/reduce_lr_on_plateau/)
public final class ReduceLROnPlateau: Callback {
    private var monitor: Monitor
    private let factor: Double
    private let patience: Int
    private let verbose: Bool
    private let cooldown: Int
    private let minLR: Double
    private var wait = 0
    private var cooldownLeft = 0

    public init(
        monitor: String = "val_loss", factor: Double = 0.1, patience: Int = 10, verbose: Bool = false,
        mode: MonitorMode = .auto, minDelta: Double = 1e-4, cooldown: Int = 0, minLR: Double = 0
    ) {
        require(factor < 1, "ReduceLROnPlateau", "the factor \(factor) is not below 1")
        self.monitor = Monitor(monitor, mode: mode, minDelta: minDelta)
        self.factor = factor
        self.patience = patience
        self.verbose = verbose
        self.cooldown = cooldown
        self.minLR = minLR
    }

    public override func onTrainBegin() throws {
        try monitor.resolve(in: model, for: "ReduceLROnPlateau")
        monitor.best = nil
        wait = 0
        cooldownLeft = 0
    }

    public override func onEpochEnd(_ epoch: Int, _ logs: inout Logs) throws {
        logs["learning_rate"] = Double(model.learningRate)
        guard let current = monitor.value(in: logs, for: "ReduceLROnPlateau") else { return }
        if cooldownLeft > 0 {
            cooldownLeft -= 1
            wait = 0
        }
        if monitor.isImprovement(current, over: monitor.best) {
            monitor.best = current
            wait = 0
        } else if cooldownLeft == 0 {
            wait += 1
            if wait >= patience, try reduce(epoch) {
                cooldownLeft = cooldown
                wait = 0
            }
        }
    }

    private func reduce(_ epoch: Int) throws -> Bool {
        let rate = Double(model.learningRate)
        guard rate > Double(Float(minLR)) else { return false }
        let reduced = max(rate * factor, minLR)
        try model.setLearningRate(Float(reduced))
        if verbose {
            Console.print("\nEpoch \(epoch + 1): ReduceLROnPlateau reducing learning rate to \(reduced).")
        }
        return true
    }
}

extension Callback {
    /// See ``LearningRateScheduler``.
    public static func learningRateScheduler(
        verbose: Bool = false, _ schedule: @escaping (_ epoch: Int, _ rate: Float) -> Float
    ) -> Callback { LearningRateScheduler(verbose: verbose, schedule) }

    /// See ``ReduceLROnPlateau``.
    public static func reduceLROnPlateau(
        monitor: String = "val_loss", factor: Double = 0.1, patience: Int = 10, verbose: Bool = false,
        mode: MonitorMode = .auto, minDelta: Double = 1e-4, cooldown: Int = 0, minLR: Double = 0
    ) -> Callback {
        ReduceLROnPlateau(
            monitor: monitor, factor: factor, patience: patience, verbose: verbose, mode: mode, minDelta: minDelta,
            cooldown: cooldown, minLR: minLR)
    }
}
