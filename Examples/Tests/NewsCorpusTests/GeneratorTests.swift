import Hornet
import NewsCorpus
import Testing

@Suite struct GeneratorTests {
    /// A source that is stuck, so that every item is the same.
    private struct Stuck: RandomNumberGenerator {
        mutating func next() -> UInt64 { 0 }
    }

    @Test func sameSeedSameNews() {
        let first = Array(NewsGenerator(random: RandomSource(seed: 9)).prefix(500))
        #expect(first == Array(NewsGenerator(random: RandomSource(seed: 9)).prefix(500)))
        #expect(first != Array(NewsGenerator(random: RandomSource(seed: 10)).prefix(500)))
    }

    @Test func distinctNewsDropsRepeats() {
        #expect(Array(NewsGenerator(random: Stuck()).prefix(3)).count == 3)
        #expect(Array(DistinctNews(random: Stuck()).prefix(3)).count == 1)
    }

    @Test func hardlyAnyTextRepeats() {
        var texts: Set<[UInt8]> = []
        for item in NewsGenerator(random: RandomSource(seed: 4)).prefix(50_000) { texts.insert(Array(item.text.utf8)) }
        #expect(texts.count > 49_500)
    }

    @Test(arguments: [
        ("hour", "an hour"), ("union", "a union"), ("university lab", "a university lab"),
        ("e-reader", "an e-reader"), ("MRI scan", "an MRI scan"), ("DNA test", "a DNA test"),
        ("uninsured driver", "an uninsured driver"), ("8-year plan", "an 8-year plan"),
        ("10-year plan", "a 10-year plan"),
        ("one-way street", "a one-way street"), ("open-source project", "an open-source project"),
        ("X-ray", "an X-ray"), ("Army brigade", "an Army brigade"), ("almond", "an almond"),
    ])
    func articles(noun: String, expected: String) {
        #expect(Inflection.withArticle(noun) == expected)
    }

    @Test(arguments: [
        ("power plant", "power plants"), ("drug company", "drug companies"), ("survey", "surveys"),
        ("pregnant woman", "pregnant women"), ("rate crash", "rate crashes"), ("tax", "taxes"),
        ("freshman", "freshmen"), ("Army base", "Army bases"), ("crisis", "crises"),
    ])
    func plurals(noun: String, expected: String) {
        #expect(Inflection.plural(noun) == expected)
    }
}
