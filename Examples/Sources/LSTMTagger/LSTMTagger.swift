import ArgumentParser
import Hornet
import TaggerExample

/// Tags texts with a network that reads them word by word.
@main
struct LSTMTagger: TaggerExample {
    /// A vector for each word; a memory that takes in one after the other; what it holds at the end gives the tags.
    func layers(tagCount: Int) -> [Layer] {
        [
            Embedding(
                inputDim: model.words, outputDim: model.embedding, maskZero: !unmasked,
                embeddingsInitializer: .uniform(-range, range)),
            SpatialDropout1D(model.dropout),
            LSTM(model.hidden),
            Dense(tagCount, activation: .sigmoid),
        ]
    }

    @OptionGroup(title: "Data") var data: DataOptions
    @OptionGroup(title: "Model") var model: ModelOptions

    @Option(help: "Word vectors start at random numbers between minus this and this.")
    var range: Float = 1

    @Flag(help: "Read the padding before short texts as if it were words.")
    var unmasked = false

    @OptionGroup(title: "Training") var training: TrainingOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        guard range > 0 else { throw ValidationError("--range is \(range); it must be positive.") }
    }

    static let configuration = CommandConfiguration(
        commandName: "LSTMTagger",
        abstract: "Train an LSTM to tag texts, test it, and tag with it.",
        discussion: """
            Without options it learns from Examples/Data/news.csv: made-up news with tags such as Economy and Sports. \
            A part of the data is kept back from training, and the report at the end is about that part.

            Tutorials start with word vectors of ±0.05 and read the padding, too: --range 0.05 --unmasked. Such small \
            vectors hardly move the gates of an LSTM, so that at first it says the same of every text and F1 is 0: for \
            three or four epochs of these news, for six and more of Reuters. The padding is not to blame. Either of two \
            lines in the network ends it:
              Embedding(…, embeddingsInitializer: .uniform(-1, 1))
              Bidirectional(LSTM(…))
            The first is what this example does. LSTM's documentation says more.

            Examples:
              LSTMTagger --epochs 5 --tag "Parliament votes on the new energy law."
              LSTMTagger --unmasked --range 0.05
              LSTMTagger --reuters reuters21578.tar.gz --save reuters.tagger
            """)
}
