/// A feature that occurs in a text, and where.
public struct FeaturePlace: Sendable, Equatable {
    /// The feature's column.
    public let column: Int
    /// The bytes of the text (UTF-8) that the feature was made of: a range for each of its words, or for each of its
    /// characters that is no white space.
    public let bytes: [Range<Int>]
}

extension CountVectorizer {
    /// The features of a text with their places, an element for each time that one occurs: as many as ``transform(_:)-(String)``
    /// counts. `nil` where a function of your own finds words or features, which does not say where they stand.
    ///
    /// Slower than `transform`: for looking at one text, not at thousands. Throws when the vectorizer is not fitted.
    public func places(in text: String) throws -> [FeaturePlace]? {
        let lookup = try fittedLookup()
        var text = text
        return text.withUTF8 { text in
            analyzer.located(in: text)?.compactMap { term in
                lookup.column(of: term.parts).map { FeaturePlace(column: $0, bytes: term.ranges) }
            }
        }
    }

    /// The words of a text, known ones and others, as bytes of it; `nil` where features are no words.
    package func words(in text: String) -> [Range<Int>]? {
        guard analyzer.findsWords else { return nil }
        var text = text
        return text.withUTF8 { analyzer.splitter.located(in: $0).map(\.range) }
    }
}

extension TFIDFVectorizer {
    /// The same as ``CountVectorizer/places(in:)``.
    public func places(in text: String) throws -> [FeaturePlace]? { try counter.places(in: text) }
}
