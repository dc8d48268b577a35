import HornetSupport

/// Turns texts into lists of word ids, exactly as Keras' `keras.preprocessing.text.Tokenizer` does.
///
/// ```swift
/// var tokenizer = Tokenizer(numWords: 10_000)
/// tokenizer.fit(onTexts: ["The economy is growing", "The match is over"])
/// let ids = tokenizer.textsToSequences(["the match"])          // [[1, 5]]
/// ```
/// A text is put in lower case, each character of `filters` is replaced by `split`, the text is cut at `split`, and
/// empty words are dropped. Words are ranked by count, those of equal count by their first appearance; the first id is
/// 1, or 2 when there is an ``oovToken``, which then has 1. Id 0 is free for padding.
///
/// As in Keras, the default filters hold neither `'` nor `\r`, no-break space or punctuation beyond ASCII, so that
/// `nasa's` is a word, and in a text with Windows line ends `word\r` is another one. Lower case is that of Python 3.11
/// (Unicode 14.0), final sigma included. Words are compared by their UTF-8 bytes.
///
/// A tokenizer is a value: once fitted, copies can be used from any number of threads.
public struct Tokenizer: Sendable {
    /// Keras' default filters: ASCII punctuation but `'`, tab and new line.
    public static let defaultFilters = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n"

    /// Ids below this bound are given out, so that `numWords - 1` words are in use, the ``oovToken`` among them; `nil`
    /// and 0 mean all. The vocabulary itself always keeps every word, and the bound may change after fitting.
    public var numWords: Int? {
        didSet {
            Self.check(numWords)
            encoder = SequenceEncoder(self)
        }
    }
    /// The characters that separate words besides `split`.
    public let filters: String
    /// Whether texts are put in lower case.
    public let lower: Bool
    /// The string that separates words.
    public let split: String
    /// Whether every character (Unicode scalar) is a word. Nothing is filtered or split then.
    public let charLevel: Bool
    /// Stands for words that have no id below `numWords`; without it they are left out.
    public let oovToken: String?

    /// The number of texts and sequences seen by `fit`.
    public internal(set) var documentCount = 0
    /// In how many texts each id's word occurs. As in Keras, fitting on texts sets the entries of its words, and
    /// fitting on sequences adds to any id.
    public var indexDocs: [Int: Int] { Dictionary(uniqueKeysWithValues: documentsOfID.map { (Int($0), $1) }) }

    /// What is known of a word.
    struct Tally {
        var count = 0
        /// The number of documents that it occurs in.
        var documents = 0
    }

    let splitter: WordSplitter
    /// All words; their places are the indices of `tallies` and `ids`.
    var words = WordTable(fresh: WordCounter.Numbers())
    var tallies: [Tally] = []
    /// 0 where a word has none.
    var ids: [Int32] = []
    /// Places in the order in which the words were first counted, and in that of their ids.
    var countOrder: [Int32] = []
    var indexOrder: [Int32] = []
    /// The place of each id's word: the inverse of `ids`, unless a JSON document said otherwise.
    var placeOfID = IDMap<Int32>()
    var documentsOfID = IDMap<Int>()
    /// What encoding needs of all that; made anew when ids or `numWords` change.
    var encoder = SequenceEncoder()

    /// - Parameters:
    ///   - numWords: ids stay below this; `nil` or 0 for no limit.
    ///   - filters: each of its characters separates words. May hold any Unicode scalars.
    ///   - lower: put texts in lower case first.
    ///   - split: the string that separates words; not empty, unless `charLevel`.
    ///   - charLevel: make every character a word.
    ///   - oovToken: the word that stands for all that have no id.
    public init(
        numWords: Int? = nil, filters: String = Tokenizer.defaultFilters, lower: Bool = true, split: String = " ",
        charLevel: Bool = false, oovToken: String? = nil
    ) {
        Self.check(numWords)
        require(!split.isEmpty || charLevel, "Tokenizer", "the split string is empty")
        self.numWords = numWords
        self.filters = filters
        self.lower = lower
        self.split = split
        self.charLevel = charLevel
        self.oovToken = oovToken
        splitter = WordSplitter(filters: filters, lower: lower, split: split, charLevel: charLevel)
    }

    private static func check(_ numWords: Int?) {
        require((numWords ?? 0) >= 0, "Tokenizer", "numWords is \(numWords ?? 0)")
    }

    // MARK: What is known after fitting

    /// The id of each word, most frequent first. Holds all words, whatever `numWords` is. Making it takes time in
    /// proportion to the vocabulary, as with the three properties below: keep it in a constant.
    public var wordIndex: WordMap { WordMap(words, order: indexOrder, numbers: ids.map(Int.init)) }

    /// The word of each id.
    public var indexWord: [Int: String] {
        Dictionary(uniqueKeysWithValues: placeOfID.map { (Int($0), words[Int($1)]) })
    }

    /// How often each word occurred, in the order of their first appearance.
    public var wordCounts: WordMap { WordMap(words, order: countOrder, numbers: tallies.map(\.count)) }

    /// In how many texts each word occurred.
    public var wordDocs: WordMap {
        WordMap(
            words, order: countOrder.filter { tallies[Int($0)].documents > 0 }, numbers: tallies.map(\.documents))
    }

    // MARK: Words and ids

    /// The place of `word`, which gets one if it has none yet.
    mutating func place(of word: String) -> Int {
        let place = words.insert(word)
        if place == ids.count {
            tallies.append(Tally())
            ids.append(0)
        }
        return place
    }

    /// The id of the out-of-vocabulary token; 0 when there is none.
    package var oovID: Int32 {
        guard let oovToken, let place = words.find(oovToken) else { return 0 }
        return ids[place]
    }

    /// The largest id that is given out; 0 when there is none.
    package var largestID: Int32 { ids.reduce(0) { $1 < idLimit ? max($0, $1) : $0 } }

    /// The first id that is not given out.
    var idLimit: Int32 {
        guard let numWords, numWords > 0 else { return .max }
        return Int32(clamping: numWords)
    }
}
