/// All banks, ready for the generator.
struct PhraseBook {
    struct Subject {
        let tag: String
        /// Subjects that come along as further tags, by place in `subjects`, and how often.
        let related: [Int]
        let relatedWeights: Weights
        let headlines: [Template]
        let sentences: [Template]
        let mentions: [Template]
    }

    /// A line whose words fit several tags; one of the readings is meant, and the text does not say which.
    struct Ambiguity {
        let line: Template
        let readings: [[String]]
    }

    /// Words for one slot, in one form.
    struct Choice {
        let words: [Template]
        /// The list that they come from, the same for every form of it; nil for words that all topics share.
        let list: Int?
    }

    let subjects: [Subject]
    /// How often each subject is the main one.
    let frequencies: Weights
    let background: [Template]
    let ambiguities: [Ambiguity]
    let places: [(city: [UInt8], state: [UInt8])]
    let choices: [Choice]
    let listCount: Int

    static let standard = PhraseBook()

    init() {
        var compiler = PhraseCompiler(sharedWords: SharedBank.words)
        subjects = Topic.all.map { topic in
            Subject(
                tag: topic.tag,
                related: topic.related.map { PhraseBook.subject($0.key) },
                relatedWeights: Weights(topic.related.map(\.value)),
                headlines: compiler.templates(topic.headlines, words: topic.words, scope: topic.tag),
                sentences: compiler.templates(topic.sentences, words: topic.words, scope: topic.tag),
                mentions: compiler.templates(topic.mentions, words: topic.words, scope: topic.tag))
        }
        frequencies = Weights(Topic.all.map(\.weight))
        background = compiler.templates(SharedBank.background)
        ambiguities = SharedBank.ambiguities.flatMap { lines, readings in
            let readings = readings.split(separator: ",").map { reading in
                reading.split(separator: "|").map { tag in
                    Topic.all[PhraseBook.subject(tag.filter { $0 != " " })].tag
                }
            }
            return compiler.templates(lines).map { Ambiguity(line: $0, readings: readings) }
        }
        places = SharedBank.places.split(separator: "\n").map { line in
            let parts = line.split(separator: ",")
            return (Array(parts[0].utf8), Array(parts[1].dropFirst().utf8))
        }
        choices = compiler.choices
        listCount = compiler.lists.count
    }

    private static func subject(_ tag: String) -> Int {
        guard let index = Topic.all.firstIndex(where: { $0.tag == tag }) else { preconditionFailure("no tag \(tag)") }
        return index
    }
}
