public import ArgumentParser

/// Where the texts and their tags come from.
public struct DataOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Read texts and tags from this CSV file.", valueName: "file"))
    public var csv: String?

    @Option(help: ArgumentHelp("The CSV file's column of texts.", valueName: "column"))
    public var text = "text"

    @Option(help: ArgumentHelp("The CSV file's column of tags.", valueName: "column"))
    public var tags = "tags"

    @Option(help: ArgumentHelp("What stands between two tags.", valueName: "text"))
    public var separator = "|"

    @Option(
        help: ArgumentHelp(
            "Read Reuters-21578 from its .tar.gz or from a folder with its .sgm files; the test part is ModApte's.",
            valueName: "path"))
    public var reuters: String?

    public init() {}

    public func validate() throws {
        if csv != nil && reuters != nil { throw ValidationError("--csv and --reuters are two sources; give one.") }
        if separator.isEmpty { throw ValidationError("--separator is empty.") }
    }
}
