import HornetSupport
public import HornetTensor

/// Texts as bags of words whose columns are hashes: nothing has to be fitted or kept, and nobody can tell which word a column
/// is; exactly scikit-learn's, bit by bit.
///
/// A feature has the column |h| mod `featureCount`, where h is the signed 32-bit MurmurHash3 of its UTF-8 bytes. With
/// `alternateSign` a feature counts −1 where h is negative, so that features that share a column do not add up on average.
/// [scikit-learn: HashingVectorizer](https://scikit-learn.org/stable/modules/generated/sklearn.feature_extraction.text.HashingVectorizer.html)
public struct HashingVectorizer: Sendable {
    /// The number of columns.
    public let featureCount: Int
    public let binary: Bool
    public let norm: TFIDFTransformer.Norm?
    public let alternateSign: Bool
    let analyzer: TextAnalyzer

    /// - Parameters:
    ///   - featureCount: The number of columns; scikit-learn's `n_features`. Default 2²⁰.
    ///   - binary: Whether every stored value is 1. Default false.
    ///   - norm: What each row is divided by, unless it is 0. Default `.l2`.
    ///   - alternateSign: Whether half of the features count −1. Default true.
    ///
    /// The other parameters are those of ``CountVectorizer``.
    public init(
        lowercase: Bool = true, stripAccents: AccentStripping? = nil, analyzer: FeatureAnalyzer = .word,
        tokenPattern: TokenPattern = .words, stopWords: [String] = [], ngramRange: ClosedRange<Int> = 1...1,
        featureCount: Int = 1 << 20, binary: Bool = false, norm: TFIDFTransformer.Norm? = .l2, alternateSign: Bool = true
    ) {
        require(
            featureCount > 0 && featureCount <= Int(Int32.max), "HashingVectorizer", "the number of columns is \(featureCount)")
        self.init(
            analyzer: TextAnalyzer(
                lowercase: lowercase, stripAccents: stripAccents, analyzer: analyzer, tokenPattern: tokenPattern,
                stopWords: stopWords, ngramRange: ngramRange, "HashingVectorizer"),
            featureCount: featureCount, binary: binary, norm: norm, alternateSign: alternateSign)
    }

    init(
        analyzer: TextAnalyzer, featureCount: Int, binary: Bool, norm: TFIDFTransformer.Norm?, alternateSign: Bool
    ) {
        self.analyzer = analyzer
        self.featureCount = featureCount
        self.binary = binary
        self.norm = norm
        self.alternateSign = alternateSign
    }

    /// A row for each text, `[texts, featureCount]`. Throws when a text is not UTF-8.
    public func transform(_ texts: some TextCollection) throws -> SparseMatrix {
        normalized(try texts.withTexts { counts(of: $0) })
    }

    /// The same for a single text: `[1, featureCount]`.
    public func transform(_ text: String) -> SparseMatrix {
        withUnsafePointer(to: text) { text in
            normalized(counts(of: StringTexts(strings: UnsafeBufferPointer(start: text, count: 1))))
        }
    }

    private func counts(of texts: some UTF8Texts) -> SparseMatrix {
        SparseMatrix.rows(of: texts, columnCount: featureCount, value: { binary ? 1 : Float($0) }) { text, rows, memory in
            analyzer.forEachTerm(in: text, &memory.workspace) { batch in
                for index in 0..<batch.count {
                    let hash = murmurHash3(batch[index])
                    rows.append(
                        Int(hash.magnitude % UInt32(truncatingIfNeeded: featureCount)), alternateSign && hash < 0 ? -1 : 1)
                }
            }
        }
    }

    private func normalized(_ counts: SparseMatrix) -> SparseMatrix {
        guard let norm else { return counts }
        // Without weights it asks for no fit.
        return try! TFIDFTransformer(norm: norm, useIDF: false).transform(counts)
    }
}

/// The 32-bit MurmurHash3 for x86, with the seed 0. (Austin Appleby, in the public domain)
func murmurHash3(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    let (first, second): (UInt32, UInt32) = (0xCC9E_2D51, 0x1B87_3593)
    @inline(__always)
    func rotated(_ x: UInt32, _ bits: UInt32) -> UInt32 { x &<< bits | x &>> (32 &- bits) }
    @inline(__always)
    func scrambled(_ block: UInt32) -> UInt32 { rotated(block &* first, 15) &* second }
    var hash: UInt32 = 0
    let blocks = bytes.count / 4
    if let start = bytes.baseAddress {
        for block in 0..<blocks {
            let word = UInt32(littleEndian: UnsafeRawPointer(start + 4 * block).loadUnaligned(as: UInt32.self))
            hash = rotated(hash ^ scrambled(word), 13) &* 5 &+ 0xE654_6B64
        }
    }
    var tail: UInt32 = 0
    for k in stride(from: bytes.count - 1, through: 4 * blocks, by: -1) { tail = tail << 8 | UInt32(bytes[k]) }
    if bytes.count > 4 * blocks { hash ^= scrambled(tail) }
    hash ^= UInt32(truncatingIfNeeded: bytes.count)
    hash = (hash ^ hash >> 16) &* 0x85EB_CA6B
    hash = (hash ^ hash >> 13) &* 0xC2B2_AE35
    return Int32(bitPattern: hash ^ hash >> 16)
}
