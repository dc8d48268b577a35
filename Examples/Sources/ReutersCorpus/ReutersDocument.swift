/// One newswire item of Reuters-21578.
public struct ReutersDocument: Sendable, Equatable {
    /// Where the item stands in Lewis' split: the attribute `LEWISSPLIT`.
    public enum Part: String, Sendable {
        case train = "TRAIN"
        case test = "TEST"
        case unused = "NOT-USED"
    }

    /// The attribute `NEWID`: 1 to 21,578, in order of time.
    public let id: Int
    public let part: Part
    /// The attribute `TOPICS="YES"`: whether the item was meant to have topics, even if it got none.
    public let isIndexed: Bool
    /// The topics in the order of the file: `grain`, `wheat`.
    public let topics: [String]
    /// Empty where the item has none of its own (`TYPE="UNPROC"`).
    public let title: String
    /// Empty for items that are a headline only.
    public let body: String

    /// What a tagger reads: title and body.
    public var text: String { title.isEmpty || body.isEmpty ? title + body : title + "\n" + body }
}
