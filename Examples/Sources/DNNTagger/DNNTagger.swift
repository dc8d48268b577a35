import ArgumentParser
import Hornet

/// Trains a small dense network to tag texts with several labels each, and reports how well it does.
@main
struct DNNTagger: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "DNNTagger",
        abstract: "Train a network to tag texts, test it, and tag with it.",
        discussion: """
            Without options it learns from Examples/Data/news.csv: made-up news with tags such as Economy and Sports. \
            A part of the data is kept back from training, and the report at the end is about that part.

            Examples:
              DNNTagger --epochs 5 --tag "Parliament votes on the new energy law."
              DNNTagger --csv tickets.csv --text message --tags topics --separator ";"
              DNNTagger --reuters reuters21578.tar.gz --save reuters.tagger
            """)

    @OptionGroup(title: "Data") var data: DataOptions
    @OptionGroup(title: "Model") var model: ModelOptions
    @OptionGroup(title: "Training") var training: TrainingOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let report = Report(level: output.level, threshold: output.threshold, digits: output.digits)
        let data = try data.load(seed: training.seed)
        report.describe(data)

        let tagger = try train(on: data.train, model, training, output)
        try report.evaluate(tagger, on: data.test)
        try report.tag(output.tag, with: tagger)

        if let path = output.save {
            try tagger.save(path)
            report.say("\nSaved to \(path)")
        }
    }
}
