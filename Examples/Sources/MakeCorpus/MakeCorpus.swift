import ArgumentParser
import Hornet
import NewsCorpus

/// Writes made-up news items as a table of texts and tags.
@main
struct MakeCorpus: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "MakeCorpus",
        abstract: "Write made-up, tagged news items.",
        discussion: """
            The same count and seed give the same bytes everywhere. Every text is distinct, unless --allow-repeats
            is given: then memory stays constant whatever the count, and a few items in a thousand repeat.
            """)

    @Option(help: "How many items to write.")
    var count = 4_000

    @Option(help: "What the random numbers start from.")
    var seed: UInt64 = 1

    @Option(help: "Where to write; - is standard output. A file appears whole or not at all.")
    var output = "-"

    @Option(help: "How to write the items.")
    var format = Format.csv

    @Flag(help: "Do not look for repeated texts.")
    var allowRepeats = false

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case csv
    }

    func validate() throws {
        guard count >= 0 else { throw ValidationError("--count is \(count); it must not be negative.") }
    }

    func run() throws {
        let random = RandomSource(seed: seed)
        if allowRepeats {
            try write(NewsGenerator(random: random).prefix(count))
        } else {
            try write(DistinctNews(random: random).prefix(count))
        }
    }

    private func write(_ items: some Sequence<NewsItem>) throws {
        var sink = try OutputSink(path: output)
        var progress = Progress(total: count)
        var buffer = NewsItem.csvHeader
        for item in items {
            item.appendCSV(to: &buffer)
            if buffer.count >= 1 << 16 {
                try sink.write(buffer)
                buffer.removeAll(keepingCapacity: true)
            }
            progress.advance()
        }
        try sink.write(buffer)
        try sink.finish()
        progress.finish()
    }
}
