import HornetMetrics
import HornetSupport

/// Which way a watched figure gets better.
public enum MonitorMode: Sendable {
    /// By the figure's name: a loss is better smaller, a metric as it says itself.
    case auto
    case min
    case max
}

/// Watches one figure for improvement: the part that EarlyStopping, ModelCheckpoint and ReduceLROnPlateau share,
/// with Keras' rules.
struct Monitor {
    let name: String
    let mode: MonitorMode
    let minDelta: Double
    /// The best figure so far; a first NaN counts as best, and nothing improves on it, as in Keras.
    var best: Double?
    private var isSmallerBetter: Bool?

    init(_ name: String, mode: MonitorMode, minDelta: Double = 0, best: Double? = nil) {
        self.name = name
        self.mode = mode
        self.minDelta = minDelta.magnitude
        self.best = best
    }

    /// Finds the direction; throws when the mode is `auto` and nothing tells it.
    mutating func resolve(in model: Model, for callback: String) throws {
        switch mode {
        case .min: isSmallerBetter = true
        case .max: isSmallerBetter = false
        case .auto:
            let bare = name.utf8.starts(with: "val_".utf8) ? String(name.dropFirst(4)) : name
            if model.compilation?.names.isLoss(bare) ?? bare.utf8.elementsEqual("loss".utf8) {
                isSmallerBetter = true
                return
            }
            guard let direction = model.compilation?.metric(called: bare)?.direction else {
                throw HornetError(
                    .configuration, at: callback, "nothing tells whether \"\(name)\" is better large or small",
                    remedy: "Give it mode: .min or mode: .max, or monitor one of the compiled metrics")
            }
            isSmallerBetter = direction == .down
        }
    }

    /// Whether `value` beats `reference` by more than `minDelta`; anything beats nothing. The last comparison is in
    /// single precision, as in Keras, whose figures are.
    func isImprovement(_ value: Double, over reference: Double?) -> Bool {
        guard let reference else { return true }
        return isSmallerBetter!
            ? Float(value + minDelta) < Float(reference) : Float(value - minDelta) > Float(reference)
    }

    /// The watched figure, or `nil` with a warning on standard error.
    func value(in logs: Logs, for callback: String) -> Double? {
        if let value = logs[name] { return value }
        Console.warn("\(callback) watches \"\(name)\", which is not there; there are: \(logs.names.joined(separator: ", "))")
        return nil
    }
}
