import HornetSupport
public import HornetTensor

/// Texts as bags of words: a row for each text, a column for each feature, how often it occurs; exactly scikit-learn's.
///
/// ```swift
/// var vectorizer = CountVectorizer(ngramRange: 1...2, minDF: 2)
/// let x = try vectorizer.fitTransform(texts)            // a SparseMatrix
/// print(vectorizer.featureNames.prefix(10))
/// ```
/// A text is put in lower case, loses its accents if that is wanted, and is cut into words; stop words are left out, and
/// runs of words within `ngramRange` are the features. Those that occur in too many or too few texts are dropped, then the
/// rarest beyond `maxFeatures`. Columns are in the order of the features' code points.
///
/// Features are compared by their code points, never by `String` equality. Letters, digits and lower case are those of
/// Python 3.11 (Unicode 14.0). Where `maxFeatures` cuts between features of equal count, those that come first stay
/// (scikit-learn's choice depends on the processor).
///
/// A vectorizer is a value: once fitted, copies can be used from any number of threads. It works on all processors (see
/// `Parallel`); the result is the same on one.
/// [scikit-learn: CountVectorizer](https://scikit-learn.org/stable/modules/generated/sklearn.feature_extraction.text.CountVectorizer.html)
public struct CountVectorizer: Sendable {
    public let maxDF: DocumentLimit
    public let minDF: DocumentLimit
    public let maxFeatures: Int?
    public let binary: Bool
    /// Whether the columns were given.
    public let hasFixedVocabulary: Bool
    let analyzer: TextAnalyzer
    private(set) var names = TermNames()
    /// `nil` while there are no columns.
    private(set) var lookup: TermLookup?

    /// - Parameters:
    ///   - lowercase: Whether texts are put in lower case. Default true.
    ///   - stripAccents: How accents are taken off. Default `nil`: they stay.
    ///   - analyzer: What the features are. Default words.
    ///   - tokenPattern: What words are. Default two or more letters or digits.
    ///   - stopWords: Words that are left out before runs are made.
    ///   - ngramRange: How many words, or characters, make a feature. Default `1...1`.
    ///   - maxDF: Features in more texts are dropped: a number of texts (`100`), or a share (`0.5`). Default all, `1.0`.
    ///   - minDF: Features in fewer texts are dropped. Default 1.
    ///   - maxFeatures: The most columns; those stay whose features occur most often.
    ///   - vocabulary: The features, in the order of their columns. Then nothing has to be fitted, and the last three mean
    ///     nothing. Traps when one stands there twice, or there are none.
    ///   - binary: Whether a feature that occurs counts 1, however often. Default false.
    public init(
        lowercase: Bool = true, stripAccents: AccentStripping? = nil, analyzer: FeatureAnalyzer = .word,
        tokenPattern: TokenPattern = .words, stopWords: [String] = [], ngramRange: ClosedRange<Int> = 1...1,
        maxDF: DocumentLimit = 1.0, minDF: DocumentLimit = 1, maxFeatures: Int? = nil, vocabulary: [String]? = nil,
        binary: Bool = false
    ) {
        require((maxFeatures ?? 1) > 0, "CountVectorizer", "maxFeatures is \(maxFeatures ?? 0)")
        for limit in [maxDF, minDF] {
            switch limit {
            case .count(let count): require(count >= 1, "CountVectorizer", "a limit of \(count) documents")
            case .share(let share): require((0...1).contains(share), "CountVectorizer", "a share of \(share) of the documents")
            }
        }
        self.init(
            analyzer: TextAnalyzer(
                lowercase: lowercase, stripAccents: stripAccents, analyzer: analyzer, tokenPattern: tokenPattern,
                stopWords: stopWords, ngramRange: ngramRange, "CountVectorizer"),
            maxDF: maxDF, minDF: minDF, maxFeatures: maxFeatures, binary: binary, hasFixedVocabulary: vocabulary != nil)
        guard let vocabulary else { return }
        require(!vocabulary.isEmpty, "CountVectorizer", "the vocabulary is empty")
        require(Set(vocabulary.map(ByteKey.init)).count == vocabulary.count, "CountVectorizer", "a feature stands in the vocabulary twice")
        setFeatures(vocabulary)
    }

    init(
        analyzer: TextAnalyzer, maxDF: DocumentLimit, minDF: DocumentLimit, maxFeatures: Int?, binary: Bool,
        hasFixedVocabulary: Bool
    ) {
        self.analyzer = analyzer
        self.maxDF = maxDF
        self.minDF = minDF
        self.maxFeatures = maxFeatures
        self.binary = binary
        self.hasFixedVocabulary = hasFixedVocabulary
    }

    /// Takes distinct features as columns.
    mutating func setFeatures(_ features: [String]) {
        var names = TermNames()
        for feature in features { names.append(feature) }
        setFeatures(names)
    }

    private mutating func setFeatures(_ names: TermNames) {
        self.names = names
        lookup = names.count > 0 ? TermLookup(names, analyzer) : nil
    }

    // MARK: What is known after fitting

    /// The features in the order of their columns; empty before fitting. A new array each time.
    public var featureNames: [String] { names.strings }
    /// The number of columns.
    public var featureCount: Int { names.count }

    /// The columns of the features. Traps when two features differ in their code points and not as `String`.
    public var vocabulary: [String: Int] {
        Dictionary(uniqueKeysWithValues: featureNames.enumerated().map { ($1, $0) })
    }

    /// The features of each row that are not 0, in the order of columns. Throws when the matrix has other columns.
    public func inverseTransform(_ matrix: SparseMatrix) throws -> [[String]] {
        guard matrix.columnCount == featureCount else {
            throw HornetError(
                .shape, at: "CountVectorizer.inverseTransform",
                "the matrix has \(matrix.columnCount) columns, the vectorizer \(featureCount)")
        }
        return matrix.read { starts, columns, values in
            (0..<matrix.rowCount).map { row in
                (starts[row]..<starts[row + 1]).filter { values[$0] != 0 }.map { names[Int(columns[$0])] }
            }
        }
    }

    // MARK: Fitting

    /// Finds the features of `texts`; forgets what was fitted before. Throws when nothing is left of them, or when a limit
    /// makes no sense for so many texts.
    public mutating func fit(_ texts: some TextCollection) throws { try fit(texts, wantsMatrix: false) }

    /// Finds the features of `texts` and counts them, in one pass.
    public mutating func fitTransform(_ texts: some TextCollection) throws -> SparseMatrix {
        if hasFixedVocabulary { return try transform(texts) }
        return try fit(texts, wantsMatrix: true)!
    }

    @discardableResult
    private mutating func fit(_ texts: some TextCollection, wantsMatrix: Bool) throws -> SparseMatrix? {
        if hasFixedVocabulary { return nil }
        var found = TermNames()
        let matrix = try texts.withTexts { texts in try fit(texts, &found, wantsMatrix: wantsMatrix) }
        setFeatures(found)
        return matrix
    }

    private func fit(_ texts: some UTF8Texts, _ found: inout TermNames, wantsMatrix: Bool) throws -> SparseMatrix? {
        let parts = texts.areWorthSharing ? min(Parallel.threadCount, texts.count) : 1
        return try withUnsafeTemporaryAllocation(of: TermCounter.self, capacity: parts) { counters in
            Parallel.forEach(parts) { part in
                var counter = TermCounter(analyzer)
                for position in texts.count * part / parts..<texts.count * (part + 1) / parts {
                    texts.withUTF8(at: position) { counter.count($0) }
                }
                counter.sumUp(binary: binary)
                counters.initializeElement(at: part, to: counter)
            }
            defer { counters.deinitialize() }
            guard counters.indices.contains(where: { !counters.baseAddress![$0].isEmpty }) else {
                throw refusal("the texts have no features", "Do they hold stop words only?")
            }
            let (most, least) = (maxDF.documents(of: texts.count), minDF.documents(of: texts.count))
            guard most >= least else {
                throw refusal("maxDF is \(most) of \(texts.count) texts, minDF \(least)", "Raise maxDF, or lower minDF")
            }
            let ranking = TermRanking(counters, keeping: least...most, most: maxFeatures)
            guard ranking.names.count > 0 else {
                throw refusal("no feature is left", "Try a lower minDF or a higher maxDF")
            }
            found = ranking.names
            return wantsMatrix ? matrix(counters, ranking) : nil
        }
    }

    private func refusal(_ problem: String, _ remedy: String) -> HornetError {
        HornetError(.data, at: "CountVectorizer.fit", problem, remedy: remedy)
    }

    /// The counts of the features that stay.
    private func matrix(_ counters: UnsafeMutableBufferPointer<TermCounter>, _ ranking: TermRanking) -> SparseMatrix {
        let base = counters.baseAddress!
        return withUnsafeTemporaryAllocation(of: TermRows.self, capacity: counters.count) { rows in
            Parallel.forEach(counters.count) { part in
                rows.initializeElement(
                    at: part, to: base[part].rows(ranking.columns[part], columnCount: ranking.names.count))
            }
            defer { rows.deinitialize() }
            return SparseMatrix(rows, columnCount: ranking.names.count, value: value)
        }
    }

    private func value(_ count: Int32) -> Float { binary ? 1 : Float(count) }

    // MARK: Transforming

    /// How often each feature occurs in each text, `[texts, featureCount]`. Throws when the vectorizer is not fitted.
    public func transform(_ texts: some TextCollection) throws -> SparseMatrix {
        let lookup = try fittedLookup()
        return try texts.withTexts { texts in
            SparseMatrix.rows(of: texts, columnCount: lookup.columnCount, value: value) { lookup.appendColumns(of: $0, to: &$1, &$2) }
        }
    }

    /// The same for a single text: `[1, featureCount]`.
    public func transform(_ text: String) throws -> SparseMatrix {
        let lookup = try fittedLookup()
        return withUnsafePointer(to: text) { text in
            SparseMatrix.rows(
                of: StringTexts(strings: UnsafeBufferPointer(start: text, count: 1)), columnCount: lookup.columnCount,
                value: value
            ) { lookup.appendColumns(of: $0, to: &$1, &$2) }
        }
    }

    func fittedLookup() throws -> TermLookup {
        guard let lookup else {
            throw HornetError(
                .configuration, at: "CountVectorizer.transform", "the vectorizer is not fitted",
                remedy: "Call fit or fitTransform first, or give a vocabulary")
        }
        return lookup
    }
}
