/// One document of the corpus: a headline, often with a few sentences behind it, and its tags.
public struct NewsItem: Sendable, Equatable {
    /// One line of text, without line breaks.
    public var text: String
    /// One to four tags, the main subject first, each once.
    public var tags: [String]

    public init(text: String, tags: [String]) {
        self.text = text
        self.tags = tags
    }
}
