import HornetLinear
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Logistic regressions against scikit-learn's; see `Tests/Oracles/linear.py`.
@Suite struct LogisticRegressionTests {
    private let cases = try! Fixture.json("linear.json").member("cases").array()

    private func classifier(_ arguments: JSON.Cursor) throws -> LogisticRegression {
        var result = LogisticRegression(tolerance: 2e-6)
        if let c = try arguments.optional("C") { result.C = Float(try c.double()) }
        if let fits = try arguments.optional("fit_intercept") { result.fitIntercept = try fits.bool() }
        if try arguments.optional("class_weight") != nil { result.classWeight = .balanced }
        return result
    }

    @Test func findsTheWeightsOfScikitLearn() throws {
        for testCase in cases {
            let dense = try testCase.member("x").tensor()
            let x = SparseMatrix(dense)
            let y = try testCase.member("y").tensor()
            for expected in try testCase.member("logistic").array() {
                let what = "\(x.shape), \(try expected.member("arguments").value)"
                let classifier = try classifier(expected.member("arguments"))
                for model in [try classifier.fit(x, y), try classifier.fit(dense, y)] {
                    expectClose(model.kernel.dense, try expected.member("kernel").tensor(), relative: 2e-4, absolute: 2e-4, what)
                    expectClose(model.bias, try expected.member("bias").tensor(), relative: 2e-4, absolute: 2e-4, what)
                    let probabilities = try expected.member("probabilities").tensor()
                    expectClose(model.probabilities(x), probabilities, relative: 0, absolute: 5e-5, what)
                    expectClose(model.probabilities(dense), probabilities, relative: 0, absolute: 5e-5, what)
                }
            }
        }
    }

    /// Weights of other settings are told apart.
    @Test func settingsMatter() throws {
        let testCase = cases[1]
        let x = SparseMatrix(try testCase.member("x").tensor())
        let y = try testCase.member("y").tensor()
        let expected = try testCase.member("logistic").array()[0].member("kernel").tensor()
        for other in [
            LogisticRegression(C: 1.05), LogisticRegression(classWeight: .balanced), LogisticRegression(fitIntercept: false),
        ] {
            let found = try other.fit(x, y).kernel.dense
            #expect((found - expected).scalars.contains { abs($0) > 1e-3 })
        }
    }

    /// The value is scikit-learn's where its weights are, and larger beside them.
    @Test func objectiveIsSmallestAtTheWeights() throws {
        let testCase = cases[0]
        let x = SparseMatrix(try testCase.member("x").tensor())
        let y = try testCase.member("y").tensor()
        for expected in try testCase.member("logistic").array() {
            let classifier = try classifier(expected.member("arguments"))
            let model = LinearModel(
                kernel: SparseMatrix(try expected.member("kernel").tensor()), bias: try expected.member("bias").tensor())
            let value = try classifier.objective(of: model, x, y).values[0]
            expectClose(Float(value), try expected.member("losses").tensor()[0], relative: 1e-5)
            for factor: Float in [0.95, 1.05] {
                let beside = LinearModel(kernel: model.kernel * factor, bias: model.bias)
                #expect(try classifier.objective(of: beside, x, y).values[0] > value)
            }
        }
    }

    /// The slopes are those of the value.
    @Test func slopesAgreeWithDifferences() throws {
        var random = RandomSource(seed: 8)
        let x = SparseMatrix.random(50, 9, density: 0.4, using: &random)
        let y = Tensor.uniform([50, 3], using: &random).thresholded(above: 0.6)
        let (kernel, bias) = (Tensor.normal([9, 3], using: &random), Tensor.normal([3], using: &random))
        /// How far the slopes are from differences of the values, when the value's settings are others.
        func distance(_ classifier: LogisticRegression, _ other: LogisticRegression) throws -> Double {
            let slopes = try classifier.objective(of: LinearModel(kernel: SparseMatrix(kernel), bias: bias), x, y).slopes
            var worst = 0.0
            for feature in 0...9 {
                for label in 0..<3 {
                    func value(_ step: Float) throws -> Double {
                        var (kernel, bias) = (kernel, bias)
                        if feature < 9 { kernel[feature, label] += step } else { bias[label] += step }
                        return try other.objective(of: LinearModel(kernel: SparseMatrix(kernel), bias: bias), x, y).values[label]
                    }
                    let difference = try (value(1 / 64) - value(-1 / 64)) * 32
                    worst = max(worst, abs(difference - Double(slopes[feature, label])))
                }
            }
            return worst
        }
        for classifier in [LogisticRegression(C: 0.7), LogisticRegression(C: 3, classWeight: .balanced)] {
            #expect(try distance(classifier, classifier) < 2e-3)
            #expect(try distance(classifier, LogisticRegression(C: 1.1 * classifier.C, classWeight: classifier.classWeight)) > 2e-2)
        }
    }

    @Test func sameBitsOnAnyNumberOfThreads() throws {
        var random = RandomSource(seed: 4)
        let x = SparseMatrix.random(200, 300, density: 0.05, using: &random)
        let y = SparseMatrix(Tensor.uniform([200, 70], using: &random).thresholded(above: 0.8))
        let models = try onThreadCounts {
            try LogisticRegression().fit(x, y)
        }
        #expect(models.allSatisfy { $0 == models[0] })
        #expect(try LogisticRegression(C: 1.1).fit(x, y) != models[0])
    }

    /// What lies beside a label in its block does not matter.
    @Test func labelsAreLearnedApart() throws {
        var random = RandomSource(seed: 9)
        let x = SparseMatrix.random(120, 60, density: 0.1, using: &random)
        let y = Tensor.uniform([120, 20], using: &random).thresholded(above: 0.7)
        let all = try LogisticRegression(C: 5).fit(x, y)
        let one = try LogisticRegression(C: 5).fit(x, y.sliced(7..<8, axis: 1))
        #expect(one.kernel.dense == all.kernel.dense.sliced(7..<8, axis: 1))
        #expect(one.bias[0] == all.bias[7])
    }

    @Test func refusesWhatItCanNotLearn() throws {
        var random = RandomSource(seed: 7)
        let x = SparseMatrix.random(6, 4, density: 0.5, using: &random)
        let y = Tensor.zeros([6, 2])
        func expectError(_ text: String, _ body: () throws -> LinearModel) {
            let error = #expect(throws: HornetError.self) { try body() }
            #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
        }
        expectError("[6, 4], the labels [5, 2]") { try LogisticRegression().fit(x, Tensor.zeros([5, 2])) }
        expectError("[6, 4], the labels [5, 2]") { try LogisticRegression().fit(x.dense, Tensor.zeros([5, 2])) }
        expectError("[0, 4]") { try LogisticRegression().fit(x[0..<0], Tensor.zeros([0, 2])) }
        expectError("[6], the labels") { try LogisticRegression().fit(Tensor.zeros([6]), y) }
        expectError("row 0 has 0.5 for label 0") { try LogisticRegression().fit(x, y + 0.5) }
        expectError("NaN") { try LogisticRegression().fit(Tensor([[Float.nan]]), Tensor([[1]])) }
        expectError("C is -1.0") { try LogisticRegression(C: -1).fit(x, y) }
        // Labels that nobody has, or everybody.
        let model = try LogisticRegression().fit(x, Tensor.concatenated([y, y + 1], axis: 1))
        #expect(model.kernel.storedCount == 0)
        #expect(model.probabilities(x[0..<1]) == Tensor([[0, 0, 1, 1]]))
    }
}
