/// Turns the written banks into templates, each list of words in each needed form once.
struct PhraseCompiler {
    private enum Form: String { case plain, a, plural, count }

    /// The alternatives that `Template.Piece.choice` refers to.
    private(set) var choices: [PhraseBook.Choice] = []
    private var places: [String: Int] = [:]
    /// The numbers of the topics' lists, by topic and name.
    private(set) var lists: [String: Int] = [:]
    private let sharedWords: [String: String]

    init(sharedWords: KeyValuePairs<String, String>) {
        self.sharedWords = PhraseCompiler.dictionary(sharedWords)
    }

    /// The templates of `lines`, one a line. Slots are looked up in `words`, then in the shared words; `scope`
    /// keeps the words of one bank from those of another.
    mutating func templates(
        _ lines: String, words: KeyValuePairs<String, String> = [:], scope: String = ""
    ) -> [Template] {
        let own = PhraseCompiler.dictionary(words)
        return lines.split(separator: "\n").map { template(String($0), words: own, scope: scope) }
    }

    private mutating func template(_ phrase: String, words: [String: String], scope: String) -> Template {
        Template(phrase) { slot in
            if slot == "city" { return [.city] }
            if slot == "state" { return [.state] }
            if let range = PhraseCompiler.range(slot) { return [.number(range)] }
            let parts = slot.split(separator: " ").map(String.init)
            let form = parts.count == 2 ? Form(rawValue: parts[0]) : .plain
            guard let form, let name = parts.last else { preconditionFailure("what is {\(slot)}?") }
            if form == .count {
                return [
                    .choice(choice("number", .plain, words: [:], scope: "")), .text([UInt8(ascii: " ")]),
                    .choice(choice(name, .plural, words: words, scope: scope)),
                ]
            }
            return [.choice(choice(name, form, words: words, scope: scope))]
        }
    }

    private mutating func choice(_ name: String, _ form: Form, words: [String: String], scope: String) -> Int {
        let own = words[name]
        guard let list = own ?? sharedWords[name] else { preconditionFailure("no words for {\(name)} in \(scope)") }
        let key = "\(own == nil ? "" : scope)/\(form)/\(name)"
        if let place = places[key] { return place }
        let alternatives = list.split(separator: ", ").map { word in
            let word = String(word)
            let inflected =
                switch form {
                case .a: Inflection.withArticle(word)
                case .plural: Inflection.plural(word)
                case .plain, .count: word
                }
            return template(inflected, words: words, scope: scope)
        }
        places[key] = choices.count
        choices.append(PhraseBook.Choice(words: alternatives, list: own == nil ? nil : number(of: scope + "/" + name)))
        return choices.count - 1
    }

    private mutating func number(of list: String) -> Int {
        let number = lists[list] ?? lists.count
        lists[list] = number
        return number
    }

    /// `3-40` as a range, and nothing else.
    private static func range(_ slot: String) -> ClosedRange<Int>? {
        let ends = slot.split(separator: "-").map { Int($0) }
        guard ends.count == 2, let low = ends[0], let high = ends[1] else { return nil }
        return low...high
    }

    private static func dictionary(_ words: KeyValuePairs<String, String>) -> [String: String] {
        Dictionary(uniqueKeysWithValues: words.map { ($0.key, $0.value.replacing("\n", with: " ")) })
    }
}
