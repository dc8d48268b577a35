import HornetSupport

/// What the features of a text are.
public enum FeatureAnalyzer: Sendable {
    /// Words, and runs of words joined by spaces.
    case word
    /// Runs of characters (Unicode scalars).
    case char
    /// Runs of characters within words, which have a space at either end; scikit-learn's `char_wb`.
    case charWithinWords
    /// Your own function gives all features of a text. Nothing else is done to the text.
    case custom(@Sendable (String) -> [String])
}

/// What the words of a text are. Letters, digits and the underscore are those of Python's `\w` (Unicode 14.0).
public enum TokenPattern: Sendable {
    /// Two or more letters or digits in a row: scikit-learn's default, `\b\w\w+\b`.
    case words
    /// One or more: `\b\w+\b`.
    case wordsAndLetters
    /// Your own function gives the words of a text, which is in lower case and without accents if so wanted.
    case custom(@Sendable (String) -> [String])
}

/// A bound on the number of documents that a feature occurs in: `2` is a number, `0.5` a share of all documents.
public enum DocumentLimit: Sendable, Equatable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    case count(Int)
    case share(Double)

    public init(integerLiteral value: Int) { self = .count(value) }
    public init(floatLiteral value: Double) { self = .share(value) }

    func documents(of count: Int) -> Double {
        switch self {
        case .count(let limit): Double(limit)
        case .share(let share): share * Double(count)
        }
    }
}

/// How the features of a text are found: what all vectorizers have in common.
struct TextAnalyzer: Sendable {
    let lowercase: Bool
    let stripAccents: AccentStripping?
    let analyzer: FeatureAnalyzer
    let tokenPattern: TokenPattern
    let stopWords: [String]
    let ngramRange: ClosedRange<Int>
    /// Words, marked off from each other.
    let splitter: WordSplitter
    /// The value of a stop word is 1.
    private var stops = WordTable<Int32>(fresh: 0)

    init(
        lowercase: Bool, stripAccents: AccentStripping?, analyzer: FeatureAnalyzer, tokenPattern: TokenPattern,
        stopWords: [String], ngramRange: ClosedRange<Int>, _ owner: StaticString
    ) {
        require(
            ngramRange.lowerBound >= 1 && ngramRange.upperBound <= 64, owner,
            "ngramRange \(ngramRange) is not within 1...64")
        self.lowercase = lowercase
        self.stripAccents = stripAccents
        self.analyzer = analyzer
        self.tokenPattern = tokenPattern
        self.stopWords = stopWords
        self.ngramRange = ngramRange
        var keepsLetters = false
        if case .wordsAndLetters = tokenPattern { keepsLetters = true }
        splitter = WordSplitter(lower: lowercase, stripAccents: stripAccents, keepsLetters: keepsLetters)
        for var word in stopWords { word.withUTF8 { stops.insert($0) { _, isStop in isStop = 1 } } }
    }

    /// Whether features are the words that ``splitter`` finds, and runs of them.
    var findsWords: Bool {
        if case .word = analyzer, !hasCustomTokens { return true }
        return false
    }

    private var hasCustomTokens: Bool {
        if case .custom = tokenPattern { return true }
        return false
    }

    func isStop(_ word: UnsafeBufferPointer<UInt8>) -> Bool { stops.value(of: word) != 0 }

    /// Hands all features of a text, as often as they occur, to `body`.
    func forEachTerm(
        in text: UnsafeBufferPointer<UInt8>, _ workspace: inout TermWorkspace, _ body: (WordBatch) -> Void
    ) {
        switch analyzer {
        case .word: forEachWordTerm(in: text, &workspace, body)
        case .char:
            workspace.runs.removeAll()
            appendCharacters(of: text, &workspace)
            workspace.runs.forEachRun(ngramRange, body)
        case .charWithinWords:
            workspace.runs.removeAll()
            appendCharacters(of: text, &workspace)
            workspace.runs.forEachRunWithinWords(ngramRange, body)
        case .custom(let features): hand(features(String(decoding: text, as: UTF8.self)), &workspace, body)
        }
    }

    private func forEachWordTerm(
        in text: UnsafeBufferPointer<UInt8>, _ workspace: inout TermWorkspace, _ body: (WordBatch) -> Void
    ) {
        if case .custom(let tokens) = tokenPattern {
            workspace.runs.removeAll()
            let words = tokens(preprocessed(text)).filter { stops.find($0) == nil }
            for var word in words { word.withUTF8 { workspace.runs.append(word: $0) } }
            return workspace.runs.forEachRun(ngramRange, body)
        }
        if ngramRange == 1...1 && stopWords.isEmpty { return splitter.forEachBatch(in: text, &workspace.words, body) }
        workspace.runs.removeAll()
        splitter.forEachBatch(in: text, &workspace.words) { batch in
            workspace.values.removeAll()
            workspace.values.reserve(batch.count)
            var index = 0
            stops.forEachValue(of: batch, workspace.values.start) { isStop in
                if isStop == 0 { workspace.runs.append(word: batch[index]) }
                index += 1
            }
        }
        workspace.runs.forEachRun(ngramRange, body)
    }

    /// A list of features that is there already.
    private func hand(_ terms: [String], _ workspace: inout TermWorkspace, _ body: (WordBatch) -> Void) {
        workspace.runs.removeAll()
        for var term in terms { term.withUTF8 { workspace.runs.append(word: $0) } }
        workspace.runs.forEachRun(1...1, body)
    }

    /// The text in lower case and without accents, as far as wanted.
    private func preprocessed(_ text: UnsafeBufferPointer<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        forEachScalar(of: text) { scalar in
            var (rest, count) = encodeScalar(scalar)
            while count > 0 {
                bytes.append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
                count -= 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The characters of the preprocessed text; a run of white space becomes one space, a single one stays what it is.
    private func appendCharacters(of text: UnsafeBufferPointer<UInt8>, _ workspace: inout TermWorkspace) {
        var space: UInt32 = 0
        var spaces = 0
        func endSpaces() {
            if spaces > 0 { workspace.runs.append(scalar: spaces == 1 ? space : 0x20) }
            spaces = 0
        }
        forEachScalar(of: text) { scalar in
            if WordScalars.isSpace(scalar) {
                (space, spaces) = (scalar, spaces + 1)
            } else {
                endSpaces()
                workspace.runs.append(scalar: scalar)
            }
        }
        endSpaces()
    }

    @inline(__always)
    private func forEachScalar(of text: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void) {
        var position = 0
        while position < text.count {
            let (first, second, length) = splitter.lowered(text, at: position)
            splitter.strip(first, body)
            if let second { splitter.strip(second, body) }
            position += length
        }
    }
}

/// Memory that one caller uses for text after text.
struct TermWorkspace: ~Copyable {
    var words = SplitWorkspace()
    var runs = TermRuns()
    /// What a table says of the words at hand.
    var values = PooledArray<Int32>()
}
