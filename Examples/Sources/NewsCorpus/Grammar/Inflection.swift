/// English word forms for slots: the indefinite article and the plural.
package enum Inflection {
    /// `noun` behind "a" or "an", by sound: "an hour", "a union", "an MRI", "an 8-year", "a 10-year".
    package static func withArticle(_ noun: String) -> String {
        (startsWithVowelSound(noun) ? "an " : "a ") + noun
    }

    /// The plural of a noun phrase, whose last word is inflected: "power plant" gives "power plants".
    package static func plural(_ noun: String) -> String {
        let words = noun.split(separator: " ")
        guard let last = words.last.map(String.init) else { return noun }
        return (words.dropLast().map(String.init) + [pluralWord(last)]).joined(separator: " ")
    }

    private static func startsWithVowelSound(_ noun: String) -> Bool {
        let word = noun.prefix { $0 != " " && $0 != "-" }
        if let digit = word.first, digit.isNumber {
            return digit == "8" || word == "11" || word == "18"
        }
        // Letters that are read one by one: "an MRI", "a GPS".
        if word.allSatisfy({ $0.isUppercase }), let letter = word.first { return "AEFHILMNORSX".contains(letter) }
        let lower = word.lowercased()
        if ["hour", "honest", "honor", "heir"].contains(where: lower.hasPrefix) { return true }
        if ["uni", "use", "usu", "eu", "one", "ubiq"].contains(where: lower.hasPrefix) {
            return lower.hasPrefix("unin") || lower.hasPrefix("unim")
        }
        return lower.first.map { "aeiou".contains($0) } ?? false
    }

    private static let irregular = [
        "woman": "women", "man": "men", "child": "children", "person": "people", "foot": "feet",
        "crisis": "crises", "shelf": "shelves", "half": "halves", "thief": "thieves", "life": "lives",
        "calf": "calves", "leaf": "leaves", "aircraft": "aircraft", "fish": "fish", "series": "series",
        "freshman": "freshmen", "hero": "heroes", "potato": "potatoes", "tomato": "tomatoes",
    ]

    private static func pluralWord(_ word: String) -> String {
        if let form = irregular[word] { return form }
        if ["s", "x", "z", "ch", "sh"].contains(where: word.hasSuffix) { return word + "es" }
        let beforeLast = word.dropLast().last
        if word.hasSuffix("y"), let letter = beforeLast, !"aeiou".contains(letter) { return word.dropLast() + "ies" }
        return word + "s"
    }
}
