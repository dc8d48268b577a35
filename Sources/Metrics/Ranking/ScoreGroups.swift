/// The labels of one sample in groups of equal score, from the highest down: what every ranking figure needs.
struct ScoreGroups {
    /// Labels in each group.
    private(set) var sizes: [Int] = []
    /// The sum of relevance in each group; the number of true labels when relevance is 0 or 1.
    private(set) var relevance: [Double] = []

    init(scores: ArraySlice<Float>, relevance: (Int) -> Double) {
        var last: Float?
        for position in descendingOrder(of: scores) {
            let score = scores[scores.startIndex + position]
            if score != last {
                sizes.append(0)
                self.relevance.append(0)
                last = score
            }
            sizes[sizes.count - 1] += 1
            self.relevance[sizes.count - 1] += relevance(position)
        }
    }
}

extension ScoredLabels {
    /// The groups of one sample.
    func groups(_ sample: Int) -> ScoreGroups {
        let start = sample * labelCount
        return ScoreGroups(scores: scores[start..<start + labelCount]) { isTrue[start + $0] ? 1 : 0 }
    }
}
