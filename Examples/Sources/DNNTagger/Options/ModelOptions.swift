import ArgumentParser

/// The size of the vocabulary and of the layers.
struct ModelOptions: ParsableArguments {
    @Option(help: "How many words to know: the most frequent ones.")
    var words = 10_000

    @Option(help: "How many words of a text to read: the last ones.")
    var length = 100

    @Option(help: "The length of the vector that stands for a word.")
    var embedding = 128

    @Option(help: "Units of the hidden layer.")
    var hidden = 64

    @Option(help: "The share of hidden units left out at random in each training step.")
    var dropout: Float = 0.2

    func validate() throws {
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
