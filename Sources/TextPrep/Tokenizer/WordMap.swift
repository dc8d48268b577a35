/// Words with a number for each, in an order: a vocabulary with its ids, or its counts.
///
/// Words are equal when their UTF-8 bytes are, as in Python: "é" and "e\u{301}", which Swift's `String` takes for
/// equal, are two words here.
///
/// ```swift
/// let id = tokenizer.wordIndex["economy"]
/// for (word, id) in tokenizer.wordIndex { … }
/// ```
public struct WordMap: RandomAccessCollection, Sendable {
    public typealias Element = (word: String, number: Int)

    private let table: WordTable<WordCounter.Numbers>
    /// The places of the words that have a number, in order.
    private let order: [Int32]
    /// By place; 0 where there is none.
    private let numbers: [Int]

    init(_ table: WordTable<WordCounter.Numbers>, order: [Int32], numbers: [Int]) {
        self.table = table
        self.order = order
        self.numbers = numbers
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { order.count }

    /// The word at a position of the order, and its number.
    public subscript(position: Int) -> Element {
        let place = Int(order[position])
        return (table[place], numbers[place])
    }

    /// The number of `word`; nil when it is not there.
    public subscript(word: String) -> Int? {
        guard let place = table.find(word), numbers[place] != 0 else { return nil }
        return numbers[place]
    }

    /// The words in order.
    public var words: [String] { order.map { table[Int($0)] } }

    /// The same as a dictionary. Traps when two words differ in their bytes and not as `String`.
    public var dictionary: [String: Int] { Dictionary(uniqueKeysWithValues: map { ($0.word, $0.number) }) }
}
