import HornetSupport

/// Saves the model after each epoch, or only when a figure improves.
///
/// `{epoch}`, `{epoch:02d}`, `{val_loss:.2f}` in the path become the epoch, counted from 1, and its figures. A file appears
/// whole or not at all, so that a run that is killed can go on from the last one (`Sequential.load`, `compile`,
/// `loadWeights`, `fit(initialEpoch:)`).
/// [Keras: ModelCheckpoint](https://keras.io/api/callbacks/model_checkpoint/)
public final class ModelCheckpoint: Callback {
    private let path: String
    private var monitor: Monitor
    private let saveBestOnly: Bool
    private let verbose: Bool

    public init(
        _ path: String, monitor: String = "val_loss", verbose: Bool = false, saveBestOnly: Bool = false,
        mode: MonitorMode = .auto, initialValueThreshold: Double? = nil
    ) {
        self.path = path
        self.monitor = Monitor(monitor, mode: mode)
        self.saveBestOnly = saveBestOnly
        self.verbose = verbose
        self.monitor.best = initialValueThreshold
    }

    public override func onTrainBegin() throws {
        if saveBestOnly { try monitor.resolve(in: model, for: "ModelCheckpoint") }
    }

    public override func onEpochEnd(_ epoch: Int, _ logs: inout Logs) throws {
        let file = try ModelCheckpoint.fill(path, epoch: epoch + 1, logs)
        if saveBestOnly, let current = monitor.value(in: logs, for: "ModelCheckpoint") {
            let before = monitor.best.map { formatFixed($0, decimals: 5) } ?? "None"
            guard monitor.isImprovement(current, over: monitor.best) else {
                say("Epoch \(epoch + 1): \(monitor.name) did not improve from \(before)")
                return
            }
            let now = formatFixed(current, decimals: 5)
            say("Epoch \(epoch + 1): \(monitor.name) improved from \(before) to \(now), saving model to \(file)")
            monitor.best = current
        } else {
            say("Epoch \(epoch + 1): saving model to \(file)")
        }
        try model.save(file)
    }

    private func say(_ text: String) {
        if verbose { Console.print("\n" + text) }
    }

    /// Replaces `{name}` and `{name:format}`; throws when there is no such figure or the format is not understood.
    package static func fill(_ template: String, epoch: Int, _ logs: Logs) throws -> String {
        var result = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { break }
            result += rest[..<open]
            let parts = rest[rest.index(after: open)..<close].split(separator: ":", maxSplits: 1)
            let name = String(parts.first ?? "")
            let format = parts.count > 1 ? String(parts[1]) : ""
            result += try filled(name, format, epoch: epoch, logs)
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private static func filled(_ name: String, _ format: String, epoch: Int, _ logs: Logs) throws -> String {
        func refuse(_ problem: String) -> HornetError {
            HornetError(
                .configuration, at: "ModelCheckpoint", problem,
                remedy: "There are epoch, \(logs.names.joined(separator: ", ")); formats are 02d for the epoch and .3f for the others")
        }
        if ByteKey(name) == ByteKey("epoch") {
            if format.isEmpty { return "\(epoch)" }
            guard format.utf8.last == UInt8(ascii: "d"), let width = Int(format.dropLast()), width < 20 else {
                throw refuse("the format \"\(format)\" is not understood")
            }
            let digits = "\(epoch)"
            return String(repeating: format.hasPrefix("0") ? "0" : " ", count: max(width - digits.utf8.count, 0)) + digits
        }
        guard let value = logs[name] else { throw refuse("the path names \"\(name)\", which is not there") }
        if format.isEmpty { return "\(value)" }
        guard format.hasPrefix("."), format.hasSuffix("f"), let decimals = Int(format.dropFirst().dropLast()),
            (0...20).contains(decimals)
        else { throw refuse("the format \"\(format)\" is not understood") }
        return formatFixed(value, decimals: decimals)
    }
}

extension Callback {
    /// See ``ModelCheckpoint``.
    public static func modelCheckpoint(
        _ path: String, monitor: String = "val_loss", verbose: Bool = false, saveBestOnly: Bool = false,
        mode: MonitorMode = .auto, initialValueThreshold: Double? = nil
    ) -> Callback {
        ModelCheckpoint(
            path, monitor: monitor, verbose: verbose, saveBestOnly: saveBestOnly, mode: mode,
            initialValueThreshold: initialValueThreshold)
    }
}
