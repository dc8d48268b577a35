public import ArgumentParser

/// How to train.
public struct TrainingOptions: ParsableArguments {
    @Option(help: "How often to go through the training texts, at most.")
    public var epochs = 20

    @Option(help: "Texts in one training step.")
    public var batchSize = 32

    @Option(help: "The step size of Adam.")
    public var learningRate: Float = 0.001

    @Option(help: "The share of training texts to watch progress on instead of training.")
    public var validationSplit = 0.2

    @Option(
        help: """
            Stop after this many epochs without a smaller validation loss; then take back the best weights. 0 to run \
            through all epochs.
            """)
    public var patience = 3

    @Option(help: "What all random numbers start from; the same seed gives the same result.")
    public var seed: UInt64 = 1

    public init() {}

    public func validate() throws {
        try requirePositive(epochs, "--epochs")
        try requirePositive(batchSize, "--batch-size")
        guard learningRate > 0 else { throw ValidationError("--learning-rate is \(learningRate); it must be positive.") }
        guard (0..<1).contains(validationSplit) else {
            throw ValidationError("--validation-split is \(validationSplit); it must be at least 0 and below 1.")
        }
        guard patience >= 0 else { throw ValidationError("--patience is \(patience); it must not be negative.") }
    }
}
