import HornetLinear
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Ridge regressions and classifiers against scikit-learn's; see `Tests/Oracles/linear.py`.
@Suite struct RidgeTests {
    private let cases = try! Fixture.json("linear.json").member("cases").array()

    private func check(_ model: LinearModel, _ expected: JSON.Cursor, _ what: String) throws {
        expectClose(model.kernel.dense, try expected.member("kernel").tensor(), relative: 2e-4, absolute: 1e-4, what)
        expectClose(model.bias, try expected.member("bias").tensor(), relative: 2e-4, absolute: 1e-4, what)
    }

    @Test func findsTheWeightsOfScikitLearn() throws {
        for testCase in cases {
            let x = try testCase.member("x").tensor()
            for expected in try testCase.member("ridge").array() {
                let arguments = try expected.member("arguments")
                let alpha = try arguments.optional("alpha").map { Float(try $0.double()) } ?? 1
                let fits = try arguments.optional("fit_intercept")?.bool() ?? true
                let what = "\(x.shape), \(arguments.value)"
                if let outputs = try expected.optional("y")?.tensor() {
                    let ridge = Ridge(alpha: alpha, fitIntercept: fits, tolerance: 1e-6)
                    try check(ridge.fit(x, outputs), expected, what)
                    try check(ridge.fit(SparseMatrix(x), outputs), expected, "sparse \(what)")
                } else {
                    let weight: LinearSVC.ClassWeight? = try arguments.optional("class_weight") == nil ? nil : .balanced
                    let y = try testCase.member("y").tensor()
                    let ridge = RidgeClassifier(alpha: alpha, classWeight: weight, fitIntercept: fits, tolerance: 1e-6)
                    try check(ridge.fit(x, y), expected, "labels \(what)")
                    try check(ridge.fit(SparseMatrix(x), SparseMatrix(y)), expected, "sparse labels \(what)")
                }
            }
        }
    }

    /// Weights of other settings are told apart.
    @Test func settingsMatter() throws {
        let testCase = cases[1]
        let x = SparseMatrix(try testCase.member("x").tensor())
        let y = try testCase.member("y").tensor()
        let expected = try testCase.member("ridge").array()[4].member("kernel").tensor()
        for other in [
            RidgeClassifier(alpha: 1.05), RidgeClassifier(classWeight: .balanced), RidgeClassifier(fitIntercept: false),
        ] {
            #expect(try (other.fit(x, y).kernel.dense - expected).scalars.contains { abs($0) > 1e-3 })
        }
    }

    @Test func oneOutputIsAVector() throws {
        let x = Tensor.random([30, 4], seed: 1), y = Tensor.random([30, 2], seed: 2)
        let both = try Ridge().fit(x, y)
        let one = try Ridge().fit(x, y.sliced(1..<2, axis: 1).reshaped([30]))
        expectClose(one.kernel.dense, both.kernel.dense.sliced(1..<2, axis: 1), relative: 1e-5, absolute: 1e-6)
        #expect(one.labelCount == 1)
    }

    @Test func sameBitsOnAnyNumberOfThreads() throws {
        var random = RandomSource(seed: 4)
        let x = SparseMatrix.random(200, 300, density: 0.05, using: &random)
        let y = Tensor.uniform([200, 70], using: &random)
        let models = try onThreadCounts {
            (try Ridge().fit(x, y), try RidgeClassifier().fit(x, y.thresholded(above: 0.5)))
        }
        #expect(models.allSatisfy { $0 == models[0] })
        #expect(try Ridge(alpha: 1.1).fit(x, y) != models[0].0)
    }

    @Test func refusesWhatItCanNotLearn() throws {
        let x = Tensor.random([6, 4])
        func expectError(_ text: String, _ body: () throws -> LinearModel) {
            let error = #expect(throws: HornetError.self) { try body() }
            #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
        }
        expectError("[6, 4], the outputs [5, 2]") { try Ridge().fit(x, Tensor.zeros([5, 2])) }
        expectError("[6, 4], the labels [5, 2]") { try RidgeClassifier().fit(x, Tensor.zeros([5, 2])) }
        expectError("[0, 4]") { try Ridge().fit(x[0..<0], Tensor.zeros([0, 2])) }
        expectError("the outputs hold a NaN") { try Ridge().fit(x, Tensor.full([6, 1], .nan)) }
        expectError("the documents hold a NaN") { try Ridge().fit(x / 0, Tensor.zeros([6, 1])) }
        expectError("row 0 has 0.5") { try RidgeClassifier().fit(x, Tensor.full([6, 1], 0.5)) }
        expectError("alpha is -1.0") { try Ridge(alpha: -1).fit(x, Tensor.zeros([6, 1])) }
        // Labels that nobody has, or everybody.
        let model = try RidgeClassifier().fit(x, Tensor.concatenated([.zeros([6, 1]), .ones([6, 1])], axis: 1))
        #expect(model.kernel.storedCount == 0 && model.bias == [-1, 1])
    }
}
