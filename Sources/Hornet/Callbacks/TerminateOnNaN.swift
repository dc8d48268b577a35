/// Stops training as soon as the loss is NaN or infinite.
/// [Keras: TerminateOnNaN](https://keras.io/api/callbacks/terminate_on_nan/)
public final class TerminateOnNaN: Callback {
    public override var wantsBatchLogs: Bool { true }

    public override func onTrainBatchEnd(_ batch: Int, _ logs: Logs) {
        guard let loss = logs["loss"], !loss.isFinite else { return }
        Console.print("Batch \(batch): Invalid loss, terminating training")
        model.stopTraining = true
    }
}

extension Callback {
    /// See ``TerminateOnNaN``.
    public static var terminateOnNaN: Callback { TerminateOnNaN() }
}
