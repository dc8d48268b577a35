import HornetSupport
import HornetTensor

extension Tokenizer {
    /// The ids of each text's words. Words whose id is not below ``numWords``, and unknown ones, become the id of
    /// ``oovToken`` or are left out. Works on all processors (see `Parallel`).
    public func textsToSequences(_ texts: some Sequence<String>) -> [[Int32]] {
        var result: [[Int32]] = []
        forEachBlock(of: texts) { block in
            let sequences = sequences(of: StringTexts(strings: block))
            if result.isEmpty { result = sequences } else { result += sequences }
        }
        return result
    }

    /// The same for a table's column, read in place.
    public func textsToSequences(_ texts: Column) -> [[Int32]] { sequences(of: texts) }

    /// The same for texts as bytes, read in place, by several threads at once. Throws when one is not UTF-8.
    public func textsToSequences(utf8 texts: some UTF8Texts) throws -> [[Int32]] {
        try texts.checkUTF8()
        return sequences(of: texts)
    }

    private func sequences(of texts: some UTF8Texts) -> [[Int32]] {
        let most = 256
        let size = (texts.count + most - 1) / most
        return Array(unsafeUninitializedCapacity: texts.count) { result, count in
            let result = result
            Parallel.forEachRange(of: texts.count, by: max(size, 1), if: texts.areWorthSharing) { range in
                var memory = EncodingMemory()
                for position in range {
                    memory.removeAll()
                    texts.withUTF8(at: position) { memory.append($0, splitter, encoder) }
                    result.initializeElement(at: position, to: Array(memory.ids))
                }
            }
            count = texts.count
        }
    }

    /// The same for texts that are lists of words already: see ``fit(onWordLists:)``.
    public func textsToSequences(wordLists: some Sequence<[String]>) -> [[Int32]] {
        var memory = EncodingMemory()
        return wordLists.map { list in
            memory.removeAll()
            for var word in list { word.withUTF8 { memory.append(word: $0, splitter, encoder) } }
            return Array(memory.ids)
        }
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
