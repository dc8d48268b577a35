/// The split that most published figures use ("ModApte"), with the 90 topics that both of its parts have.
///
/// Items count when they were meant to have topics and have at least one of the 90: 7,770 train and 3,019 test.
/// Apté, Damerau and Weiss, *Automated learning of decision rules for text categorization*, 1994.
public struct ModApte: Sendable {
    public let train: [ReutersDocument]
    public let test: [ReutersDocument]
    /// The topics that occur in both parts, sorted.
    public let topics: [String]

    public init(_ corpus: ReutersCorpus) {
        func documents(_ part: ReutersDocument.Part) -> [ReutersDocument] {
            corpus.documents.filter { $0.isIndexed && $0.part == part }
        }
        let train = documents(.train)
        let test = documents(.test)
        let shared = Set(train.flatMap(\.topics)).intersection(test.flatMap(\.topics))
        topics = shared.sorted()
        self.train = train.compactMap { $0.keepingTopics(in: shared) }
        self.test = test.compactMap { $0.keepingTopics(in: shared) }
    }
}

extension ReutersDocument {
    /// The item with only the topics in `kept`, each once; `nil` when none is left.
    fileprivate func keepingTopics(in kept: Set<String>) -> ReutersDocument? {
        var seen: Set<String> = []
        let topics = topics.filter { kept.contains($0) && seen.insert($0).inserted }
        guard !topics.isEmpty else { return nil }
        return ReutersDocument(id: id, part: part, isIndexed: isIndexed, topics: topics, title: title, body: body)
    }
}
