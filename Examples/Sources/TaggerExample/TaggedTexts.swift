/// Texts and the tags that each of them truly has.
struct TaggedTexts {
    var texts: [String]
    var tags: [[String]]

    var count: Int { texts.count }
}

/// What to learn from and what to be tested with.
struct TaggingData {
    /// Where the data come from and how they were divided, to be shown.
    let origin: String
    let train: TaggedTexts
    let test: TaggedTexts
}
