import HornetSupport

extension Tokenizer {
    /// The ids of each text's words. Words whose id is not below ``numWords``, and unknown ones, become the id of
    /// ``oovToken`` or are left out.
    public func textsToSequences(_ texts: some Sequence<String>) -> [[Int32]] {
        var memory = SequenceEncoder.Memory()
        return texts.map { text in
            var text = text
            return text.withUTF8 { encoder.sequence(of: $0, splitter, &memory) }
        }
    }

    /// The same for a table's column, read in place.
    public func textsToSequences(_ texts: Column) -> [[Int32]] { sequences(ofValidUTF8: texts) }

    /// The same for texts as bytes, read in place. Throws when one is not UTF-8.
    public func textsToSequences(utf8 texts: some UTF8Texts) throws -> [[Int32]] {
        try texts.checkUTF8()
        return sequences(ofValidUTF8: texts)
    }

    private func sequences(ofValidUTF8 texts: some UTF8Texts) -> [[Int32]] {
        var memory = SequenceEncoder.Memory()
        return (0..<texts.count).map { position in
            texts.withUTF8(at: position) { encoder.sequence(of: $0, splitter, &memory) }
        }
    }

    /// The same for texts that are lists of words already: see ``fit(onWordLists:)``.
    public func textsToSequences(wordLists: some Sequence<[String]>) -> [[Int32]] {
        var memory = SequenceEncoder.Memory()
        return wordLists.map { encoder.sequence(ofWords: $0, splitter, &memory) }
    }

    /// The ids of one text.
    public func textToSequence(_ text: String) -> [Int32] { textsToSequences(CollectionOfOne(text))[0] }

    /// The words of the ids, joined by spaces. Ids that are not below ``numWords``, and unknown ones, become
    /// ``oovToken`` or are left out.
    public func sequencesToTexts(_ sequences: some Sequence<[Int32]>) -> [String] {
        let limit = idLimit
        let unknown = oovID == 0 ? nil : oovToken
        return sequences.map { sequence in
            sequence.compactMap { id in
                guard id < limit, let place = placeOfID[id] else { return unknown }
                return words[Int(place)]
            }.joined(separator: " ")
        }
    }
}
