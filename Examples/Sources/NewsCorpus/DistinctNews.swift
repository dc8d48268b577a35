/// The items of a `NewsGenerator`, each text once: a repeat is dropped and the next item is taken.
///
/// Texts are compared byte by byte. The stream ends when a thousand items in a row are repeats. Memory grows with
/// the number of items, since every text is kept; where a repeat in some hundreds does no harm, as in a benchmark,
/// use the generator itself, in constant memory.
public struct DistinctNews: Sequence, IteratorProtocol {
    private var generator: NewsGenerator
    private var seen: Set<[UInt8]> = []

    public init(random: some RandomNumberGenerator) {
        generator = NewsGenerator(random: random)
    }

    public mutating func next() -> NewsItem? {
        for _ in 0..<1_000 {
            if let item = generator.next(), seen.insert(Array(item.text.utf8)).inserted { return item }
        }
        return nil
    }
}
