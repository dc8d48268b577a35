import ReutersCorpus
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where the collection is on this machine: `HORNET_REUTERS`, or a folder `shared/data` beside the checkout.
private let collection: String? = {
    if let path = getenv("HORNET_REUTERS") { return String(cString: path) }
    let checkout = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
    let beside = checkout + "/../shared/data/reuters21578.tar.gz"
    return access(beside, R_OK) == 0 ? beside : nil
}()

@Test(.enabled(if: collection != nil, "Reuters-21578 is not here; HORNET_REUTERS=<archive or folder> shows where it is"))
func theModApteSplitHasItsPublishedSizes() throws {
    let corpus = try ReutersCorpus(contentsOf: try #require(collection))
    #expect(corpus.documents.map(\.id) == Array(1...21_578))

    let split = ModApte(corpus)
    #expect(split.topics.count == 90)
    #expect(split.train.count == 7_770)
    #expect(split.test.count == 3_019)
    #expect(split.train.reduce(0) { $0 + $1.topics.count } == 9_585)
    #expect(split.test.reduce(0) { $0 + $1.topics.count } == 3_744)

    let first = try #require(split.train.first)
    #expect(first.id == 1)
    #expect(first.topics == ["cocoa"])
    #expect(!first.text.utf8.contains(UInt8(ascii: "&")))
}
