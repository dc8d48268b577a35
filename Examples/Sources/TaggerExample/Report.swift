package import Hornet

/// What the program tells, on standard output.
package struct Report {
    let level: OutputOptions.Level
    /// Decimals of the figures.
    let digits: Int

    package init(level: OutputOptions.Level, digits: Int) { (self.level, self.digits) = (level, digits) }

    /// Tells what is not part of the report proper: nothing when the user wants quiet.
    package func say(_ text: String) {
        if level != .quiet { print(text) }
    }

    /// How many texts and tags there are, how long and how frequent.
    package func describe(_ data: TaggingData) {
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
    package func evaluate(_ tagger: Tagger, on test: TaggedTexts) throws {
        let scores = try tagger.scores(for: test.texts)
        let truth = try MultiLabelBinarizer(classes: tagger.labels).transform(test.tags)
        say("\nThe test: \(test.count) other texts, tagged where the probability is above \(thresholds(of: tagger))\n")
        print(
            classificationReport(
                truth, tagger.thresholds.decisions(on: scores), targetNames: tagger.labels, digits: digits,
                zeroDivision: .zero))

        say("Some of them, with the tags they have and the tags they got:")
        for row in 0..<min(level == .verbose ? 20 : 5, test.count) {
            say("  " + shortened(test.texts[row]))
            say("      has: " + listed(test.tags[row].sorted()))
            say("      got: " + found(by: tagger, scores[row..<(row + 1)]))
        }
    }

    /// Tags the user's texts.
    package func tag(_ texts: [String], with tagger: Tagger) throws {
        guard !texts.isEmpty else { return }
        let scores = try tagger.scores(for: texts)
        say("\nYour texts:")
        for (row, text) in texts.enumerated() {
            print("  " + shortened(text))
            print("      got: " + found(by: tagger, scores[row..<(row + 1)]))
        }
    }

    /// Says what the words of the user's texts count for the tags that they got, or for the likeliest one.
    func explain(_ texts: [String], with tagger: Tagger) throws {
        for text in texts {
            let scores = try tagger.scores(for: [text])
            let ranked = tagger.labels.indices.sorted { scores[0, $0] > scores[0, $1] }
            let found = ranked.filter { scores[0, $0] > tagger.thresholds.values[$0] }
            print("\n  " + shortened(text))
            for label in found.isEmpty ? Array(ranked.prefix(1)) : found {
                print(try tagger.explain(text, label: tagger.labels[label]))
            }
        }
    }

    /// The tags above their thresholds with their probabilities, the surest first.
    private func found(by tagger: Tagger, _ scores: Tensor) -> String {
        let decisions = tagger.thresholds.decisions(on: scores)
        let found = tagger.labels.indices.filter { decisions[0, $0] == 1 }
            .map { (label: tagger.labels[$0], score: scores[0, $0]) }.sorted { $0.score > $1.score }
        return listed(found.map { "\($0.label) \(decimal(Double($0.score)))" })
    }

    private func thresholds(of tagger: Tagger) -> String {
        let values = tagger.thresholds.values
        guard let least = values.min(), let most = values.max(), least < most else { return "\(values.first ?? 0)" }
        return "the tag's threshold, from \(decimal(Double(least))) to \(decimal(Double(most)))"
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
