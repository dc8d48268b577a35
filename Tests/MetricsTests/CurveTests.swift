import HornetMetrics
import HornetSupport
import HornetTensor
import Testing

@Suite struct CurveTests {
    @Test func curvesEqualScikitLearn() throws {
        var comparison = Comparison()
        for golden in try GoldenCase.all("curves") {
            let (y, scores) = (golden.matrix("y", width: 1), golden.scores(width: 1))
            for (drop, suffix) in [(false, ""), (true, "Dropped")] {
                let (pr, prWarnings) = try withWarnings {
                    try precisionRecallCurve(y, scores, sampleWeight: golden.weights, dropIntermediate: drop)
                }
                let expected = golden["pr" + suffix].array
                comparison.equal(pr.precision, expected[0].doubles, "\(golden.name) precision\(suffix)")
                comparison.equal(pr.recall, expected[1].doubles, "\(golden.name) recall\(suffix)")
                comparison.equal(pr.thresholds.map(Double.init), expected[2].doubles, "\(golden.name) pr\(suffix)")
                comparison.equal(prWarnings, golden["prWarnings"].strings, "\(golden.name) pr warnings")

                let (roc, rocWarnings) = try withWarnings {
                    try rocCurve(y, scores, sampleWeight: golden.weights, dropIntermediate: drop)
                }
                let rates = golden["roc" + suffix].array
                comparison.equal(roc.falsePositiveRate, rates[0].doubles, "\(golden.name) fpr\(suffix)")
                comparison.equal(roc.truePositiveRate, rates[1].doubles, "\(golden.name) tpr\(suffix)")
                comparison.equal(
                    roc.thresholds.dropFirst().map(Double.init), rates[2].doubles, "\(golden.name) roc\(suffix)")
                comparison.equal(roc.thresholds[0], .infinity, "\(golden.name) first threshold")
                comparison.equal(rocWarnings, golden["rocWarnings"].strings, "\(golden.name) roc warnings")
                if drop, golden.has("auc") {
                    comparison.equal(roc.area, golden["auc"].double, "\(golden.name) area")
                    let reversed = try auc(roc.falsePositiveRate.reversed(), roc.truePositiveRate.reversed())
                    comparison.equal(reversed, golden["auc"].double, "\(golden.name) area from the right")
                }
            }
            if golden.has("brier") {
                comparison.equal(golden["brier"], "\(golden.name) brier") { () throws(HornetError) in
                    try brierScore(y, scores, sampleWeight: golden.weights)
                }
            }
        }
        comparison.verify(atLeast: 30_000)
    }

    @Test func picksTheLabel() throws {
        let y: Tensor = [[0, 1], [1, 0], [1, 1]]
        let scores: Tensor = [[0.1, 0.9], [0.2, 0.3], [0.4, 0.3]]
        let curve = try precisionRecallCurve(y, scores, label: 1)
        #expect(curve.thresholds == [0.3, 0.9])
        #expect(curve.precision == [2.0 / 3, 1, 1])
        #expect(try precisionRecallCurve(Tensor([1, 0, 1]), Tensor([0.9, 0.3, 0.3])) == curve)
        #expect(throws: HornetError.self) { try precisionRecallCurve(y, scores) }
        #expect(throws: HornetError.self) { try rocCurve(y, scores, label: 2) }
    }

    @Test func refusesWhatHasNoCurve() throws {
        let y = Tensor([0, 1])
        #expect(throws: HornetError.self) { try rocCurve(y, Tensor([0, .nan])) }
        #expect(throws: HornetError.self) { try rocCurve(y, Tensor([0, .infinity])) }
        #expect(throws: HornetError.self) { try rocCurve(Tensor([0, 2]), Tensor([0, 1])) }
        #expect(throws: HornetError.self) { try rocCurve(Tensor([Float]()), Tensor([Float]())) }
        #expect(throws: HornetError.self) { try rocCurve(y, Tensor([0, 1, 2])) }
        #expect(throws: HornetError.self) { try brierScore(y, Tensor([0, 1.5])) }
        #expect(throws: HornetError.self) { try auc([0], [1]) }
        #expect(throws: HornetError.self) { try auc([0, 1, 0.5], [0, 1, 1]) }
        #expect(try auc([0, 1], [0, 1]) == 0.5)
    }
}
