/// Which labels stand in for each other, and which go together.
struct LabelPairs: Sendable {
    /// How often a label was missing while another one was given wrongly, in the same text; most often first.
    let confusions: [Confusion]
    /// Labels of the same text, most often first.
    let companions: [Companions]
    /// Texts with so many labels, or so many wrong ones, that their pairs are left out.
    let leftOutCount: Int

    struct Confusion: Sendable, Equatable {
        let missed: Int
        let given: Int
        let count: Int
    }

    struct Companions: Sendable, Equatable {
        let first: Int
        let second: Int
        /// How many texts have both.
        let trueCount: Int
        /// How many were given both.
        let givenCount: Int
    }

    /// Pairs grow with the square of a text's labels.
    private static let pairLimit = 2000

    /// - Parameters:
    ///   - wanted: The labels that each text has, ascending.
    ///   - given: Those that it was given, ascending.
    init(wanted: [[Int]], given: [[Int]]) {
        var (confusions, together): ([Pair: Int], [Pair: Int]) = ([:], [:])
        var leftOutCount = 0
        for (wanted, given) in zip(wanted, given) {
            let missed = wanted.filter { !given.contains($0) }
            let extra = given.filter { !wanted.contains($0) }
            guard missed.count * extra.count <= LabelPairs.pairLimit,
                wanted.count * wanted.count <= LabelPairs.pairLimit
            else {
                leftOutCount += 1
                continue
            }
            for missed in missed { for extra in extra { confusions[Pair(missed, extra), default: 0] += 1 } }
            LabelPairs.forEachPair(wanted) { together[$0, default: 0] += 1 }
        }
        var givenTogether: [Pair: Int] = [:]
        for given in given where given.count * given.count <= LabelPairs.pairLimit {
            LabelPairs.forEachPair(given) { if together[$0] != nil { givenTogether[$0, default: 0] += 1 } }
        }
        self.leftOutCount = leftOutCount
        self.confusions = confusions.map { Confusion(missed: $0.first, given: $0.second, count: $1) }
            .sorted { (-$0.count, $0.missed, $0.given) < (-$1.count, $1.missed, $1.given) }
        companions = together.map {
            Companions(first: $0.first, second: $0.second, trueCount: $1, givenCount: givenTogether[$0] ?? 0)
        }.sorted { (-$0.trueCount, $0.first, $0.second) < (-$1.trueCount, $1.first, $1.second) }
    }

    private struct Pair: Hashable {
        let first, second: Int

        init(_ first: Int, _ second: Int) { (self.first, self.second) = (first, second) }
    }

    private static func forEachPair(_ labels: [Int], _ body: (Pair) -> Void) {
        for (position, first) in labels.enumerated() {
            for second in labels[(position + 1)...] { body(Pair(first, second)) }
        }
    }
}
