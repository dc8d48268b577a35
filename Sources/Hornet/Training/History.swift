/// What training measured, epoch by epoch: `history["val_loss"]`.
public struct History: Sendable {
    /// The epochs that were run, counted from 0.
    public private(set) var epochs: [Int] = []
    private var rows: [Logs] = []

    init() {}

    mutating func append(epoch: Int, _ logs: Logs) {
        epochs.append(epoch)
        rows.append(logs)
    }

    /// The names of the figures, in Keras' order: `accuracy`, `loss`, `val_accuracy`, `val_loss`.
    public var names: [String] {
        var all = Logs()
        for row in rows { all.merge(row) }
        return all.names
    }

    /// The figure called `name` after each epoch that has it; empty when none has.
    public subscript(name: String) -> [Double] { rows.compactMap { $0[name] } }

    /// The figure called `name` with the number of its epoch, counted from 1 as `fit` prints it.
    func points(_ name: String) -> [(x: Double, y: Double)] {
        zip(epochs, rows).compactMap { epoch, row in row[name].map { (x: Double(epoch + 1), y: $0) } }
    }
}
