import Hornet
import NewsCorpus
import Testing

@Suite struct ShippedCorpusTests {
    /// What `MakeCorpus` writes unless told otherwise.
    private static let items = Array(DistinctNews(random: RandomSource(seed: 1)).prefix(4_000))

    @Test func newsIsWhatTheGeneratorWrites() throws {
        var made = NewsItem.csvHeader
        for item in ShippedCorpusTests.items { item.appendCSV(to: &made) }
        let shipped = try DataFile.bytes("news.csv")
        // Compared line by line first, for a message that can be read.
        let pairs = zip(shipped.split(separator: 10), made.split(separator: 10))
        for (line, pair) in pairs.enumerated() where pair.0 != pair.1 {
            Issue.record("line \(line + 1): \(String(decoding: pair.0, as: UTF8.self))")
            break
        }
        #expect(shipped == made)
    }

    @Test func anotherSeedGivesOtherNews() {
        let other = Array(DistinctNews(random: RandomSource(seed: 2)).prefix(100))
        #expect(other != Array(ShippedCorpusTests.items.prefix(100)))
    }

    @Test func textsAreDistinctWellFormedLines() {
        let items = ShippedCorpusTests.items
        #expect(items.count == 4_000)
        #expect(Set(items.map { Array($0.text.utf8) }).count == items.count)
        for item in items {
            let text = item.text
            #expect(!text.contains { "{}\n\r".contains($0) }, "\(text)")
            #expect(!text.contains("  ") && !text.contains("..") && !text.contains(" ."), "\(text)")
            #expect(text.first.map { $0.isUppercase || $0.isNumber || $0 == "$" || $0 == "\"" } == true, "\(text)")
        }
    }

    @Test func everyItemHasOneToFourTags() {
        for item in ShippedCorpusTests.items {
            #expect((1...4).contains(item.tags.count), "\(item)")
            #expect(Set(item.tags).count == item.tags.count, "\(item)")
        }
    }

    @Test func tagsAreUnevenAndCorrelated() {
        let items = ShippedCorpusTests.items
        var counts: [String: Int] = [:]
        for tag in items.flatMap(\.tags) { counts[tag, default: 0] += 1 }
        let shares = counts.values.map { Double($0) / Double(items.count) }.sorted()
        #expect(shares.count == 18)
        #expect(shares.first.map { $0 < 0.015 } == true, "the rarest tag: \(shares)")
        #expect(shares.last.map { $0 > 0.2 } == true, "the most frequent tag: \(shares)")

        // Energy items are about the climate three times as often as all items are.
        let energy = items.filter { $0.tags.contains("Energy") }
        let both = energy.count { $0.tags.contains("Climate") }
        #expect(both * items.count > 3 * energy.count * counts["Climate", default: 0])
    }
}
