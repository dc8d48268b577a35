import HornetTensor

/// Texts that differ in a word or two: of the pairs of neighbouring words that either of two has, both have most.
///
/// The pairs of a text are hashed by several functions, and the least values of a few of them together are its key: texts
/// of which a share `s` of the pairs is common have the same key with a probability of `s⁴`, and in one of 16 attempts
/// nearly surely (`1 − (1 − s⁴)¹⁶`: 99 % for .7, 12 % for .3). Only those are compared, pair by pair, so that the time
/// follows the number of words. [Broder 1997](https://doi.org/10.1109/SEQUEN.1997.666900)
struct NearDuplicates {
    /// The rows of texts that are alike, directly or through others, ascending; in the order of their first.
    let groups: [[Int]]

    /// The share of common pairs from which texts are alike: a word less or other in 13 of them, two in 23.
    static let leastShare = 0.7
    /// In shorter texts one word makes another text.
    static let leastWords = 10
    private static let (attempts, width) = (16, 4)
    /// With how many texts of the same key each is compared: where many have it, they are alike anyway.
    private static let comparisons = 4

    /// - Parameter rows: Of texts that are different.
    init(_ words: [[Int32]], of rows: [Int]) {
        let rows = rows.filter { words[$0].count >= NearDuplicates.leastWords }
        let pairs = PairSets(words)
        var alike = Sets(count: rows.count)
        for attempt in 0..<NearDuplicates.attempts {
            let keys = NearDuplicates.keys(of: rows.map { words[$0] }, attempt)
            let order = rows.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
            var first = 0
            while first < order.count {
                var end = first + 1
                while end < order.count, keys[order[end]] == keys[order[first]] { end += 1 }
                var leaders = [order[first]]
                for text in order[(first + 1)..<end] where !leaders.contains(where: { alike.areOne($0, text) }) {
                    if let like = leaders.first(where: { pairs.areAlike(rows[$0], rows[text]) }) {
                        alike.join(like, text)
                    } else if leaders.count < NearDuplicates.comparisons {
                        leaders.append(text)
                    }
                }
                first = end
            }
        }
        groups = Dictionary(grouping: rows.indices, by: { alike.leader(of: $0) }).values
            .filter { $0.count > 1 }.map { $0.map { rows[$0] } }.sorted { $0[0] < $1[0] }
    }

    private static func keys(of texts: [[Int32]], _ attempt: Int) -> [UInt64] {
        var keys = [UInt64](repeating: 0, count: texts.count)
        let seeds = (0..<width).map { mixed(UInt64(attempt * width + $0 + 1)) }
        keys.withUnsafeMutableBufferPointer { keys in
            nonisolated(unsafe) let keys = keys
            Parallel.forEachRange(of: texts.count, by: 256) { range in
                for text in range {
                    texts[text].withUnsafeBufferPointer { words in
                        var least = (UInt64.max, UInt64.max, UInt64.max, UInt64.max)
                        for place in 1..<words.count {
                            let pair = PairSets.pair(words[place - 1], words[place])
                            least.0 = min(least.0, mixed(pair ^ seeds[0]))
                            least.1 = min(least.1, mixed(pair ^ seeds[1]))
                            least.2 = min(least.2, mixed(pair ^ seeds[2]))
                            least.3 = min(least.3, mixed(pair ^ seeds[3]))
                        }
                        keys[text] = mixed(least.0 ^ mixed(least.1 ^ mixed(least.2 ^ mixed(least.3))))
                    }
                }
            }
        }
        return keys
    }

    /// Bits that follow all bits of `x`: the finalizer of SplitMix64.
    @inline(__always)
    private static func mixed(_ x: UInt64) -> UInt64 {
        var x = x &+ 0x9E37_79B9_7F4A_7C15
        x = (x ^ x >> 30) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ x >> 27) &* 0x94D0_49BB_1331_11EB
        return x ^ x >> 31
    }
}

/// The different pairs of neighbouring words of texts.
private final class PairSets {
    private let words: [[Int32]]
    private var sets: [Int: [UInt64]] = [:]

    init(_ words: [[Int32]]) { self.words = words }

    @inline(__always)
    static func pair(_ a: Int32, _ b: Int32) -> UInt64 { UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b)) }

    /// Ascending.
    private func pairs(of text: Int) -> [UInt64] {
        if let set = sets[text] { return set }
        let words = words[text]
        let sorted = zip(words, words.dropFirst()).map(PairSets.pair).sorted()
        let set = sorted.indices.filter { $0 == 0 || sorted[$0 - 1] != sorted[$0] }.map { sorted[$0] }
        sets[text] = set
        return set
    }

    /// Whether the common pairs are most of all: Jaccard's index.
    func areAlike(_ a: Int, _ b: Int) -> Bool {
        let (a, b) = (pairs(of: a), pairs(of: b))
        // As many as the smaller one has can be common.
        guard Double(min(a.count, b.count)) >= NearDuplicates.leastShare * Double(max(a.count, b.count)) else { return false }
        var (common, i, j) = (0, 0, 0)
        while i < a.count, j < b.count {
            if a[i] == b[j] { common += 1 }
            let (x, y) = (a[i], b[j])
            if x <= y { i += 1 }
            if y <= x { j += 1 }
        }
        return Double(common) >= NearDuplicates.leastShare * Double(a.count + b.count - common)
    }
}

/// Sets that grow together.
private struct Sets {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    mutating func leader(of element: Int) -> Int {
        var element = element
        while parents[element] != element {
            parents[element] = parents[parents[element]]
            element = parents[element]
        }
        return element
    }

    mutating func areOne(_ a: Int, _ b: Int) -> Bool { leader(of: a) == leader(of: b) }

    mutating func join(_ a: Int, _ b: Int) {
        let (a, b) = (leader(of: a), leader(of: b))
        parents[max(a, b)] = min(a, b)
    }
}
