import ArgumentParser
import Hornet
import TaggerExample

/// Tags texts without a decision to take: it tries several ways and takes the best.
@main
struct TextTaggerExample: ParsableCommand {
    @OptionGroup(title: "Data") var data: DataOptions

    @Option(help: "About how many seconds to train.")
    var seconds = 60

    @Option(help: "What all random numbers start from.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Tag this text after training; may be given more than once.", valueName: "text"))
    var tag: [String] = []

    @Option(help: ArgumentHelp("Save the trained tagger, its words and tags included.", valueName: "file"))
    var save: String?

    @Option(help: ArgumentHelp("Write a page about the tagger, to open in a browser.", valueName: "file"))
    var report: String?

    @Flag(help: "Show the report only.")
    var quiet = false

    static let configuration = CommandConfiguration(
        commandName: "TextTagger",
        abstract: "Train a tagger on your texts, with nothing to decide.",
        discussion: """
            It finds the columns of texts and tags, looks for what is wrong with them, finds out which features of the \
            texts to use and from which probability each tag is right, by cross-validation, and reports on texts that it \
            kept back.

            Examples:
              TextTagger --data tickets.csv --report tickets.html
              TextTagger --data tickets.csv --text message --tags topics --separator ";"
              TextTagger --reuters reuters21578.tar.gz
            """)

    func validate() throws {
        guard seconds > 0 else { throw ValidationError("--seconds is \(seconds); it must be positive.") }
    }

    func run() throws {
        let console = Report(level: quiet ? .quiet : .normal, digits: 2)
        let data = try data.load(seed: seed)
        console.describe(data)
        let recipe = TextTagger(timeLimit: .seconds(seconds), seed: seed, verbose: quiet ? .silent : .auto)
        let trained = try recipe.fit(data.train.texts, tags: data.train.tags)
        console.say("\n\(trained)")
        try console.evaluate(trained.tagger, on: data.test)
        try console.tag(tag, with: trained.tagger)
        if let report {
            try trained.evaluation().write(to: report)
            console.say("\nLook at \(report)")
        }
        if let save {
            try trained.tagger.save(save)
            console.say("\nSaved to \(save)")
        }
    }
}
