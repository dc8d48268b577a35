import HornetSupport
import HornetTensor
import HornetTextPrep
import Testing

private func dense(_ rows: [[Int]], _ width: Int) -> Tensor {
    Tensor(
        rows.flatMap { row in (0..<width).map { row.contains($0) ? Float(1) : 0 } }, shape: [rows.count, width])
}

@Suite("MultiLabelBinarizer") struct MultiLabelBinarizerTests {
    @Test("Classes, indicators, warnings and labels are scikit-learn's")
    func oracle() throws {
        let cases = try Golden(file: "labels.json").elements
        #expect(cases.count == 2500)
        for golden in cases {
            var binarizer = try golden.optional("given").map { try MultiLabelBinarizer(classes: $0.strings) }
                ?? MultiLabelBinarizer()
            let samples = try golden["samples"].stringRows, other = try golden["other"].stringRows
            let classes = try golden["classes"].strings
            let fittedRows = try golden["fitted"].intRows, otherRows = try golden["transformed"].intRows

            var again = binarizer
            let (fitted, fitWarnings) = Warning.collected { binarizer.fitTransform(samples) }
            #expect(sameBytes(binarizer.classes, classes))
            #expect(fitted == dense(fittedRows, classes.count))
            let counts = classes.indices.map { column in fittedRows.count { $0.contains(column) } }
            #expect(binarizer.labelCounts == counts)
            // Only given classes can lack an example, and then a warning says so.
            #expect(fitWarnings.contains { $0.problem.contains("no example") } == counts.contains(0))

            let (sparse, _) = Warning.collected { again.fitTransformSparse(samples) }
            #expect(sparse.dense == fitted)
            var separately = again
            _ = Warning.collected { separately.fit(samples) }
            #expect(sameBytes(separately.classes, classes))

            let (transformed, warnings) = Warning.collected { binarizer.transform(other) }
            #expect(transformed == dense(otherRows, classes.count))
            let warned = try golden["warned"].bool
            #expect(warnings.count == (warned ? 1 : 0))
            if let text = try golden.optional("warning")?.string { #expect(warnings.first?.problem == text) }
            let (compressed, _) = Warning.collected { binarizer.transformSparse(other) }
            #expect(compressed.dense == transformed)

            let back = try golden["back"].stringRows
            #expect(sameBytes(try binarizer.inverseTransform(fitted), back))
            #expect(sameBytes(try binarizer.inverseTransform(sparse), back))
        }
    }

    @Test("Duplicate classes are refused, canonical equivalents are not duplicates")
    func duplicates() throws {
        #expect(message { _ = try MultiLabelBinarizer(classes: ["a", "b", "a"]) }.contains("\"a\" occurs twice"))
        let twins = try MultiLabelBinarizer(classes: ["é", "e\u{301}"])
        #expect(twins.transform([["e\u{301}"]]).scalars == [0, 1])
    }

    @Test("Given classes work without fitting; labels without an example are known after it")
    func givenClasses() throws {
        var binarizer = try MultiLabelBinarizer(classes: ["c", "a", "b"])
        #expect(binarizer.transform([["a", "a"], []]).scalars == [0, 1, 0, 0, 0, 0])
        #expect(binarizer.labelsWithoutExamples.isEmpty)
        #expect(throws: Never.self) { try binarizer.checkExamples() }
        let (_, warnings) = Warning.collected { binarizer.fit([["a"], ["a", "x"]]) }
        #expect(binarizer.labelCounts == [0, 2, 0])
        #expect(binarizer.labelsWithoutExamples == ["c", "b"])
        #expect { try binarizer.checkExamples() } throws: { "\($0)".contains("no example for") }
        #expect(
            warnings.map(\.problem) == [
                "unknown class(es) ['x'] will be ignored", "no example among 2 samples for ['c', 'b']",
            ])
    }

    @Test("What is no indicator is refused")
    func inverseErrors() throws {
        var binarizer = MultiLabelBinarizer()
        binarizer.fit([["a", "b", "c"]])
        func problem(_ indicator: Tensor) -> String { message { _ = try binarizer.inverseTransform(indicator) } }
        #expect(problem([[1, 0]]).contains("expected an indicator for 3 classes, but got 2"))
        #expect(problem([[1, 0, 0.5]]).contains("but got 0.5"))
        #expect(problem(Tensor([.nan, 0, 1], shape: [1, 3])).contains("but got nan"))
        #expect(problem([1, 0, 1]).contains("has not two axes"))
        let two = try SparseMatrix(rowCount: 1, columnCount: 3, rowStarts: [0, 1], columns: [0], values: [2])
        #expect(message { _ = try binarizer.inverseTransform(two) }.contains("but got 2"))
        let narrow = SparseMatrix(ones: [[0]], columnCount: 1)
        #expect(message { _ = try binarizer.inverseTransform(narrow) }.contains("got 1"))
        #expect(try binarizer.inverseTransform(Tensor([], shape: [0, 3])).isEmpty)
    }
}
