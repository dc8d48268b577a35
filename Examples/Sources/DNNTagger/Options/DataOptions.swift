import ArgumentParser

/// Where the texts and their tags come from.
struct DataOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Read texts and tags from this CSV file.", valueName: "file"))
    var csv: String?

    @Option(help: ArgumentHelp("The CSV file's column of texts.", valueName: "column"))
    var text = "text"

    @Option(help: ArgumentHelp("The CSV file's column of tags.", valueName: "column"))
    var tags = "tags"

    @Option(help: ArgumentHelp("What stands between two tags.", valueName: "text"))
    var separator = "|"

    @Option(
        help: ArgumentHelp(
            "Read Reuters-21578 from its .tar.gz or from a folder with its .sgm files; the test part is ModApte's.",
            valueName: "path"))
    var reuters: String?

    func validate() throws {
        if csv != nil && reuters != nil { throw ValidationError("--csv and --reuters are two sources; give one.") }
        if separator.isEmpty { throw ValidationError("--separator is empty.") }
    }
}
