/// The phrases of one tag, written by hand.
///
/// Phrases stand one a line, words in lists with commas; `Template` says how slots are written.
struct Topic: Sendable {
    let tag: String
    /// How often it is a document's main subject, against the other topics' weights.
    let weight: Int
    /// Tags that come along as second tags, and how often against one another.
    let related: KeyValuePairs<String, Int>
    /// Words for the slots of this topic's phrases.
    let words: KeyValuePairs<String, String>
    let headlines: String
    /// Sentences for the body, without the full stop.
    let sentences: String
    /// Clauses that mention the topic in passing, at the end of a sentence about something else.
    let mentions: String
}

extension Topic {
    /// Every topic, the most frequent ones first.
    static let all: [Topic] = [
        politics, business, economy, technology, health, sports, crime, education, energy, entertainment, climate,
        science, housing, transportation, defense, immigration, labor, agriculture,
    ]
}

