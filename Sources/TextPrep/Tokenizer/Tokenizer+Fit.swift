import HornetSupport

extension Tokenizer {
    /// Counts the words of `texts` and ranks the vocabulary. A second call adds to the first; ids are given anew.
    public mutating func fit(onTexts texts: some Sequence<String>) {
        var workspace = SplitWorkspace()
        for var text in texts { text.withUTF8 { countWords(in: $0, &workspace) } }
        giveIDs()
    }

    /// The same for a table's column, read in place.
    public mutating func fit(onTexts texts: Column) { fit(onValidUTF8: texts) }

    /// The same for texts as bytes, read in place. Throws, leaving the tokenizer as it was, when one is not UTF-8.
    public mutating func fit(onUTF8 texts: some UTF8Texts) throws {
        try texts.checkUTF8()
        fit(onValidUTF8: texts)
    }

    private mutating func fit(onValidUTF8 texts: some UTF8Texts) {
        var workspace = SplitWorkspace()
        for position in 0..<texts.count {
            texts.withUTF8(at: position) { countWords(in: $0, &workspace) }
        }
        giveIDs()
    }

    /// Counts texts that are lists of words already: they are put in lower case, and nothing is filtered or split.
    public mutating func fit(onWordLists wordLists: some Sequence<[String]>) {
        let splitter = splitter
        var workspace = SplitWorkspace()
        for list in wordLists {
            documentCount += 1
            for var word in list {
                word.withUTF8 { splitter.asOneWord($0, &workspace) { count($0) } }
            }
        }
        giveIDs()
    }

    /// Counts in how many sequences each id occurs; `tfidf` needs that where there are ids only.
    public mutating func fit(onSequences sequences: some Sequence<[Int32]>) {
        for sequence in sequences {
            documentCount += 1
            for id in Set(sequence) { indexDocs[Int(id), default: 0] += 1 }
        }
    }

    private mutating func countWords(in text: UnsafeBufferPointer<UInt8>, _ workspace: inout SplitWorkspace) {
        documentCount += 1
        let splitter = splitter
        splitter.forEachBatch(in: text, &workspace) { count($0) }
    }

    private mutating func count(_ batch: UnsafeBufferPointer<Word>) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: WordBatch.capacity) { places in
            words.find(batch, into: places)
            for (word, known) in zip(batch, places) {
                let place = known >= 0 ? Int(known) : place(of: word)
                var tally = tallies[place]
                if tally.count == 0 { countOrder.append(Int32(place)) }
                tally.count += 1
                tally.documents += tally.lastDocument == documentCount ? 0 : 1
                tally.lastDocument = documentCount
                tallies[place] = tally
            }
        }
    }

    /// Ranks the words by count, the earlier first among equals (the standard library's sort is stable).
    private mutating func giveIDs() {
        var ranked = countOrder.sorted { tallies[Int($0)].count > tallies[Int($1)].count }
        var firstID: Int32 = 1
        for place in ids.indices { ids[place] = 0 }
        if let oovToken {
            // A word that is spelled like the token is both: it keeps its rank, and the first id stays free.
            let place = Int32(self.place(of: oovToken))
            ids[Int(place)] = firstID
            firstID += 1
            for (rank, word) in ranked.enumerated() { ids[Int(word)] = firstID + Int32(rank) }
            ranked.removeAll { $0 == place }
            indexOrder = [place] + ranked
        } else {
            for (rank, word) in ranked.enumerated() { ids[Int(word)] = firstID + Int32(rank) }
            indexOrder = ranked
        }
        placeOfID = Dictionary(uniqueKeysWithValues: indexOrder.map { (ids[Int($0)], $0) })
        for place in indexOrder where tallies[Int(place)].documents > 0 {
            indexDocs[Int(ids[Int(place)])] = tallies[Int(place)].documents
        }
        encoder = SequenceEncoder(self)
    }
}
