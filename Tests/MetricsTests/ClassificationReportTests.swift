import HornetMetrics
import HornetSupport
import HornetTensor
import Testing

@Suite struct ClassificationReportTests {
    @Test func textEqualsScikitLearnByteForByte() throws {
        var comparison = Comparison()
        for golden in try GoldenCase.all("reports") {
            if golden.isMultiLabel {
                try compare(golden, golden.matrix("y"), golden.matrix("p"), &comparison)
                try compare(golden, golden.matrix("y"), golden.sparse("p"), &comparison)
            } else {
                try compare(golden, golden.indices("y"), golden.indices("p"), &comparison)
            }
        }
        comparison.verify(atLeast: 2_000)
    }

    private func compare(
        _ golden: GoldenCase, _ y: some LabelArray, _ p: some LabelArray, _ comparison: inout Comparison
    ) throws {
        let (report, warnings) = try withWarnings {
            try ClassificationReport(
                validating: y, p, targetNames: golden.has("names") ? golden["names"].strings : nil,
                labels: golden.labels, digits: golden["digits"].int, zeroDivision: golden.zeroDivision,
                sampleWeight: golden.weights)
        }
        comparison.equalBytes(report.description, golden["text"].string, golden.name)
        // The averages come in another order, so that only the set of texts is the same.
        comparison.equal(Set(warnings), Set(golden["warnings"].strings), "\(golden.name) warnings")
    }

    @Test func givesTheFigures() throws {
        let y: Tensor = [[1, 0], [1, 1], [0, 1]]
        let p: Tensor = [[1, 0], [0, 1], [0, 1]]
        let report = classificationReport(y, p, targetNames: ["sport", "e\u{301}t\u{e9}"])
        #expect(report["sport"]?.recall == 0.5)
        #expect(report["sport"]?.support == 2)
        #expect(report["e\u{301}t\u{e9}"]?.f1Score == 1)
        #expect(report["\u{e9}t\u{e9}"] == nil, "names are compared by code points")
        #expect(report.averages.map(\.name) == ["micro avg", "macro avg", "weighted avg", "samples avg"])
        #expect(report.accuracy == nil)
        #expect(report.digits == 2)
        let classes = classificationReport(Indices([0, 1, 2]), Indices([0, 2, 2]), zeroDivision: .zero)
        #expect(classes.accuracy == 2.0 / 3)
        #expect(classes.averages.map(\.name) == ["macro avg", "weighted avg"])
    }

    @Test func refusesWrongArguments() {
        let y: Tensor = [[1, 0], [1, 1]]
        #expect(throws: HornetError.self) { try ClassificationReport(validating: y, y, targetNames: ["one"]) }
        #expect(throws: HornetError.self) { try ClassificationReport(validating: y, y, digits: -1) }
        #expect(throws: HornetError.self) { try ClassificationReport(validating: y, Tensor([[1, 0]])) }
        #expect(throws: HornetError.self) { try ClassificationReport(validating: y, Tensor([[1, 0], [1, 2]])) }
    }
}
