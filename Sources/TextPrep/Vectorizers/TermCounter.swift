import HornetTensor

/// Runs of so many words: their numbers, and how often they occur in each document.
struct TermLevel: ~Copyable {
    /// Each run as the run without its last word and that word; unused for single words.
    var pairs = PairTable()
    var rows = TermRows()
    /// The runs of the document at hand, by place.
    var places = PooledArray<Int32>()
    /// By place: in how many documents it occurs, and how often.
    var documents: [Int32] = []
    var totals: [Int] = []
}

/// Counts the features of some documents that follow one another.
struct TermCounter: ~Copyable {
    let analyzer: TextAnalyzer
    /// Single words, or whole features; stop words come first, and are not counted.
    var words = WordTable(fresh: TermMark())
    let stopCount: Int
    /// For runs of 1, 2, … words.
    let levels: UnsafeMutablePointer<TermLevel>
    let levelCount: Int
    private var workspace = TermWorkspace()

    init(_ analyzer: TextAnalyzer) {
        self.analyzer = analyzer
        levelCount = analyzer.findsWords ? analyzer.ngramRange.upperBound : 1
        levels = .allocate(capacity: levelCount)
        for level in 0..<levelCount { (levels + level).initialize(to: TermLevel()) }
        if analyzer.findsWords {
            for word in analyzer.stopWords { _ = words.insert(word) }
        }
        stopCount = words.count
    }

    deinit {
        levels.deinitialize(count: levelCount)
        levels.deallocate()
    }

    /// Whether runs of this level are features.
    func isCounted(_ level: Int) -> Bool { !analyzer.findsWords || analyzer.ngramRange.contains(level + 1) }

    /// The number of different runs of a level.
    func count(_ level: Int) -> Int { level == 0 ? words.count : levels[level].pairs.count }

    /// Counts one document.
    mutating func count(_ text: UnsafeBufferPointer<UInt8>) {
        let document = UInt32(truncatingIfNeeded: levels[0].rows.documentCount + 1)
        if analyzer.findsWords {
            countWords(text, in: document)
            for level in 1..<max(levelCount, 1) { countRuns(level, in: document) }
        } else {
            let words = levels
            analyzer.forEachTerm(in: text, &workspace) { batch in
                self.words.insert(batch) { slot in
                    words[0].rows.count(Int32(truncatingIfNeeded: slot.place), &slot.value, in: document)
                }
            }
        }
        for level in 0..<levelCount { levels[level].rows.endDocument() }
    }

    private mutating func countWords(_ text: UnsafeBufferPointer<UInt8>, in document: UInt32) {
        let (level, stopCount, isCounted, hasRuns) = (levels, stopCount, isCounted(0), levelCount > 1)
        level[0].places.removeAll()
        analyzer.splitter.forEachBatch(in: text, &workspace.words) { batch in
            level[0].places.reserve(batch.count)
            words.insert(batch) { slot in
                let place = Int32(truncatingIfNeeded: slot.place)
                if place < stopCount { return }
                if hasRuns { level[0].places.append(place) }
                if isCounted { level[0].rows.count(place, &slot.value, in: document) }
            }
        }
    }

    /// Makes the runs of a level from those of the level below and the word behind each.
    private func countRuns(_ level: Int, in document: UInt32) {
        let (words, shorter, isCounted) = (levels, levels + level - 1, isCounted(level))
        let longer = levels + level
        longer.pointee.places.removeAll()
        let count = shorter.pointee.places.count - 1
        guard count > 0 else { return }
        let ahead = 16
        @inline(__always)
        func pair(_ first: Int) -> UInt64 { PairTable.pair(shorter.pointee.places[first], words.pointee.places[first + level]) }
        for first in 0..<min(ahead, count) { longer.pointee.pairs.prefetch(pair(first)) }
        for first in 0..<count {
            if first + ahead < count { longer.pointee.pairs.prefetch(pair(first + ahead)) }
            let place = longer.pointee.pairs.insert(pair(first)) { place, mark in
                if isCounted { longer.pointee.rows.count(place, &mark, in: document) }
            }
            longer.pointee.places.append(place)
        }
    }

    /// Whether no feature occurred.
    var isEmpty: Bool { (0..<levelCount).allSatisfy { levels[$0].rows.entries.count == 0 } }

    /// The rows of all levels as one, by column; −1 is the column of what does not stay.
    func rows(_ columns: [[Int32]], columnCount: Int) -> TermRows {
        var rows = TermRows()
        var sorter = RowSorter(below: columnCount)
        for document in 0..<levels[0].rows.documentCount {
            for level in 0..<levelCount {
                columns[level].withUnsafeBufferPointer { columns in
                    for entry in levels[level].rows.row(document) {
                        let column = columns[TermRows.feature(entry)]
                        if column >= 0 { rows.append(Int(column), Int32(truncatingIfNeeded: TermRows.count(entry))) }
                    }
                }
            }
            rows.addUpDocument(&sorter)
            rows.endDocument()
        }
        return rows
    }

    /// Adds up what was counted, by place; in how many documents, if `binary`.
    func sumUp(binary: Bool) {
        for level in 0..<levelCount where isCounted(level) {
            var documents = [Int32](repeating: 0, count: count(level))
            var totals = [Int](repeating: 0, count: count(level))
            documents.withUnsafeMutableBufferPointer { documents in
                totals.withUnsafeMutableBufferPointer { totals in
                    for entry in levels[level].rows.entries.elements {
                        documents[TermRows.feature(entry)] += 1
                        totals[TermRows.feature(entry)] += binary ? 1 : TermRows.count(entry)
                    }
                }
            }
            levels[level].documents = documents
            levels[level].totals = totals
        }
    }
}
