import HornetSupport
import HornetTensor
import HornetTextPrep
import Testing

private func sparse(_ y: Tensor) throws -> SparseMatrix {
    var starts = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    for row in 0..<y.shape[0] {
        for column in 0..<y.shape[1] where y[row, column] != 0 {
            columns.append(Int32(column))
            values.append(y[row, column])
        }
        starts.append(columns.count)
    }
    return try SparseMatrix(
        rowCount: y.shape[0], columnCount: y.shape[1], rowStarts: starts, columns: columns, values: values)
}

private func tensor(_ golden: Golden) throws -> Tensor {
    Tensor(try golden["y"].ints.map(Float.init), shape: try golden["shape"].ints)
}

@Suite("Weights") struct WeightsTests {
    @Test("Class weights are scikit-learn's")
    func classWeights() throws {
        for golden in try Golden(file: "weights.json")["classes"].elements {
            let y = try golden["y"].ints, classes = try golden["classes"].ints
            let given = try golden.optional("given")?.elements.map { try ($0.elements[0].int, $0.elements[1].double) }
            let kind: ClassWeight<Int> = given.map { .weights(Dictionary(uniqueKeysWithValues: $0)) } ?? .balanced
            let sampleWeight = try golden.optional("sampleWeight")?.doubles
            func compute() throws -> [Double] {
                try computeClassWeight(kind, classes: classes, y: y, sampleWeight: sampleWeight)
            }
            if try golden.optional("refused") != nil {
                #expect(message { _ = try compute() }.contains("have no weight"))
                continue
            }
            let expected = try golden["weights"].doubles, weights = try compute()
            #expect(weights.count == expected.count)
            for (a, b) in zip(weights, expected) {
                // Weighted counts are summed in another order.
                #expect(sampleWeight == nil ? a == b : (a / b - 1).magnitude < 1e-12)
            }
            if given == nil && sampleWeight == nil {
                let texts = try computeClassWeight(.balanced, classes: classes.map { "\($0)" }, y: y.map { "\($0)" })
                #expect(texts == weights)
            }
        }
    }

    @Test("Sample weights have scikit-learn's bits, dense and sparse")
    func sampleWeights() throws {
        for golden in try Golden(file: "weights.json")["samples"].elements {
            let y = try tensor(golden), indices = try golden.optional("indices")?.ints
            let expected = try golden["weights"].doubles
            let (weights, warnings) = try Warning.collected { try computeSampleWeight(.balanced, y, indices: indices) }
            #expect(weights.values == expected)
            #expect(warnings == (weights.warning.map { [$0] } ?? []))
            let (compressed, _) = try Warning.collected {
                try computeSampleWeight(.balanced, sparse(y), indices: indices)
            }
            #expect(compressed.values == expected)
            if y.shape[1] == 1 && indices == nil {
                let labels = y.scalars.map { Int($0) }
                #expect(try computeSampleWeight(.balanced, labels).values == expected)
                #expect(try computeSampleWeight(.balanced, Tensor(y.scalars)).values == expected)
            }
        }
    }

    @Test("The balanced weight of each label is that of the list of all labels")
    func labelWeights() throws {
        for golden in try Golden(file: "weights.json")["labels"].elements {
            let y = try tensor(golden), expected = try golden["weights"].doubles
            let weights = balancedLabelWeights(y)
            let present = try golden["present"].ints
            #expect(weights.count == present.count)
            for (column, weight) in zip(present, expected) { #expect(weights[column] == Float(weight)) }
            #expect(try balancedLabelWeights(sparse(y)) == weights)
        }
    }

    @Test("The tutorial's four rows")
    func tutorial() throws {
        let y: Tensor = [[1, 1, 0, 0], [0, 1, 1, 0], [1, 1, 0, 1], [1, 1, 0, 0]]
        let expected = try Golden(file: "weights.json")["tutorial"].doubles
        #expect(try computeSampleWeight(.balanced, y).values == expected)
    }

    @Test("Weights that a few samples dominate are reported")
    func imbalance() throws {
        // Ten rare labels, all on one row of a hundred.
        var y = Tensor(Array(repeating: 0, count: 1000), shape: [100, 10])
        for column in 0..<10 { y[7, column] = 1 }
        let (weights, warnings) = try Warning.collected { try computeSampleWeight(.balanced, y) }
        #expect(warnings.count == 1)
        #expect(weights.warning == warnings.first)
        #expect(weights.spread > 1e19)
        #expect(weights.tensor.shape == [100])
        let (even, none) = try Warning.collected { try computeSampleWeight(.balanced, y[0..<5]) }
        #expect(none.isEmpty && even.warning == nil && even.spread == 1)
    }

    @Test("Positive weights: negatives over positives, capped, smoothed; labels without positives")
    func positives() throws {
        let y: Tensor = [[1, 0, 0], [1, 0, 0], [1, 0, 1], [0, 0, 0]]
        let (plain, warnings) = Warning.collected { positiveWeights(y) }
        #expect(plain.values == [1.0 / 3, 1, 3])
        #expect(plain.labelsWithoutPositives == [1])
        #expect(warnings.map(\.problem) == ["1 of 3 labels have no positive sample"])
        #expect(plain.dictionary == [0: Float(1.0 / 3), 1: 1, 2: 3])
        let (other, _) = try Warning.collected { try positiveWeights(sparse(y), cap: 1.5, smoothing: 1) }
        #expect(other.values == [0.5, 1, 1.5])
    }

    @Test("What can't be weighted is refused")
    func errors() throws {
        #expect(
            message { _ = try computeClassWeight(.balanced, classes: [0], y: [0, 1]) }.contains("all valid labels"))
        #expect(
            message { _ = try computeClassWeight(.balanced, classes: [0, 1], y: [0, 0]) }.contains("1 is not"))
        #expect(
            message { _ = try computeClassWeight(.balanced, classes: ["é"], y: ["e\u{301}"]) }.contains(
                "all valid labels"))
        #expect(
            message { _ = try computeClassWeight(.balanced, classes: [0], y: [0], sampleWeight: [1, 2]) }.contains(
                "2 sample weights for 1 labels"))
        let y = Tensor([0, .nan], shape: [1, 2])
        #expect(message { _ = try computeSampleWeight(.balanced, y) }.contains("row 0, column 1 is NaN"))
        #expect(message { _ = try computeSampleWeight(.balanced, y, indices: [1]) }.contains("not within 0..<1"))
    }
}
