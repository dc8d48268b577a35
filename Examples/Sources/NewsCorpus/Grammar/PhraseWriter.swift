/// Writes phrases of one document after another into a buffer of UTF-8.
///
/// A document keeps to its story: its place stays the same, and a topic's word that was written once tends to come
/// back in later sentences, while one phrase never names the same word twice.
struct PhraseWriter {
    /// How often, in percent, a later phrase takes up the word that an earlier one chose from the same list.
    private static let faithfulness = 75

    private struct Memory {
        var word = 0
        /// The phrase that chose `word`; phrases are counted over all documents.
        var phrase = -1
    }

    private let book: PhraseBook
    private(set) var text: [UInt8] = []
    private var place = 0
    private var memories: [Memory]
    private var phrase = 0
    private var firstPhrase = 0

    init(book: PhraseBook) {
        self.book = book
        memories = Array(repeating: Memory(), count: book.listCount)
    }

    mutating func startDocument(with dice: inout Dice) {
        text.removeAll(keepingCapacity: true)
        place = dice.below(book.places.count)
        firstPhrase = phrase
    }

    /// A phrase with a capital first letter, behind the end of the sentence before it.
    mutating func writeSentence(_ template: Template, with dice: inout Dice) {
        if !text.isEmpty { text.append(contentsOf: (text.last == UInt8(ascii: "?") ? " " : ". ").utf8) }
        var start = text.count
        write(template, with: &dice)
        phrase += 1
        if text[start] == UInt8(ascii: "\"") { start += 1 }
        if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(text[start]) { text[start] &-= 32 }
    }

    /// A clause at the end of what has been written.
    mutating func writeClause(_ template: Template, with dice: inout Dice) {
        text.append(UInt8(ascii: " "))
        write(template, with: &dice)
        phrase += 1
    }

    mutating func endDocument() {
        if text.last != UInt8(ascii: "?") { text.append(UInt8(ascii: ".")) }
    }

    private mutating func write(_ template: Template, with dice: inout Dice) {
        for piece in template.pieces {
            switch piece {
            case .text(let bytes): text.append(contentsOf: bytes)
            case .choice(let index): write(pick(book.choices[index], with: &dice), with: &dice)
            case .number(let range): write(number: range.lowerBound + dice.below(range.count))
            case .city: text.append(contentsOf: book.places[place].city)
            case .state: text.append(contentsOf: book.places[place].state)
            }
        }
    }

    private mutating func pick(_ choice: PhraseBook.Choice, with dice: inout Dice) -> Template {
        let count = choice.words.count
        guard let list = choice.list, count > 1 else { return choice.words[dice.below(count)] }
        let old = memories[list]
        if old.phrase == phrase {
            memories[list].word = (old.word + 1 + dice.below(count - 1)) % count
        } else if old.phrase < firstPhrase || !dice.chance(percent: PhraseWriter.faithfulness) {
            memories[list].word = dice.below(count)
        }
        memories[list].phrase = phrase
        return choice.words[memories[list].word]
    }

    private mutating func write(number: Int) {
        if number >= 10 { write(number: number / 10) }
        text.append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
