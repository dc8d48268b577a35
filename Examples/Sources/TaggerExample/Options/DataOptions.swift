public import ArgumentParser

/// Where the texts and their tags come from.
public struct DataOptions: ParsableArguments {
    @Option(
        name: [.customLong("csv"), .customLong("data")],
        help: ArgumentHelp("Read texts and tags from this CSV file; which columns they are, it finds out.", valueName: "file"))
    public var csv: String?

    @Option(help: ArgumentHelp("The CSV file's column of texts; may be given more than once.", valueName: "column"))
    public var text: [String] = []

    @Option(
        help: ArgumentHelp(
            "The CSV file's column of tags; more than once for columns of 0 and 1, one a tag.", valueName: "column"))
    public var tags: [String] = []

    @Option(help: ArgumentHelp("What stands between two tags.", valueName: "text"))
    public var separator: String?

    @Option(
        help: ArgumentHelp(
            "Read Reuters-21578 from its .tar.gz or from a folder with its .sgm files; the test part is ModApte's.",
            valueName: "path"))
    public var reuters: String?

    public init() {}

    public func validate() throws {
        if csv != nil && reuters != nil { throw ValidationError("--csv and --reuters are two sources; give one.") }
        if separator?.isEmpty == true { throw ValidationError("--separator is empty.") }
    }
}
