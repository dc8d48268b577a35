import Hornet
import Workload

/// A model that goes on training, 64 steps at a time.
final class TrainingRun {
    private static let steps = 64
    private let data: TokenIds
    private let model: Sequential
    private var epoch = 0
    private var firstLoss = Double.infinity

    init(_ network: Network, vocabulary: Int = Network.vocabulary, stride: Int = 1) {
        data = TokenIds(documents: TrainingRun.steps * Network.batchSize, stride: stride)
        model = network.model(labels: data.y.shape[1], vocabulary: vocabulary)
    }

    /// Trains, and throws when that did not make the loss smaller than it was at first.
    func secondsOfAStep() throws -> Double {
        var loss = Double.nan
        let time = try seconds {
            let history = try model.fit(
                data.x, data.y, epochs: epoch + 1, batchSize: Network.batchSize, verbose: .silent, initialEpoch: epoch)
            loss = history["loss"][0]
        }
        if epoch == 0 { firstLoss = loss }
        guard loss.isFinite, epoch == 0 || loss < firstLoss else {
            throw HornetError(.data, at: "epoch \(epoch)", "the loss went from \(firstLoss) to \(loss)")
        }
        epoch += 1
        return time / Double(TrainingRun.steps)
    }
}
