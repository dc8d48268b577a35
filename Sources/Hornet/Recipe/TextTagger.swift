import HornetSupport
import HornetTensor
import HornetTextPrep

/// A tagger without decisions to take: give it a table, or texts and their tags.
///
/// ```swift
/// let trained = try TextTagger().fit(csv: "news.csv")
/// print(trained)
/// try trained.tagger.save("news.tagger")
/// ```
/// It looks at the data (``TaggedColumns``, ``lint(texts:labels:classes:targets:validationSplit:validation:test:sampleWeight:model:tokenizer:maxLength:padding:truncating:minPositives:)``)
/// and says what it finds; parts the texts into folds that have each tag in proportion, copies of a text together; tries
/// several ways to read them on one fold (words, pairs of words, parts of words; one, or several together), and in a part of
/// the time networks; scores all texts with models that did not see them; tunes a threshold for each tag on these scores; and
/// trains what it chose on all texts.
///
/// A linear way is TF-IDF and a linear support vector machine a tag, which on texts of usual length few networks beat. A
/// network that clearly does, as where the order of words decides, takes their place. Nothing is decided on texts that a
/// model was trained on, so the figures of ``TrainedTagger`` are honest ones.
public struct TextTagger: Sendable {
    /// About how long to take. Ways that would take too long are not tried; the first one always is.
    public var timeLimit: Duration
    /// Into how many parts texts are divided: each is scored by models that were trained on the others.
    public var folds: Int
    /// Decides folds and the order of training. Same seed, same tagger, if time does not decide what is tried.
    public var seed: UInt64
    public var verbose: Verbosity
    /// The ways to read a text that are tried, cheap ones first.
    public var readings: [TextReading]
    /// The networks that are tried, each in a twentieth of the time; they may be none.
    public var networks: [TextNetwork]

    /// Defaults: 60 seconds, 4 folds, ``TextReading/standard``, ``TextNetwork/standard``.
    public init(
        timeLimit: Duration = .seconds(60), folds: Int = 4, seed: UInt64 = 0, verbose: Verbosity = .auto,
        readings: [TextReading] = TextReading.standard, networks: [TextNetwork] = TextNetwork.standard
    ) {
        self.timeLimit = timeLimit
        self.folds = folds
        self.seed = seed
        self.verbose = verbose
        self.readings = readings
        self.networks = networks
    }

    /// Trains on a CSV file whose first line names the columns. What separates them, which hold texts and which tags, and
    /// how tags are written, it finds out and says; what is named is taken. See ``TaggedColumns``.
    ///
    /// Throws also when that can't be found out.
    /// - Parameters:
    ///   - text: The columns of texts.
    ///   - tags: The column of tags, or those of each tag, of 0 and 1.
    ///   - separator: What stands between two tags.
    public func fit(csv path: String, text: [String] = [], tags: [String] = [], separator: String? = nil) throws -> TrainedTagger {
        let table = try Table(csv: path, separator: Table.separator(ofCSV: path))
        let columns = try TaggedColumns(in: table, text: text, tags: tags, separator: separator)
        if verbose != .silent, !columns.reasons.isEmpty { Console.print("\(path):\n\(columns)") }
        let (texts, labels) = try columns.read(table)
        return try fit(texts, tags: labels)
    }

    /// Trains on texts with the tags of each.
    ///
    /// Throws when the numbers of texts and tags differ, there are fewer different texts than folds, or no tag at all.
    public func fit(_ texts: some Collection<String>, tags: [[String]]) throws -> TrainedTagger {
        let texts = Array(texts)
        guard texts.count == tags.count else {
            throw HornetError(.data, at: "TextTagger.fit", "there are \(texts.count) texts and tags for \(tags.count)")
        }
        guard folds >= 2, texts.count >= 2 * folds, !readings.isEmpty else {
            throw HornetError(
                .data, at: "TextTagger.fit", "\(texts.count) texts in \(folds) folds, read in \(readings.count) ways, teach nothing",
                remedy: "Give at least two texts for each fold, and take two folds or more")
        }
        var binarizer = MultiLabelBinarizer()
        let y = binarizer.fitTransformSparse(tags)
        guard !binarizer.classes.isEmpty else {
            throw HornetError(.data, at: "TextTagger.fit", "no text has a tag", remedy: "Is it the right column?")
        }
        var search = try TaggerSearch(texts: texts, tags: tags, y: y, labels: binarizer, settings: self)
        return try search.run()
    }
}
