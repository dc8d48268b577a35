import HornetLinear
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Support vector machines against scikit-learn's `LinearSVC`; see `Tests/Oracles/linear.py`.
@Suite struct LinearSVCTests {
    private let cases = try! Fixture.json("linear.json").member("cases").array()

    private func classifier(_ arguments: JSON.Cursor) throws -> LinearSVC {
        var result = LinearSVC(tolerance: 2e-5, maxIterations: 100_000)
        if let c = try arguments.optional("C") { result.C = Float(try c.double()) }
        if let scaling = try arguments.optional("intercept_scaling") { result.interceptScaling = Float(try scaling.double()) }
        if let fits = try arguments.optional("fit_intercept") { result.fitIntercept = try fits.bool() }
        if try arguments.optional("loss")?.string() == "hinge" { result.loss = .hinge }
        if try arguments.optional("class_weight") != nil { result.classWeight = .balanced }
        return result
    }

    @Test func findsTheWeightsOfScikitLearn() throws {
        for testCase in cases {
            let x = SparseMatrix(try testCase.member("x").tensor())
            let y = try testCase.member("y").tensor()
            for expected in try testCase.member("svc").array() {
                let what = "\(x.shape), \(try expected.member("arguments").value)"
                let model = try classifier(expected.member("arguments")).fit(x, y)
                expectClose(model.kernel.dense, try expected.member("kernel").tensor(), relative: 1e-3, absolute: 1e-3, what)
                expectClose(model.bias, try expected.member("bias").tensor(), relative: 1e-3, absolute: 1e-3, what)
            }
        }
    }

    /// Weights of other settings are told apart.
    @Test func settingsMatter() throws {
        let testCase = cases[1]
        let x = SparseMatrix(try testCase.member("x").tensor())
        let y = try testCase.member("y").tensor()
        let expected = try testCase.member("svc").array()[0].member("kernel").tensor()
        for other in [LinearSVC(C: 1.05), LinearSVC(loss: .hinge), LinearSVC(classWeight: .balanced), LinearSVC(fitIntercept: false)] {
            let found = try other.fit(x, y).kernel.dense
            #expect((found - expected).scalars.contains { abs($0) > 2e-3 })
        }
    }

    @Test func sameBitsOnAnyNumberOfThreads() throws {
        var random = RandomSource(seed: 4)
        let x = SparseMatrix.random(200, 300, density: 0.05, using: &random)
        let y = SparseMatrix(Tensor.uniform([200, 70], using: &random).thresholded(above: 0.8))
        let models = try onThreadCounts {
            try LinearSVC(seed: 3).fit(x, y)
        }
        #expect(models.allSatisfy { $0 == models[0] })
        #expect(try LinearSVC(seed: 4).fit(x, y) != models[0])
    }

    @Test func scoresAreTheProductOfDocumentsAndWeights() throws {
        var random = RandomSource(seed: 5)
        let x = SparseMatrix.random(90, 40, density: 0.2, using: &random)
        let y = Tensor.uniform([90, 5], using: &random).thresholded(above: 0.7)
        let model = try LinearSVC().fit(x, y)
        let expected = x.dense.matmul(model.kernel.dense) + model.bias
        expectClose(model.decisionFunction(x), expected, absolute: 1e-5, "scores")
        #expect(model.predict(x) == model.decisionFunction(x).thresholded(above: 0))
        #expect(model.decisionFunction(x[0..<0]).shape == [0, 5])
    }

    @Test func prunesSmallWeights() throws {
        var random = RandomSource(seed: 6)
        let x = SparseMatrix.random(90, 40, density: 0.2, using: &random)
        let y = Tensor.uniform([90, 5], using: &random).thresholded(above: 0.7)
        let model = try LinearSVC().fit(x, y)
        let pruned = model.pruned(below: 0.2)
        #expect(pruned == (try LinearSVC().fit(x, y, pruningBelow: 0.2)))
        let expected = Tensor(model.kernel.dense.scalars.map { abs($0) >= 0.2 ? $0 : 0 }, shape: model.kernel.shape)
        #expect(pruned.kernel.dense == expected)
        #expect(pruned.kernel.storedCount < model.kernel.storedCount && pruned.kernel.storedCount > 0)
    }

    @Test func refusesWhatItCanNotLearn() throws {
        var random = RandomSource(seed: 7)
        let x = SparseMatrix.random(6, 4, density: 0.5, using: &random)
        let y = Tensor.zeros([6, 2])
        func expectError(_ text: String, _ body: () throws -> LinearModel) {
            let error = #expect(throws: HornetError.self) { try body() }
            #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
        }
        expectError("[6, 4], the labels [5, 2]") { try LinearSVC().fit(x, Tensor.zeros([5, 2])) }
        expectError("[0, 4]") { try LinearSVC().fit(x[0..<0], Tensor.zeros([0, 2])) }
        expectError("row 0 has 0.5 for label 0") { try LinearSVC().fit(x, y + 0.5) }
        expectError("NaN") { try LinearSVC().fit(SparseMatrix(Tensor([[Float.nan]])), Tensor([[1]])) }
        expectError("C is -1.0") { try LinearSVC(C: -1).fit(x, y) }
        #expect(try LinearSVC().fit(x, y).bias == Tensor([-1, -1]))
    }
}
