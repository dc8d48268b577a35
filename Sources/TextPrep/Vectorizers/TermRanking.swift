import HornetSupport
import HornetTensor

/// What several threads have counted, brought together: which features stay, and their columns.
struct TermRanking {
    private(set) var names = TermNames()
    /// By thread, level and the thread's own place: the column of a feature; −1 when it does not stay.
    private(set) var columns: [[[Int32]]] = []

    private struct Term {
        let level: Int
        let place: Int32
    }

    /// What is known of a level, by place in the first counter's tables, to which those of the others are added.
    private var documents: [[Int32]] = []
    private var totals: [[Int]] = []

    init(
        _ counters: UnsafeMutableBufferPointer<TermCounter>, keeping documentCounts: ClosedRange<Double>,
        most: Int?
    ) {
        let maps = merge(counters)
        let first = counters.baseAddress!
        var terms = sortedTerms(first) { documentCounts.contains(Double(documents[$0][Int($1)])) }
        if let most, terms.count > most {
            let totals = totals
            // The standard library's sort is stable: of equal ones those that come first.
            let ranked = terms.indices.sorted {
                totals[terms[$0].level][Int(terms[$0].place)] > totals[terms[$1].level][Int(terms[$1].place)]
            }
            terms = ranked.prefix(most).sorted().map { terms[$0] }
        }
        var columnOfPlace = (0..<first.pointee.levelCount).map { [Int32](repeating: -1, count: first.pointee.count($0)) }
        for (column, term) in terms.enumerated() {
            columnOfPlace[term.level][Int(term.place)] = Int32(column)
            appendName(term, first)
            names.endName()
        }
        columns = [columnOfPlace] + maps.map { levels in
            zip(levels, columnOfPlace).map { map, columns in map.map { columns[Int($0)] } }
        }
    }

    /// Adds the features of all counters to those of the first; returns where each one's places are there, from the second
    /// counter on.
    private mutating func merge(_ counters: UnsafeMutableBufferPointer<TermCounter>) -> [[[Int32]]] {
        let first = counters.baseAddress!
        let levelCount = first.pointee.levelCount
        documents = (0..<levelCount).map { first.pointee.levels[$0].documents }
        totals = (0..<levelCount).map { first.pointee.levels[$0].totals }
        return counters.indices.dropFirst().map { number in
            let other = counters.baseAddress! + number
            var maps: [[Int32]] = []
            for level in 0..<levelCount {
                var map = [Int32](repeating: 0, count: other.pointee.count(level))
                if level == 0 {
                    first.pointee.words.insert(0..<map.count, of: other.pointee.words) { place, slot in
                        map[place] = Int32(truncatingIfNeeded: slot.place)
                    }
                } else {
                    let table = first.pointee.levels + level
                    for (place, pair) in other.pointee.levels[level].pairs.pairs.elements.enumerated() {
                        let (run, word) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
                        map[place] = table.pointee.pairs.insert(PairTable.pair(maps[level - 1][run], maps[0][word]))
                    }
                }
                add(&documents[level], &totals[level], other.pointee.levels + level, map, first.pointee.count(level))
                maps.append(map)
            }
            return maps
        }
    }

    private func add(
        _ documents: inout [Int32], _ totals: inout [Int], _ other: UnsafeMutablePointer<TermLevel>, _ map: [Int32],
        _ count: Int
    ) {
        guard !other.pointee.documents.isEmpty else { return }
        documents += repeatElement(0, count: count - documents.count)
        totals += repeatElement(0, count: count - totals.count)
        for (place, target) in map.enumerated() {
            documents[Int(target)] += other.pointee.documents[place]
            totals[Int(target)] += other.pointee.totals[place]
        }
    }

    /// The features that stay, sorted by code points.
    private func sortedTerms(
        _ counter: UnsafeMutablePointer<TermCounter>, _ stays: (_ level: Int, _ place: Int32) -> Bool
    ) -> [Term] {
        let (first, levelCount) = (counter, counter.pointee.levelCount)
        let isCounted = (0..<levelCount).map { first.pointee.isCounted($0) && !documents[$0].isEmpty }
        func isKept(_ level: Int, _ place: Int32) -> Bool { isCounted[level] && stays(level, place) }
        let all = Int32(first.pointee.stopCount)..<Int32(first.pointee.words.count)
        let words = first.pointee.words.sortedByBytes(levelCount == 1 ? all.filter { isKept(0, $0) } : Array(all))
        if levelCount == 1 { return words.map { Term(level: 0, place: $0) } }
        // A word has no character below the space that joins it to others, so a run stands before those that it begins.
        var ranks = [Int32](repeating: 0, count: first.pointee.words.count)
        for (rank, place) in words.enumerated() { ranks[Int(place)] = Int32(rank) }
        let children = (1..<levelCount).map { TermChildren(first, level: $0, ranks, words.count) }
        var terms: [Term] = []
        func walk(_ level: Int, _ place: Int32) {
            if isKept(level, place) { terms.append(Term(level: level, place: place)) }
            if level + 1 < levelCount { children[level].forEach(of: place) { walk(level + 1, $0) } }
        }
        for word in words { walk(0, word) }
        return terms
    }

    private mutating func appendName(_ term: Term, _ first: UnsafeMutablePointer<TermCounter>) {
        guard term.level > 0 else {
            return first.pointee.words.withUTF8(at: Int(term.place)) { names.append(part: $0) }
        }
        let pair = first.pointee.levels[term.level].pairs.pairs[Int(term.place)]
        appendName(Term(level: term.level - 1, place: Int32(truncatingIfNeeded: pair >> 32)), first)
        names.append(byte: UInt8(ascii: " "))
        first.pointee.words.withUTF8(at: Int(pair & 0xFFFF_FFFF)) { names.append(part: $0) }
    }
}

/// The runs of a level by the run that they begin with, in the order of their last words.
private struct TermChildren {
    private var starts: [Int32]
    private var places: [Int32]

    init(_ counter: UnsafeMutablePointer<TermCounter>, level: Int, _ ranks: [Int32], _ rankCount: Int) {
        let pairs = counter.pointee.levels[level].pairs.pairs.elements
        let byWord = Self.sorted(Array(0..<Int32(pairs.count)), bound: rankCount) { ranks[Int(pairs[Int($0)] & 0xFFFF_FFFF)] }.places
        (places, starts) = Self.sorted(byWord, bound: counter.pointee.count(level - 1)) {
            Int32(truncatingIfNeeded: pairs[Int($0)] >> 32)
        }
    }

    /// Stable; also where each key begins.
    private static func sorted(
        _ places: [Int32], bound: Int, by key: (Int32) -> Int32
    ) -> (places: [Int32], starts: [Int32]) {
        var starts = [Int32](repeating: 0, count: bound + 1)
        for place in places { starts[Int(key(place)) + 1] += 1 }
        for k in 0..<bound { starts[k + 1] += starts[k] }
        var next = starts
        var sorted = places
        for place in places {
            let key = Int(key(place))
            sorted[Int(next[key])] = place
            next[key] += 1
        }
        return (sorted, starts)
    }

    func forEach(of parent: Int32, _ body: (Int32) -> Void) {
        for k in starts[Int(parent)]..<starts[Int(parent) + 1] { body(places[Int(k)]) }
    }
}
