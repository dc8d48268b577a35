import HornetTensor

/// Stops training when a figure has not improved for `patience` epochs.
///
/// Exactly Keras' rules: an epoch counts as waiting until it beats the best so far by `minDelta` (and `baseline`,
/// if given); the first epoch never stops; with `restoreBestWeights` the best epoch's weights come back at the end,
/// whether training was stopped or ran through.
/// [Keras: EarlyStopping](https://keras.io/api/callbacks/early_stopping/)
public final class EarlyStopping: Callback {
    private var monitor: Monitor
    private let patience: Int
    private let verbose: Bool
    private let baseline: Double?
    private let restoreBestWeights: Bool
    private let startFromEpoch: Int

    private var wait = 0
    private var bestWeights: [Tensor]?
    private var bestEpoch = 0
    /// The epoch after which training was stopped, counted from 0; `nil` when it ran through.
    public private(set) var stoppedEpoch: Int?

    public init(
        monitor: String = "val_loss", minDelta: Double = 0, patience: Int = 0, verbose: Bool = false,
        mode: MonitorMode = .auto, baseline: Double? = nil, restoreBestWeights: Bool = false, startFromEpoch: Int = 0
    ) {
        self.monitor = Monitor(monitor, mode: mode, minDelta: minDelta)
        self.patience = patience
        self.verbose = verbose
        self.baseline = baseline
        self.restoreBestWeights = restoreBestWeights
        self.startFromEpoch = startFromEpoch
    }

    public override func onTrainBegin() throws {
        try monitor.resolve(in: model, for: "EarlyStopping")
        monitor.best = nil
        wait = 0
        stoppedEpoch = nil
        bestWeights = nil
        bestEpoch = 0
    }

    public override func onEpochEnd(_ epoch: Int, _ logs: inout Logs) {
        guard let current = monitor.value(in: logs, for: "EarlyStopping"), epoch >= startFromEpoch else { return }
        if restoreBestWeights, bestWeights == nil { keepWeights(of: epoch) }
        wait += 1
        if monitor.isImprovement(current, over: monitor.best) {
            monitor.best = current
            bestEpoch = epoch
            if restoreBestWeights { keepWeights(of: epoch) }
            if baseline == nil || monitor.isImprovement(current, over: baseline) { wait = 0 }
            return
        }
        if wait >= patience && epoch > 0 {
            stoppedEpoch = epoch
            model.stopTraining = true
        }
    }

    public override func onTrainEnd() throws {
        if verbose, let stoppedEpoch { Console.print("Epoch \(stoppedEpoch + 1): early stopping") }
        if let bestWeights {
            if verbose {
                Console.print("Restoring model weights from the end of the best epoch: \(bestEpoch + 1).")
            }
            try model.setWeights(bestWeights)
        }
    }

    private func keepWeights(of epoch: Int) {
        bestWeights = model.weights.map(\.value)
        bestEpoch = epoch
    }
}

extension Callback {
    /// See ``EarlyStopping``.
    public static func earlyStopping(
        monitor: String = "val_loss", minDelta: Double = 0, patience: Int = 0, verbose: Bool = false,
        mode: MonitorMode = .auto, baseline: Double? = nil, restoreBestWeights: Bool = false, startFromEpoch: Int = 0
    ) -> Callback {
        EarlyStopping(
            monitor: monitor, minDelta: minDelta, patience: patience, verbose: verbose, mode: mode,
            baseline: baseline, restoreBestWeights: restoreBestWeights, startFromEpoch: startFromEpoch)
    }
}
