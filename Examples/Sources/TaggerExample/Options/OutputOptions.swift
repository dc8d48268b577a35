public import ArgumentParser

/// What to show and what to keep.
public struct OutputOptions: ParsableArguments {
    @Option(help: "A text gets a tag when its probability is above this.")
    public var threshold: Float = 0.5

    @Option(help: "How many decimals the report has.")
    public var digits = 2

    @Option(help: ArgumentHelp("Tag this text after training; may be given more than once.", valueName: "text"))
    public var tag: [String] = []

    @Option(
        help: ArgumentHelp(
            "Tag this text after training, and show what each of its words counts; may be given more than once.",
            valueName: "text"))
    public var explain: [String] = []

    @Option(help: ArgumentHelp("Save the trained tagger, its words and tags included.", valueName: "file"))
    public var save: String?

    @Flag(exclusivity: .exclusive)
    public var level = Level.normal

    public enum Level: EnumerableFlag {
        case quiet, normal, verbose

        public static func name(for level: Level) -> NameSpecification { level == .normal ? .long : .shortAndLong }

        public static func help(for level: Level) -> ArgumentHelp? {
            switch level {
            case .quiet: "Show the report only."
            case .normal: "Show the data, the model, progress, the report and some texts with their tags."
            case .verbose: "Show all tags of the data and more texts, too."
            }
        }
    }

    public init() {}

    public func validate() throws {
        guard (0...1).contains(threshold) else {
            throw ValidationError("--threshold is \(threshold); it must be between 0 and 1.")
        }
        guard (1...8).contains(digits) else { throw ValidationError("--digits is \(digits); it must be from 1 to 8.") }
    }
}
