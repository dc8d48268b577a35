import HornetTensor

/// Finds the columns of a text's features.
///
/// `@unchecked`: nothing changes once it is made.
final class TermLookup: @unchecked Sendable {
    private let analyzer: TextAnalyzer
    /// One more than the place of each word; ``stop`` for stop words, 0 for unknown ones.
    private var words = WordTable<Int32>(fresh: 0)
    /// By place; −1 for a word that is no feature itself.
    private var columnsOfWords: [Int32] = []
    /// Runs of two words and more, by level.
    private let pairs: UnsafeMutablePointer<PairTable>
    private var columnsOfPairs: [[Int32]]
    private let levelCount: Int
    let columnCount: Int
    private static let stop = Int32.max

    init(_ names: TermNames, _ analyzer: TextAnalyzer) {
        self.analyzer = analyzer
        columnCount = names.count
        levelCount = analyzer.findsWords ? analyzer.ngramRange.upperBound : 1
        pairs = .allocate(capacity: levelCount)
        for level in 0..<levelCount { (pairs + level).initialize(to: PairTable(expecting: level == 1 ? names.count : 0)) }
        columnsOfPairs = Array(repeating: [], count: levelCount)
        words = WordTable(fresh: 0, expecting: names.count)
        for column in 0..<names.count { names.withUTF8(at: column) { add($0, Int32(column)) } }
        if analyzer.findsWords {
            for var word in analyzer.stopWords {
                word.withUTF8 { words.insert($0) { _, value in value = Self.stop } }
            }
        }
    }

    deinit {
        pairs.deinitialize(count: levelCount)
        pairs.deallocate()
    }

    private func place(of word: UnsafeBufferPointer<UInt8>) -> Int32 {
        var found: Int32 = 0
        words.insert(word) { place, value in
            value = Int32(place + 1)
            found = Int32(place)
        }
        if Int(found) == columnsOfWords.count { columnsOfWords.append(-1) }
        return found
    }

    private func add(_ name: UnsafeBufferPointer<UInt8>, _ column: Int32) {
        guard analyzer.findsWords else { return columnsOfWords[Int(place(of: name))] = column }
        // A name that no run of words can have never matches, and keeps its column.
        guard let wordCount = countOfWords(name), analyzer.ngramRange.contains(wordCount) else { return }
        var (run, level, start): (Int32, Int, Int) = (0, 0, 0)
        for end in 0...name.count where end == name.count || name[end] == UInt8(ascii: " ") {
            let word = place(of: name.extracting(start..<end))
            if level == 0 {
                run = word
            } else {
                run = pairs[level].insert(PairTable.pair(run, word))
                if Int(run) == columnsOfPairs[level].count { columnsOfPairs[level].append(-1) }
            }
            (level, start) = (level + 1, end + 1)
        }
        if level == 1 { columnsOfWords[Int(run)] = column } else { columnsOfPairs[level - 1][Int(run)] = column }
    }

    /// The number of words that single spaces part; `nil` when one of them is empty.
    private func countOfWords(_ name: UnsafeBufferPointer<UInt8>) -> Int? {
        var (count, last) = (1, UInt8(ascii: " "))
        for byte in name {
            if byte == UInt8(ascii: " ") {
                if last == byte { return nil }
                count += 1
            }
            last = byte
        }
        return last == UInt8(ascii: " ") ? nil : count
    }

    /// The column of a run of words, or of the one name where features are no words; `nil` when it has none.
    func column(of parts: [[UInt8]]) -> Int? {
        var (run, level): (Int32, Int) = (-1, 0)
        for part in parts {
            let value = part.withUnsafeBufferPointer { words.value(of: $0) }
            guard value > 0, value != Self.stop, level < levelCount else { return nil }
            run = level == 0 ? value - 1 : pairs[level].find(PairTable.pair(run, value - 1))
            guard run >= 0 else { return nil }
            level += 1
        }
        guard level > 0 else { return nil }
        let column = level == 1 ? columnsOfWords[Int(run)] : columnsOfPairs[level - 1][Int(run)]
        return column < 0 ? nil : Int(column)
    }

    /// Appends the columns of the text's features to `rows`, each as often as it occurs.
    func appendColumns(of text: UnsafeBufferPointer<UInt8>, to rows: inout TermRows, _ memory: inout VectorizingMemory) {
        if levelCount == 1 {
            appendWords(of: text, to: &rows, &memory.workspace, &memory.values)
        } else {
            appendWords(of: text, to: &rows, &memory.workspace, &memory.values, &memory.tokens)
            appendRuns(to: &rows, memory.tokens.elements, &memory.runs)
        }
    }

    private func appendWords(
        of text: UnsafeBufferPointer<UInt8>, to rows: inout TermRows, _ workspace: inout TermWorkspace,
        _ values: inout PooledArray<Int32>
    ) {
        forEachValue(in: text, &workspace, &values) { value in
            if value == 0 || value == Self.stop { return }
            let column = columnsOfWords[Int(value) - 1]
            if column >= 0 { rows.append(Int(column), 1) }
        }
    }

    /// Also gives the word's places to `tokens`; −1 stands for those that are not there.
    private func appendWords(
        of text: UnsafeBufferPointer<UInt8>, to rows: inout TermRows, _ workspace: inout TermWorkspace,
        _ values: inout PooledArray<Int32>, _ tokens: inout PooledArray<Int32>
    ) {
        tokens.removeAll()
        forEachValue(in: text, &workspace, &values) { value in
            if value == Self.stop { return }
            tokens.append(value - 1)
            if value > 0, columnsOfWords[Int(value) - 1] >= 0 { rows.append(Int(columnsOfWords[Int(value) - 1]), 1) }
        }
    }

    /// A run is found from the one without its last word; −1 stands for those that are not there.
    private func appendRuns(
        to rows: inout TermRows, _ tokens: UnsafeBufferPointer<Int32>, _ runs: inout PooledArray<Int32>
    ) {
        runs.removeAll()
        runs.append(contentsOf: tokens)
        for level in 1..<levelCount where tokens.count > level {
            let count = tokens.count - level
            for first in 0..<count where runs[first] >= 0 && tokens[first + level] >= 0 {
                pairs[level].prefetch(PairTable.pair(runs[first], tokens[first + level]))
            }
            for first in 0..<count {
                guard runs[first] >= 0, tokens[first + level] >= 0 else {
                    runs[first] = -1
                    continue
                }
                runs[first] = pairs[level].find(PairTable.pair(runs[first], tokens[first + level]))
                if runs[first] < 0 { continue }
                let column = columnsOfPairs[level][Int(runs[first])]
                if column >= 0 { rows.append(Int(column), 1) }
            }
        }
    }

    /// Hands what the table says of each word, or feature, to `body`.
    @inline(__always)
    private func forEachValue(
        in text: UnsafeBufferPointer<UInt8>, _ workspace: inout TermWorkspace, _ values: inout PooledArray<Int32>,
        _ body: (Int32) -> Void
    ) {
        if analyzer.findsWords {
            analyzer.splitter.forEachBatch(in: text, &workspace.words) { batch in
                values.removeAll()
                values.reserve(batch.count)
                words.forEachValue(of: batch, values.start, body)
            }
        } else {
            analyzer.forEachTerm(in: text, &workspace) { batch in
                values.removeAll()
                values.reserve(batch.count)
                words.forEachValue(of: batch, values.start, body)
            }
        }
    }
}
