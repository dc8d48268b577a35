import HornetMetrics
import HornetSupport
import HornetTensor
import Testing

@Suite struct ClassificationTests {
    @Test func figuresEqualScikitLearn() throws {
        var comparison = Comparison()
        for golden in try GoldenCase.all("classification") {
            if golden.isMultiLabel {
                try compare(golden, golden.matrix("y"), golden.matrix("p"), &comparison)
                try compare(golden, golden.sparse("y"), golden.matrix("p"), &comparison)
            } else {
                try compare(golden, golden.indices("y"), golden.indices("p"), &comparison)
            }
        }
        comparison.verify(atLeast: 40_000)
    }

    private func compare(
        _ golden: GoldenCase, _ y: some LabelArray, _ p: some LabelArray, _ comparison: inout Comparison
    ) throws {
        let (labels, weights, zero, name) = (golden.labels, golden.weights, golden.zeroDivision, golden.name)
        let beta = golden["beta"].double
        let averages = Averaging.allCases.filter { golden.isMultiLabel || $0 != .samples }

        let (per, warnings) = try withWarnings {
            try precisionRecallFScoreSupport(
                y, p, beta: beta, labels: labels, sampleWeight: weights, zeroDivision: zero)
        }
        let expected = golden["per"].array
        comparison.equal(per.precision, expected[0].doubles, "\(name) precision")
        comparison.equal(per.recall, expected[1].doubles, "\(name) recall")
        comparison.equal(per.fScore, expected[2].doubles, "\(name) F")
        comparison.equal(per.support, expected[3].doubles, "\(name) support")
        comparison.equal(warnings, golden["warnings"].strings, "\(name) warnings")

        for average in averages {
            let (figures, warnings) = try withWarnings {
                try precisionRecallFScore(
                    y, p, beta: beta, labels: labels, average: average, sampleWeight: weights, zeroDivision: zero)
            }
            comparison.equal(
                [figures.precision, figures.recall, figures.fScore], golden["average"][average.rawValue].doubles,
                "\(name) \(average)")
            comparison.equal(
                warnings, golden["averageWarnings"][average.rawValue].strings, "\(name) \(average) warnings")
        }
        try compareSingles(golden, y, p, &comparison)
        try compareJaccard(golden, y, p, averages, &comparison)
        try compareTables(golden, y, p, &comparison)

        let single = try [
            accuracyScore(y, p, sampleWeight: weights), accuracyScore(y, p, normalize: false, sampleWeight: weights),
            zeroOneLoss(y, p, sampleWeight: weights), zeroOneLoss(y, p, normalize: false, sampleWeight: weights),
            hammingLoss(y, p, sampleWeight: weights),
        ]
        let keys = ["accuracy", "right", "zeroOne", "wrong", "hamming"]
        comparison.equal(single, keys.map { golden[$0].double }, "\(name) \(keys)")
    }

    /// The functions of one figure agree with the ones of three, and warn about their own figure only.
    private func compareSingles(
        _ golden: GoldenCase, _ y: some LabelArray, _ p: some LabelArray, _ comparison: inout Comparison
    ) throws {
        let (labels, weights, zero) = (golden.labels, golden.weights, golden.zeroDivision)
        let beta = golden["beta"].double
        let (singles, warnings) = try withWarnings {
            try [
                precisionScore(y, p, labels: labels, average: .macro, sampleWeight: weights, zeroDivision: zero),
                recallScore(y, p, labels: labels, average: .macro, sampleWeight: weights, zeroDivision: zero),
                fbetaScore(
                    y, p, beta: beta, labels: labels, average: .macro, sampleWeight: weights, zeroDivision: zero),
            ]
        }
        comparison.equal(singles, golden["average"]["macro"].doubles, "\(golden.name) singles")
        let betaWarns = beta != 0
        let expected = golden["averageWarnings"]["macro"].strings.filter { betaWarns || !$0.hasPrefix("F-score") }
        comparison.equal(warnings, expected, "\(golden.name) warnings of singles")
        let perLabel = try silently {
            try precisionScores(y, p, labels: labels, sampleWeight: weights, zeroDivision: zero)
                + recallScores(y, p, labels: labels, sampleWeight: weights, zeroDivision: zero)
                + fbetaScores(y, p, beta: beta, labels: labels, sampleWeight: weights, zeroDivision: zero)
        }
        comparison.equal(perLabel, golden["per"].array[..<3].flatMap(\.doubles), "\(golden.name) per label")
        if beta == 1 {
            try silently {
                comparison.equal(
                    try f1Score(y, p, labels: labels, average: .weighted, sampleWeight: weights, zeroDivision: zero),
                    golden["average"]["weighted"].doubles[2], "\(golden.name) f1")
                comparison.equal(
                    try f1Scores(y, p, labels: labels, sampleWeight: weights, zeroDivision: zero),
                    golden["per"].array[2].doubles, "\(golden.name) f1 per label")
            }
        }
    }

    private func compareJaccard(
        _ golden: GoldenCase, _ y: some LabelArray, _ p: some LabelArray, _ averages: [Averaging],
        _ comparison: inout Comparison
    ) throws {
        guard golden.has("jaccard") else { return }
        let (labels, weights, zero) = (golden.labels, golden.weights, golden.zeroDivision)
        let (per, warnings) = try withWarnings {
            try jaccardScores(y, p, labels: labels, sampleWeight: weights, zeroDivision: zero)
        }
        comparison.equal(per, golden["jaccard"]["per"].doubles, "\(golden.name) jaccard")
        comparison.equal(warnings, golden["jaccardWarnings"].strings, "\(golden.name) jaccard warnings")
        for average in averages {
            let score = try silently {
                try jaccardScore(
                    y, p, labels: labels, average: average, sampleWeight: weights, zeroDivision: zero)
            }
            comparison.equal(score, golden["jaccard"][average.rawValue].double, "\(golden.name) jaccard \(average)")
        }
    }

    private func compareTables(
        _ golden: GoldenCase, _ y: some LabelArray, _ p: some LabelArray, _ comparison: inout Comparison
    ) throws {
        for samplewise in golden.isMultiLabel ? [false, true] : [false] {
            let counts = try multilabelConfusionMatrix(
                y, p, labels: golden.labels, samplewise: samplewise, sampleWeight: golden.weights)
            comparison.equal(
                counts.flatMap { [$0.trueNegatives, $0.falsePositives, $0.falseNegatives, $0.truePositives] },
                golden[samplewise ? "samplewise" : "confusion"].array.flatMap(\.doubles),
                "\(golden.name) confusion, by sample: \(samplewise)")
        }
    }

    @Test func refusesWhatIsNotALabel() throws {
        let y: Tensor = [[0, 1], [1, 0]]
        #expect(throws: HornetError.self) { try f1Score(y, Tensor([[0, 0.5], [1, 0]]), average: .micro) }
        #expect(throws: HornetError.self) { try f1Score(y, Tensor([[0, .nan], [1, 0]]), average: .micro) }
        #expect(throws: HornetError.self) { try f1Score(y, Tensor([[0, 1, 1], [1, 0, 0]]), average: .micro) }
        #expect(throws: HornetError.self) { try f1Score(y, Tensor([[0, 1]]), average: .micro) }
        #expect(throws: HornetError.self) { try f1Score(y, Indices([1, 0]), average: .micro) }
        #expect(throws: HornetError.self) { try f1Score(Tensor([0, 1]), Tensor([0, 1]), average: .micro) }
        #expect(throws: HornetError.self) { try hammingLoss(Tensor([], shape: [0, 2]), Tensor([], shape: [0, 2])) }
        #expect(throws: HornetError.self) { try hammingLoss(Tensor([], shape: [2, 0]), Tensor([], shape: [2, 0])) }
        #expect(throws: HornetError.self) { try hammingLoss(y, y, sampleWeight: [1]) }
        #expect(throws: HornetError.self) { try hammingLoss(y, y, sampleWeight: [1, .infinity]) }
        #expect(throws: HornetError.self) { try hammingLoss(y, y, sampleWeight: [0, 0]) }
        #expect(throws: HornetError.self) { try f1Score(y, y, labels: [2], average: .micro) }
        #expect(throws: HornetError.self) { try f1Score(y, y, labels: [], average: .micro) }
        #expect(throws: HornetError.self) { try f1Score(Indices([1, 0]), Indices([1, 0]), average: .samples) }
        #expect(throws: HornetError.self) { try fbetaScore(y, y, beta: -1, average: .micro) }
        let perfect = try f1Score(y, y, average: .micro)
        #expect(perfect == 1)
    }

    @Test func oneColumnIsOneLabel() throws {
        let y: Tensor = [[1], [0], [1], [1]]
        let p: Tensor = [[1], [1], [0], [1]]
        #expect(try precisionScores(y, p) == [2.0 / 3])
        let binary = try precisionScore(Indices([1, 0, 1, 1]), Indices([1, 1, 0, 1]), labels: [1], average: .macro)
        #expect(binary == 2.0 / 3)
    }
}
