public import ArgumentParser

/// The size of the vocabulary and of the layers.
public struct ModelOptions: ParsableArguments {
    @Option(help: "How many words to know: the most frequent ones.")
    public var words = 10_000

    @Option(help: "How many words of a text to read: the last ones.")
    public var length = 100

    @Option(help: "The length of the vector that stands for a word.")
    public var embedding = 128

    @Option(help: "Units of the layer between words and tags.")
    public var hidden = 64

    @Option(help: "The share of the network left out at random in each training step.")
    public var dropout: Float = 0.2

    public init() {}

    public func validate() throws {
        try requirePositive(words, "--words")
        try requirePositive(length, "--length")
        try requirePositive(embedding, "--embedding")
        try requirePositive(hidden, "--hidden")
        guard (0..<1).contains(dropout) else {
            throw ValidationError("--dropout is \(dropout); it must be at least 0 and below 1.")
        }
    }
}

func requirePositive(_ value: Int, _ name: String) throws {
    guard value > 0 else { throw ValidationError("\(name) is \(value); it must be positive.") }
}
