public import HornetTensor

/// A ``CountVectorizer`` followed by a ``TFIDFTransformer``; exactly scikit-learn's.
///
/// ```swift
/// var vectorizer = TFIDFVectorizer(ngramRange: 1...2, minDF: 2)
/// let x = try vectorizer.fitTransform(texts)
/// try model.fit(x, y)
/// let tags = try model.predict(vectorizer.transform("The economy is growing"))
/// ```
/// [scikit-learn: TfidfVectorizer](https://scikit-learn.org/stable/modules/generated/sklearn.feature_extraction.text.TfidfVectorizer.html)
public struct TFIDFVectorizer: Sendable {
    /// Counts the features.
    public internal(set) var counter: CountVectorizer
    /// Weighs the counts.
    public internal(set) var weigher: TFIDFTransformer

    /// The arguments are those of ``CountVectorizer`` and of ``TFIDFTransformer``.
    public init(
        lowercase: Bool = true, stripAccents: AccentStripping? = nil, analyzer: FeatureAnalyzer = .word,
        tokenPattern: TokenPattern = .words, stopWords: [String] = [], ngramRange: ClosedRange<Int> = 1...1,
        maxDF: DocumentLimit = 1.0, minDF: DocumentLimit = 1, maxFeatures: Int? = nil, vocabulary: [String]? = nil,
        binary: Bool = false, norm: TFIDFTransformer.Norm? = .l2, useIDF: Bool = true, smoothIDF: Bool = true,
        sublinearTF: Bool = false
    ) {
        self.init(
            counter: CountVectorizer(
                lowercase: lowercase, stripAccents: stripAccents, analyzer: analyzer, tokenPattern: tokenPattern,
                stopWords: stopWords, ngramRange: ngramRange, maxDF: maxDF, minDF: minDF, maxFeatures: maxFeatures,
                vocabulary: vocabulary, binary: binary),
            weigher: TFIDFTransformer(norm: norm, useIDF: useIDF, smoothIDF: smoothIDF, sublinearTF: sublinearTF))
    }

    init(counter: CountVectorizer, weigher: TFIDFTransformer) {
        self.counter = counter
        self.weigher = weigher
    }

    /// The features in the order of their columns; empty before fitting. A new array each time.
    public var featureNames: [String] { counter.featureNames }
    /// The number of columns.
    public var featureCount: Int { counter.featureCount }
    /// The columns of the features. Traps when two features differ in their code points and not as `String`.
    public var vocabulary: [String: Int] { counter.vocabulary }
    /// The weight of each column; `nil` before fitting, and without `useIDF`.
    public var idf: [Double]? { weigher.idf }

    /// Finds the features of `texts` and their weights. Throws as ``CountVectorizer/fit(_:)`` does.
    public mutating func fit(_ texts: some TextCollection) throws { weigher.fit(try counter.fitTransform(texts)) }

    /// Finds the features of `texts`, counts and weighs them.
    public mutating func fitTransform(_ texts: some TextCollection) throws -> SparseMatrix {
        try weigher.fitTransform(counter.fitTransform(texts))
    }

    /// The weighted features of each text, `[texts, featureCount]`. Throws when the vectorizer is not fitted.
    public func transform(_ texts: some TextCollection) throws -> SparseMatrix {
        try weigher.transform(counter.transform(texts))
    }

    /// The same for a single text: `[1, featureCount]`.
    public func transform(_ text: String) throws -> SparseMatrix { try weigher.transform(counter.transform(text)) }

    /// The features of each row that are not 0, in the order of columns. Throws when the matrix has other columns.
    public func inverseTransform(_ matrix: SparseMatrix) throws -> [[String]] { try counter.inverseTransform(matrix) }
}
