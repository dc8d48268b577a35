import HornetMetrics
import HornetSupport
import HornetTensor
import Testing

@Suite struct RankingTests {
    @Test func figuresEqualScikitLearnAndKeras() throws {
        var comparison = Comparison()
        for golden in try GoldenCase.all("ranking") {
            let (y, scores) = (golden.matrix("y"), golden.scores())
            silently {
                compare(golden, y, scores, &comparison)
                compareAreas(golden, y, scores, &comparison)
                compareAreas(golden, golden.sparse("y"), scores, &comparison)
            }
        }
        comparison.verify(atLeast: 15_000)
    }

    private func compareAreas(
        _ golden: GoldenCase, _ y: some LabelArray, _ scores: Tensor, _ comparison: inout Comparison
    ) {
        let weights = golden.weights
        for average in Averaging.allCases {
            comparison.equal(golden["ap"][average.rawValue], "\(golden.name) AP \(average)") {
                () throws(HornetError) in
                try averagePrecisionScore(y, scores, average: average, sampleWeight: weights)
            }
            comparison.equal(golden["roc"][average.rawValue], "\(golden.name) ROC \(average)") {
                () throws(HornetError) in
                try rocAUCScore(y, scores, average: average, sampleWeight: weights)
            }
        }
        do {
            comparison.equal(
                try averagePrecisionScores(y, scores, sampleWeight: weights), golden["ap"]["per"].doubles,
                "\(golden.name) AP")
            comparison.equal(
                try rocAUCScores(y, scores, sampleWeight: weights), golden["roc"]["per"].doubles,
                "\(golden.name) ROC")
        } catch { Issue.record("\(golden.name): \(error)") }
    }

    private func compare(_ golden: GoldenCase, _ y: Tensor, _ scores: Tensor, _ comparison: inout Comparison) {
        let (weights, k, name) = (golden.weights, golden["k"].int, golden.name)
        comparison.equal(golden["lrap"], "\(name) LRAP") { () throws(HornetError) in
            try labelRankingAveragePrecision(y, scores, sampleWeight: weights)
        }
        comparison.equal(golden["coverage"], "\(name) coverage") { () throws(HornetError) in
            try coverageError(y, scores, sampleWeight: weights)
        }
        comparison.equal(golden["loss"], "\(name) ranking loss") { () throws(HornetError) in
            try labelRankingLoss(y, scores, sampleWeight: weights)
        }
        comparison.equal(golden["ndcg"], "\(name) nDCG") { () throws(HornetError) in
            try ndcgScore(y, scores, sampleWeight: weights)
        }
        comparison.equal(golden["ndcgK"], "\(name) nDCG@\(k)") { () throws(HornetError) in
            try ndcgScore(y, scores, k: k, sampleWeight: weights)
        }
        let graded = golden.matrix("graded")
        comparison.equal(golden["ndcgGraded"], "\(name) graded nDCG@\(k)") { () throws(HornetError) in
            try ndcgScore(graded, scores, k: k, sampleWeight: weights)
        }
        guard golden.has("precisionAtK") else { return }
        // Keras keeps Float32.
        comparison.tolerance = 1e-6
        defer { comparison.tolerance = 1e-12 }
        comparison.equal(golden["precisionAtK"], "\(name) P@\(k)") { () throws(HornetError) in
            try precisionAtK(y, scores, k: k)
        }
        comparison.equal(golden["recallAtK"], "\(name) R@\(k)") { () throws(HornetError) in
            try recallAtK(y, scores, k: k)
        }
    }

    @Test func weighsSamplesAtK() throws {
        let y: Tensor = [[1, 0], [0, 1], [1, 1]]
        let scores: Tensor = [[0.9, 0.1], [0.5, 0.5], [0.1, 0.2]]
        #expect(try precisionAtK(y, scores, k: 1, sampleWeight: [1, 2, 1]) == 0.5)
        #expect(try recallAtK(y, scores, k: 1, sampleWeight: [1, 2, 1]) == 2.0 / 5)
        #expect(try recallAtK(Tensor([0, 0], shape: [1, 2]), scores[0..<1], k: 1) == 0)
    }

    @Test func undefinedAreaIsNaNWithAWarning() throws {
        let y: Tensor = [[1, 1], [1, 0]]
        let (area, warnings) = try withWarnings { try rocAUCScore(y, [[0.1, 0.2], [0.3, 0.1]], average: .macro) }
        #expect(area.isNaN)
        #expect(
            warnings == ["Only one class is present in y_true. ROC AUC score is not defined in that case."])
    }

    @Test func refusesWhatCannotBeRanked() {
        let y: Tensor = [[1, 0], [0, 1]]
        let scores: Tensor = [[1, 2], [3, 4]]
        #expect(throws: HornetError.self) { try coverageError(y, Tensor([[1, .nan], [3, 4]])) }
        #expect(throws: HornetError.self) { try coverageError(y, [[1, 2]]) }
        #expect(throws: HornetError.self) { try coverageError(Indices([1, 0]), scores) }
        #expect(throws: HornetError.self) { try ndcgScore([[-1, 0], [0, 1]], scores) }
        #expect(throws: HornetError.self) { try ndcgScore(y[0..<0], scores[0..<0]) }
        #expect(throws: HornetError.self) { try ndcgScore(y, scores, k: 0) }
        #expect(throws: HornetError.self) { try precisionAtK(y, scores, k: 3) }
        #expect(throws: HornetError.self) { try averagePrecisionScore(y, Tensor([[1, .infinity], [3, 4]])) }
    }
}
