/// Texts and the tags that each of them truly has.
package struct TaggedTexts {
    package var texts: [String]
    package var tags: [[String]]

    package var count: Int { texts.count }
}

/// What to learn from and what to be tested with.
package struct TaggingData {
    /// Where the data come from and how they were divided, to be shown.
    let origin: String
    package let train: TaggedTexts
    package let test: TaggedTexts
}
