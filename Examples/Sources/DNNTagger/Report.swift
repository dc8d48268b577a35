import Hornet

/// What the program tells, on standard output.
struct Report {
    let level: OutputOptions.Level

    /// Tells what is not part of the report proper: nothing when the user wants quiet.
    func say(_ text: String) {
        if level != .quiet { print(text) }
    }

    /// How many texts and tags there are, how long and how frequent.
    func describe(_ data: TaggingData) {
        let train = data.train
        let lengths = train.texts.map { $0.split(whereSeparator: \.isWhitespace).count }.sorted()
        let tagCount = train.tags.reduce(0) { $0 + $1.count }
        let counts = Dictionary(train.tags.joined().map { ($0, 1) }, uniquingKeysWith: +)
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let shown = counts.prefix(level == .verbose ? counts.count : 5).map { "\($0.key) (\($0.value))" }
        say(
            """
            Data: \(data.origin)
              \(train.count) texts to learn from, \(data.test.count) for the test
              \(lengths[lengths.count / 2]) words in the median text, \(lengths[lengths.count - 1]) in the longest
              \(counts.count) tags, \(decimal(Double(tagCount) / Double(train.count))) a text; \
            \(shown.count < counts.count ? "most often" : "in all") \(shown.joined(separator: ", "))

            """)
    }

    /// Precision, recall and F1 on texts that the network has not seen, and some of these texts with their tags.
    func evaluate(_ trained: TrainedTagger, on test: TaggedTexts) throws {
        let classes = trained.binarizer.classes
        let probabilities = try trained.probabilities(of: test.texts)
        let predicted = probabilities.thresholded(above: trained.threshold)
        say("\nThe test: \(test.count) texts that were not learned from, tagged where the probability is above \(trained.threshold)\n")
        print(
            classificationReport(
                trained.binarizer.transform(test.tags), predicted, targetNames: classes, zeroDivision: .zero))

        say("Some of them, with the tags they have and the tags they got:")
        for row in 0..<min(level == .verbose ? 20 : 5, test.count) {
            let scores = probabilities[row..<(row + 1)].scalars
            let found = zip(classes, scores).filter { $1 > trained.threshold }.sorted { $0.1 > $1.1 }
            say("  " + shortened(test.texts[row]))
            say("      has: " + listed(test.tags[row].sorted()))
            say("      got: " + listed(found.map { "\($0) \(decimal(Double($1)))" }))
        }
    }

    /// Tags the user's texts.
    func tag(_ texts: [String], with trained: TrainedTagger) throws {
        guard !texts.isEmpty else { return }
        let tagger = trained.tagger
        say("\nYour texts:")
        for text in texts {
            print("  " + shortened(text))
            print("      got: " + listed(try tagger.tags(for: text)))
        }
    }

    private func listed(_ tags: [String]) -> String { tags.isEmpty ? "no tag" : tags.joined(separator: ", ") }

    /// The beginning of a text, on one line.
    private func shortened(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= 90 ? line : line.prefix(89) + "…"
    }

    /// At most two decimals.
    private func decimal(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
