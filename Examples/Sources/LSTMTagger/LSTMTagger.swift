import ArgumentParser
import Hornet
import TaggerExample

/// Tags texts with a network that reads them word by word.
@main
struct LSTMTagger: TaggerExample {
    /// A vector for each word; a memory that takes in one after the other; what it holds at the end gives the tags.
    func layers(tagCount: Int) -> [Layer] {
        [
            Embedding(inputDim: model.words, outputDim: model.embedding, maskZero: !unmasked),
            SpatialDropout1D(model.dropout),
            LSTM(model.hidden),
            Dense(tagCount, activation: .sigmoid),
        ]
    }

    @OptionGroup(title: "Data") var data: DataOptions
    @OptionGroup(title: "Model") var model: ModelOptions

    @Flag(help: "Read the padding before short texts as if it were words.")
    var unmasked = false

    @OptionGroup(title: "Training") var training: TrainingOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    static let configuration = CommandConfiguration(
        commandName: "LSTMTagger",
        abstract: "Train an LSTM to tag texts, test it, and tag with it.",
        discussion: """
            Without options it learns from Examples/Data/news.csv: made-up news with tags such as Economy and Sports. \
            A part of the data is kept back from training, and the report at the end is about that part.

            Examples:
              LSTMTagger --epochs 5 --tag "Parliament votes on the new energy law."
              LSTMTagger --unmasked
              LSTMTagger --reuters reuters21578.tar.gz --save reuters.tagger
            """)
}
