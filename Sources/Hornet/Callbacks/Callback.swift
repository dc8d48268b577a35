/// Code that runs at certain moments of training. Override what you need.
///
/// A callback that can't do its work (a full disk) throws; `fit` then ends with that error.
/// [Keras: Callback](https://keras.io/api/callbacks/base_callback/)
open class Callback {
    /// The model in training; set when `fit` begins.
    public package(set) unowned var model: Model!

    public init() {}

    open func onTrainBegin() throws {}
    open func onTrainEnd() throws {}
    /// `epoch` counts from 0.
    open func onEpochBegin(_ epoch: Int) throws {}
    /// `logs` has the epoch's figures; what is added to it appears in the history.
    open func onEpochEnd(_ epoch: Int, _ logs: inout Logs) throws {}
    open func onTrainBatchBegin(_ batch: Int) throws {}
    /// `logs` has the figures of the epoch so far.
    open func onTrainBatchEnd(_ batch: Int, _ logs: Logs) throws {}
    /// Whether ``onTrainBatchEnd(_:_:)`` reads its logs; they cost time to gather.
    open var wantsBatchLogs: Bool { false }
}

extension Callback {
    /// A callback from closures.
    public static func closures(
        onEpochBegin: ((Int) throws -> Void)? = nil, onEpochEnd: ((Int, Logs) throws -> Void)? = nil,
        onTrainBatchEnd: ((Int, Logs) throws -> Void)? = nil, onTrainBegin: (() throws -> Void)? = nil,
        onTrainEnd: (() throws -> Void)? = nil
    ) -> Callback {
        ClosureCallback(onEpochBegin, onEpochEnd, onTrainBatchEnd, onTrainBegin, onTrainEnd)
    }
}

/// [Keras: LambdaCallback](https://keras.io/api/callbacks/lambda_callback/)
private final class ClosureCallback: Callback {
    private let epochBegin: ((Int) throws -> Void)?
    private let epochEnd: ((Int, Logs) throws -> Void)?
    private let batchEnd: ((Int, Logs) throws -> Void)?
    private let trainBegin: (() throws -> Void)?
    private let trainEnd: (() throws -> Void)?

    init(
        _ epochBegin: ((Int) throws -> Void)?, _ epochEnd: ((Int, Logs) throws -> Void)?,
        _ batchEnd: ((Int, Logs) throws -> Void)?, _ trainBegin: (() throws -> Void)?,
        _ trainEnd: (() throws -> Void)?
    ) {
        self.epochBegin = epochBegin
        self.epochEnd = epochEnd
        self.batchEnd = batchEnd
        self.trainBegin = trainBegin
        self.trainEnd = trainEnd
    }

    override func onTrainBegin() throws { try trainBegin?() }
    override func onTrainEnd() throws { try trainEnd?() }
    override func onEpochBegin(_ epoch: Int) throws { try epochBegin?(epoch) }
    override func onEpochEnd(_ epoch: Int, _ logs: inout Logs) throws { try epochEnd?(epoch, logs) }
    override func onTrainBatchEnd(_ batch: Int, _ logs: Logs) throws { try batchEnd?(batch, logs) }
    override var wantsBatchLogs: Bool { batchEnd != nil }
}
