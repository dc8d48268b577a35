import HornetSupport
import HornetTensor

extension Tokenizer {
    /// Counts the words of `texts` and ranks the vocabulary. A second call adds to the first; ids are given anew.
    /// Works on all processors (see `Parallel`); the result is the same on one.
    public mutating func fit(onTexts texts: some Sequence<String>) {
        forEachBlock(of: texts) { count(StringTexts(strings: $0)) }
        giveIDs()
    }

    /// The same for a table's column, read in place.
    public mutating func fit(onTexts texts: Column) {
        count(texts)
        giveIDs()
    }

    /// The same for texts as bytes, read in place, by several threads at once. Throws, leaving the tokenizer as it was,
    /// when one is not UTF-8.
    public mutating func fit(onUTF8 texts: some UTF8Texts) throws {
        try texts.checkUTF8()
        count(texts)
        giveIDs()
    }

    /// Counts texts that are lists of words already: they are put in lower case, and nothing is filtered or split.
    public mutating func fit(onWordLists wordLists: some Sequence<[String]>) {
        var counter = WordCounter()
        for list in wordLists { counter.count(wordList: list, splitter) }
        add(&counter)
        giveIDs()
    }

    /// Counts in how many sequences each id occurs; `tfidf` needs that where there are ids only.
    public mutating func fit(onSequences sequences: some Sequence<[Int32]>) {
        for sequence in sequences {
            documentCount += 1
            for id in Set(sequence) { documentsOfID.set((documentsOfID[id] ?? 0) + 1, for: id) }
        }
    }

    /// Each thread counts a part of the texts. Sums, and who came first, do not depend on where the texts are cut.
    private mutating func count(_ texts: some UTF8Texts) {
        let parts = texts.areWorthSharing ? min(Parallel.threadCount, texts.count) : 1
        let splitter = splitter
        withUnsafeTemporaryAllocation(of: WordCounter.self, capacity: parts) { counters in
            Parallel.forEach(parts) { part in
                var counter = WordCounter()
                for position in texts.count * part / parts..<texts.count * (part + 1) / parts {
                    texts.withUTF8(at: position) { counter.count($0, splitter) }
                }
                counters.initializeElement(at: part, to: counter)
            }
            for part in 0..<parts { add(&counters[part]) }
            counters.deinitialize()
        }
    }

    /// Adds what was counted in the documents that follow those known so far.
    private mutating func add(_ counter: inout WordCounter) {
        documentCount += counter.documentCount
        let added = counter.tallies()
        guard words.count > 0 else {
            words = counter.words
            tallies = added
            countOrder = Array(0..<Int32(words.count))
            return
        }
        words.insert(added.indices, of: counter.words) { place, slot in
            let here = Int(slot.place)
            if here == tallies.count { tallies.append(Tally()) }
            if tallies[here].count == 0 { countOrder.append(Int32(here)) }
            tallies[here].count += added[place].count
            tallies[here].documents += added[place].documents
        }
    }

    /// Ranks the words by count, the earlier first among equals.
    private mutating func giveIDs() {
        var ranked = rankedPlaces()
        var firstID: Int32 = 1
        ids = [Int32](repeating: 0, count: words.count)
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
        placeOfID = IDMap()
        for place in indexOrder {
            placeOfID.set(place, for: ids[Int(place)])
            let documents = tallies[Int(place)].documents
            if documents > 0 { documentsOfID.set(documents, for: ids[Int(place)]) }
        }
        encoder = SequenceEncoder(self)
    }

    /// The places of the counted words, those of the highest count first, in order of appearance among equals. Most
    /// words are rare: those are put where they belong by their count, the others are sorted.
    private func rankedPlaces() -> [Int32] {
        let frequent = 1024
        func count(_ place: Int32) -> Int { tallies[Int(place)].count }
        // The standard library's sort is stable.
        let sorted = countOrder.filter { count($0) >= frequent }.sorted { count($0) > count($1) }
        var next = [Int](repeating: 0, count: frequent + 1)
        for place in countOrder where count(place) < frequent { next[count(place)] += 1 }
        var start = sorted.count
        for rare in stride(from: frequent - 1, through: 0, by: -1) { (next[rare], start) = (start, start + next[rare]) }
        var ranked = sorted + repeatElement(0, count: countOrder.count - sorted.count)
        for place in countOrder where count(place) < frequent {
            ranked[next[count(place)]] = place
            next[count(place)] += 1
        }
        return ranked
    }
}
