/// An endless stream of made-up news items, one at a time, in constant memory.
///
/// A document is a headline with up to three sentences behind it. Its main tag is drawn by frequency; further
/// tags are drawn among those that go with it (Energy with Climate), and show in a sentence or only in a clause at
/// the end of one. What makes the tags hard to tell, as in real news:
/// - words shared by many tags ("strike", "court", "plant"), and sentences that say nothing about any tag;
/// - headlines alone, where a second tag has room for a clause only, and a third tag has none;
/// - clauses that mention a subject in passing, which earns no tag;
/// - lines that fit several tags, of which one is meant.
///
/// The same numbers from `random` give the same items, on every machine and with every version of Swift.
/// Among a million items about three in a thousand repeat an earlier text; `DistinctNews` leaves repeats out.
public struct NewsGenerator: Sequence, IteratorProtocol {
    private let book = PhraseBook.standard
    private var dice: Dice
    private var writer = PhraseWriter(book: .standard)

    public init(random: some RandomNumberGenerator) {
        dice = Dice(random)
    }

    public mutating func next() -> NewsItem? {
        writer.startDocument(with: &dice)
        let tags = dice.chance(percent: Mix.ambiguous) ? writeAmbiguous() : writeReport()
        return NewsItem(text: String(decoding: writer.text, as: UTF8.self), tags: tags)
    }
}

/// How the stream is mixed, in percent unless said otherwise.
private enum Mix {
    /// Documents around a line that fits several tags.
    static let ambiguous = 6
    /// Weights of 0, 1, 2 and 3 sentences behind the headline.
    static let sentences = Weights([22, 31, 31, 16])
    /// Weights of 0, 1, 2 and 3 tags besides the main one.
    static let moreTags = Weights([47, 34, 15, 4])
    /// Sentences of the body that say nothing about any tag.
    static let background = 38
    /// Further tags that get a sentence of their own, where there is one to spare, rather than a clause.
    static let ownSentence = 50
    /// Headlines of longer items that already hold the clause of the first further tag.
    static let clauseInHeadline = 40
    /// Clauses about any subject at all, tagged or not, at the end of a headline without another clause.
    static let straying = 14
}

// MARK: - Documents

extension NewsGenerator {
    private mutating func writeAmbiguous() -> [String] {
        let ambiguity = book.ambiguities[dice.below(book.ambiguities.count)]
        writer.writeSentence(ambiguity.line, with: &dice)
        if dice.chance(percent: Mix.background) {
            var pile = Pile(book.background)
            writer.writeSentence(pile.take(with: &dice), with: &dice)
            writer.endDocument()
        }
        return ambiguity.readings[dice.below(ambiguity.readings.count)]
    }

    private mutating func writeReport() -> [String] {
        let subjects = drawSubjects()
        let main = book.subjects[subjects[0]]
        let sentenceCount = dice.index(in: Mix.sentences)
        // A further tag takes a sentence while one is left for the main subject, or else a clause.
        var clauses = subjects.dropFirst()
        var sentences: [Int] = []
        while sentences.count + 1 < sentenceCount, let subject = clauses.first,
            dice.chance(percent: Mix.ownSentence)
        {
            sentences.append(subject)
            clauses.removeFirst()
        }

        writer.writeSentence(main.headlines[dice.below(main.headlines.count)], with: &dice)
        if sentenceCount == 0 || dice.chance(percent: Mix.clauseInHeadline), let subject = clauses.popFirst() {
            writeMention(of: subject)
        } else if dice.chance(percent: Mix.straying) {
            writeMention(of: dice.below(book.subjects.count))
        }
        if sentenceCount > 0 {
            writeBody(of: main, sentenceCount: sentenceCount, further: sentences, clauses: clauses)
            writer.endDocument()
        }
        return subjects.map { book.subjects[$0].tag }
    }

    /// Sentences on `main` or on nothing in particular, then one for each subject of `further`; the subjects of
    /// `clauses` come in at the end of sentences, as far as there are any.
    private mutating func writeBody(
        of main: PhraseBook.Subject, sentenceCount: Int, further: [Int], clauses: ArraySlice<Int>
    ) {
        var mainPile = Pile(main.sentences)
        var backgroundPile = Pile(book.background)
        var clauses = clauses
        for sentence in 0..<sentenceCount {
            let left = sentenceCount - sentence
            if left <= further.count {
                let subject = book.subjects[further[further.count - left]]
                writer.writeSentence(subject.sentences[dice.below(subject.sentences.count)], with: &dice)
            } else if dice.chance(percent: Mix.background) {
                writer.writeSentence(backgroundPile.take(with: &dice), with: &dice)
            } else {
                writer.writeSentence(mainPile.take(with: &dice), with: &dice)
            }
            if let subject = clauses.popFirst() { writeMention(of: subject) }
        }
    }

    private mutating func writeMention(of subject: Int) {
        let mentions = book.subjects[subject].mentions
        writer.writeClause(mentions[dice.below(mentions.count)], with: &dice)
    }

    /// The main subject, then the further ones.
    private mutating func drawSubjects() -> [Int] {
        var subjects = [dice.index(in: book.frequencies)]
        let main = book.subjects[subjects[0]]
        for _ in 0..<dice.index(in: Mix.moreTags) {
            let next = main.related[dice.index(in: main.relatedWeights)]
            if !subjects.contains(next) { subjects.append(next) }
        }
        return subjects
    }
}

/// Templates of which each is taken once.
private struct Pile {
    private let templates: [Template]
    private var taken: [Int] = []

    init(_ templates: [Template]) {
        self.templates = templates
    }

    mutating func take(with dice: inout Dice) -> Template {
        var index = dice.below(templates.count)
        while taken.contains(index) { index = (index + 1) % templates.count }
        taken.append(index)
        return templates[index]
    }
}
