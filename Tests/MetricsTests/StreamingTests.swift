import HornetMetrics
import HornetSupport
import HornetTensor
import Testing

@Suite struct StreamingTests {
    /// The metrics of `Tests/Oracles/metrics.py`, by its names.
    private func metrics(labelWeights: [Double]) -> [(String, Metric)] {
        [
            ("binaryAccuracy", .binaryAccuracy), ("binaryAccuracy 0.25", .binaryAccuracy(threshold: 0.25)),
            ("categoricalAccuracy", .categoricalAccuracy), ("topK 2", .topKCategoricalAccuracy(k: 2)),
            ("precision", .precision), ("recall", .recall), ("precision 0.3", .precision(threshold: 0.3)),
            ("recall top 2", .recall(topK: 2)), ("precision top 2", .precision(topK: 2)),
            ("precision top 1 at 0.5", .precision(threshold: 0.5, topK: 1)),
            ("precision class 1", .precision(classID: 1)),
            ("recall even", Recall(thresholds: [0, 0.5, 1])),
            ("precision uneven", Precision(thresholds: [0.7, 0.1, 0.25, 0.7])),
            ("truePositives", .truePositives()), ("falsePositives", .falsePositives()),
            ("trueNegatives", .trueNegatives(threshold: 0.75)), ("falseNegatives", .falseNegatives()),
            ("auc", .auc), ("auc pr", .auc(curve: .precisionRecall)),
            ("auc 7 majoring", AUC(numThresholds: 7, summation: .majoring)),
            ("auc pr 20 minoring", AUC(numThresholds: 20, curve: .precisionRecall, summation: .minoring)),
            ("auc uneven", AUC(thresholds: [0.1, 0.5, 0.9])),
            ("auc labels", .auc(multiLabel: true)),
            ("auc pr labels", .auc(curve: .precisionRecall, multiLabel: true)),
            ("auc labels weighted", AUC(multiLabel: true, labelWeights: labelWeights)),
            ("auc pool weighted", AUC(labelWeights: labelWeights)),
            ("binaryCrossentropy", .binaryCrossentropy),
            ("binaryCrossentropy smoothed", BinaryCrossentropyMetric(labelSmoothing: 0.1)),
            ("binaryCrossentropy logits", BinaryCrossentropyMetric(fromLogits: true)),
            ("f1 largest micro", .f1(average: .micro, threshold: nil)),
            ("f1 largest macro", .f1(average: .macro, threshold: nil)),
            ("f1 largest weighted", .f1(average: .weighted, threshold: nil)),
            ("fbeta 2 macro", .fBeta(2, average: .macro)),
        ]
    }

    @Test func resultsOverBatchesEqualKeras() throws {
        // Keras works in Float32 and adds 1e-7 to denominators of the F score.
        var comparison = Comparison(tolerance: 3e-6)
        for golden in try GoldenCase.all("streaming") {
            let (y, scores) = (golden.matrix("y"), golden.scores())
            let ids = Tensor(golden["ids"].ints.map { Float($0) })
            let weights = golden.weights.map { Tensor($0.map { Float($0) }) }
            let results = golden["results"]
            let dense = metrics(labelWeights: golden["labelWeights"].doubles)
            let sparse: [(String, Metric)] = [
                ("sparse", .sparseCategoricalAccuracy), ("sparse topK 2", .sparseTopKCategoricalAccuracy(k: 2)),
            ]
            for (target, metrics) in [(y, dense), (ids, sparse)] {
                for (key, metric) in metrics {
                    let name = "\(golden.name) \(key)"
                    // Twice, with a reset between, so that nothing survives it.
                    for _ in 0..<2 {
                        metric.reset()
                        run(metric, target, scores, weights, golden["bounds"].ints)
                        if case .array(let several) = results[key] {
                            comparison.equal((metric as! ThresholdMetric).results, several.map(\.double), name)
                        } else {
                            comparison.equal(metric.result, results[key].double, name)
                        }
                    }
                }
            }
        }
        comparison.verify(atLeast: 7_000)
    }

    private func run(
        _ metric: Metric, _ target: Tensor, _ prediction: Tensor, _ weights: Tensor?, _ bounds: [Int]
    ) {
        for (start, stop) in zip(bounds, bounds.dropFirst()) {
            metric.update(
                target: target[start..<stop], prediction: prediction[start..<stop],
                sampleWeight: weights.map { $0[start..<stop] })
        }
    }

    /// What is counted batch by batch is what the array functions find in the whole.
    @Test func scoresEqualThoseOfTheWholeArray() throws {
        var comparison = Comparison()
        for golden in try GoldenCase.all("streaming") {
            let (y, scores) = (golden.matrix("y"), golden.scores())
            let predicted = scores.thresholded(above: 0.5)
            let weights = golden.weights
            if let weights, !weights.contains(where: { $0 > 0 }) { continue }
            let weightTensor = weights.map { Tensor($0.map { Float($0) }) }
            func streamed(_ metric: Metric) -> Double {
                run(metric, y, scores, weightTensor, golden["bounds"].ints)
                return metric.result
            }
            for average in Averaging.allCases {
                for beta in [1, 0.5] {
                    comparison.equal(
                        streamed(beta == 1 ? .f1(average: average) : .fBeta(beta, average: average)),
                        try fbetaScore(
                            y, predicted, beta: beta, average: average, sampleWeight: weights, zeroDivision: .zero),
                        "\(golden.name) F \(beta) \(average)")
                }
            }
            comparison.equal(
                streamed(.subsetAccuracy()), try accuracyScore(y, predicted, sampleWeight: weights),
                "\(golden.name) subset accuracy")
            comparison.equal(
                streamed(.hammingLoss()), try hammingLoss(y, predicted, sampleWeight: weights),
                "\(golden.name) hamming loss")
        }
        comparison.verify(atLeast: 1_000)
    }

    @Test func weightsOfEachOutput() {
        let target: Tensor = [[1, 0], [0, 1]]
        let prediction: Tensor = [[0.9, 0.8], [0.1, 0.2]]
        let weights: Tensor = [[1, 2], [3, 4]]
        func streamed(_ metric: Metric) -> Double {
            metric.update(target: target, prediction: prediction, sampleWeight: weights)
            return metric.result
        }
        #expect(streamed(.binaryAccuracy) == 4.0 / 10)
        #expect(streamed(.precision) == 1.0 / 3)
        #expect(streamed(.recall) == 1.0 / 5)
        #expect(streamed(.f1()) == 2.0 / 8)
        #expect(streamed(.f1(average: .macro)) == 0.5)
    }

    @Test func accuracyResolvesByTheLoss() {
        let kinds: [(Accuracy.Kind, Metric.Type)] = [
            (.binary, BinaryAccuracy.self), (.categorical, CategoricalAccuracy.self),
            (.sparseCategorical, SparseCategoricalAccuracy.self),
        ]
        for (kind, type) in kinds {
            let metric = (Metric.accuracy as! Accuracy).resolved(for: kind)
            #expect(Swift.type(of: metric) == type)
            #expect(metric.name == "accuracy")
            #expect(metric.description != "accuracy")
        }
    }

    @Test func namesAreKeras() {
        let names: [(Metric, String)] = [
            (.accuracy, "accuracy"), (.binaryAccuracy, "binary_accuracy"),
            (.categoricalAccuracy, "categorical_accuracy"),
            (.sparseCategoricalAccuracy, "sparse_categorical_accuracy"),
            (.topKCategoricalAccuracy(), "top_k_categorical_accuracy"),
            (.sparseTopKCategoricalAccuracy(), "sparse_top_k_categorical_accuracy"),
            (.precision, "precision"), (.recall, "recall"), (.f1(), "f1_score"), (.fBeta(2), "fbeta_score"),
            (.auc, "auc"), (.binaryCrossentropy, "binary_crossentropy"), (.truePositives(), "true_positives"),
            (.falsePositives(), "false_positives"), (.trueNegatives(), "true_negatives"),
            (.falseNegatives(), "false_negatives"), (Mean(), "mean"),
        ]
        for (metric, name) in names { #expect(metric.name == name) }
    }

    @Test func startsAtZeroAndSurvivesNaN() {
        let all = metrics(labelWeights: [1, 1]) + [("mean", Mean()), ("subset", .subsetAccuracy())]
        let broken = Tensor([[.nan, 0.3], [0.2, .nan]])
        for (name, metric) in all {
            #expect(metric.result == 0, "\(name) before the first batch")
            metric.update(target: [[1, 0], [0, 1]], prediction: broken)
            metric.update(target: Tensor([], shape: [0, 2]), prediction: Tensor([], shape: [0, 2]))
            metric.reset()
            #expect(metric.result == 0, "\(name) after a reset")
        }
    }

    @Test func meansOfUsersOwn() {
        let error = MeanMetric(name: "mae", direction: .down) { target, prediction in
            Tensor(zip(target.scalars, prediction.scalars).map { abs($0 - $1) }, shape: target.shape)
        }
        error.update(target: [[1, 0]], prediction: [[0.5, 0]])
        error.update(target: [[0, 0]], prediction: [[1, 0.5]], sampleWeight: Tensor([3]))
        #expect(error.result == (0.25 + 3 * 0.75) / 4)
        #expect(error.direction == .down)
        let loss = Mean(name: "loss")
        loss.add(2, weight: 32)
        loss.add(5, weight: 16)
        #expect(loss.result == 3)
        loss.reset()
        loss.update(target: [0], prediction: [[1, 3], [2, 4]], sampleWeight: nil)
        #expect(loss.result == 2.5)
    }
}
