/// How much a part of a text spoke for a label, or against it: what a report highlights.
public struct WordWeight: Sendable, Equatable {
    /// Where it is in the text's UTF-8.
    public var bytes: Range<Int>
    /// Above 0 it speaks for the label, below 0 against it; only the proportions within a text count.
    public var weight: Double

    public init(bytes: Range<Int>, weight: Double) {
        self.bytes = bytes
        self.weight = weight
    }
}
