import ArgumentParser
import Hornet
import TaggerExample

/// Tags texts with a small dense network.
@main
struct DNNTagger: TaggerExample {
    /// A vector for each word; of each of its numbers the largest in the text; two dense layers.
    func layers(tagCount: Int) -> [Layer] {
        [
            Embedding(inputDim: model.words, outputDim: model.embedding),
            GlobalMaxPool1D(),
            Dense(model.hidden, activation: .relu),
            Dropout(model.dropout),
            Dense(tagCount, activation: .sigmoid),
        ]
    }

    @OptionGroup(title: "Data") var data: DataOptions
    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Training") var training: TrainingOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    static let configuration = CommandConfiguration(
        commandName: "DNNTagger",
        abstract: "Train a dense network to tag texts, test it, and tag with it.",
        discussion: """
            Without options it learns from Examples/Data/news.csv: made-up news with tags such as Economy and Sports. \
            A part of the data is kept back from training, and the report at the end is about that part.

            Examples:
              DNNTagger --epochs 5 --tag "Parliament votes on the new energy law."
              DNNTagger --explain "The striker scored twice and the fans sang."
              DNNTagger --csv tickets.csv --text message --tags topics --separator ";"
              DNNTagger --reuters reuters21578.tar.gz --save reuters.tagger
            """)
}
