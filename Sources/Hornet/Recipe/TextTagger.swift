import HornetSupport
import HornetTensor
import HornetTextPrep

/// A tagger without decisions to take: give it texts and their tags.
///
/// ```swift
/// let news = try Table(csv: "news.csv")
/// let trained = try TextTagger().fit(news["text"], tags: news["tags"].splitting(on: "|"))
/// print(trained)
/// try trained.tagger.save("news.tagger")
/// ```
/// It parts the texts into folds that have each tag in proportion; tries several ways to read them (words, pairs of words,
/// parts of words; one, or several together) on one fold; scores all texts with models that did not see them; tunes a
/// threshold for each tag on these scores; and trains what it chose on all texts. Each way is TF-IDF and a linear support
/// vector machine a tag, which on texts of usual length few networks beat. Nothing is decided on texts that a model was
/// trained on, so the figures of ``TrainedTagger`` are honest ones.
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

    /// Defaults: 60 seconds, 4 folds, ``TextReading/standard``.
    public init(
        timeLimit: Duration = .seconds(60), folds: Int = 4, seed: UInt64 = 0, verbose: Verbosity = .auto,
        readings: [TextReading] = TextReading.standard
    ) {
        self.timeLimit = timeLimit
        self.folds = folds
        self.seed = seed
        self.verbose = verbose
        self.readings = readings
    }

    /// Trains on texts with the tags of each.
    ///
    /// Throws when the numbers of texts and tags differ, there are fewer texts than folds, or no tag at all.
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
        var search = try TaggerSearch(texts: texts, y: y, settings: self)
        return try search.run(binarizer)
    }
}
