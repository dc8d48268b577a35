import HornetLinear
import HornetSupport
import HornetTensor
import HornetTestSupport
import Testing

/// Truncated singular value decompositions and principal components against scikit-learn's; see
/// `Tests/Oracles/decomposition.py`.
@Suite struct DecompositionTests {
    private let document = Fixture.json("decomposition.json")

    @Test func truncatedSVDFindsWhatARPACKFinds() throws {
        for testCase in try document.member("svd").array() {
            let dense = try testCase.member("x").tensor(), x = SparseMatrix(dense)
            for expected in try testCase.member("cases").array() {
                func close(_ found: Tensor?, _ member: String, _ what: String) throws {
                    expectClose(
                        try #require(found), try expected.member(member).tensor(), relative: 1e-4, absolute: 1e-4,
                        "\(member) of \(x.shape), \(what)")
                }
                let count = try expected.member("n_components").int()
                for normalizer: PowerNormalizer in [.auto, .qr] {
                    let what = "\(count) by \(normalizer)"
                    var svd = TruncatedSVD(nComponents: count, nIterations: 12, powerIterationNormalizer: normalizer, seed: 3)
                    let transformed = try svd.fitTransform(x)
                    try close(transformed, "transformed", what)
                    try close(svd.components, "components", what)
                    try close(svd.singularValues, "singular_values", what)
                    try close(svd.explainedVariance, "explained_variance", what)
                    try close(svd.explainedVarianceRatio, "ratio", what)
                    try close(svd.transform(x), "transformed", what)
                    try close(svd.transform(dense), "transformed", what)
                    try close(svd.inverseTransform(transformed[0..<5]), "inverse", what)
                    var other = TruncatedSVD(nComponents: count, nIterations: 12, powerIterationNormalizer: normalizer)
                    try other.fit(dense)
                    try close(other.components, "components", "dense, \(what)")
                    try close(other.explainedVarianceRatio, "ratio", "dense, \(what)")
                }
            }
        }
    }

    /// Few random vectors without iterations find something else.
    @Test func iterationsMatter() throws {
        let testCase = try document.member("svd").array()[0]
        var svd = TruncatedSVD(nComponents: 4, nIterations: 0, nOversamples: 1)
        try svd.fit(SparseMatrix(try testCase.member("x").tensor()))
        let expected = try testCase.member("cases").array()[1].member("components").tensor()
        #expect(mismatch(try #require(svd.components), expected, relative: 1e-2, absolute: 1e-2) != nil)
    }

    @Test func componentsAreOrthonormalWhereRankIsLow() throws {
        // Rank 2: the products of the vectors have no triangle.
        let x = Tensor.random([40, 2], seed: 1).matmul(Tensor.random([2, 30], seed: 2))
        var svd = TruncatedSVD(nComponents: 2)
        try svd.fit(x)
        let components = try #require(svd.components)
        expectClose(components.matmul(components, transposeRight: true), [[1, 0], [0, 1]], absolute: 1e-5)
        expectClose(try svd.inverseTransform(svd.transform(x)), x, absolute: 1e-4)
    }

    @Test func principalComponentsAreScikitLearns() throws {
        for testCase in try document.member("pca").array() {
            let x = try testCase.member("x").tensor()
            for expected in try testCase.member("cases").array() {
                let solver: PCA.Solver
                switch try expected.member("solver").string() {
                case "full": solver = .full
                case "covariance_eigh": solver = .covarianceEigh
                case "randomized": solver = .randomized
                default: solver = .auto
                }
                let wanted = try expected.optional("n_components")?.double()
                let components: PCA.Components = wanted.map { $0 < 1 ? .variance(Float($0)) : .count(Int($0)) } ?? .all
                var pca = PCA(
                    nComponents: components, whiten: try expected.member("whiten").bool(), solver: solver, iteratedPower: 30)
                let transformed = try pca.fitTransform(x)
                func close(_ found: Tensor?, _ member: String) throws {
                    expectClose(
                        try #require(found), try expected.member(member).tensor(), relative: 2e-4, absolute: 2e-4,
                        "\(member) of \(x.shape), \(solver) \(components)")
                }
                let kept = try expected.member("components").tensor().shape[0]
                try close(pca.mean, "mean")
                try close(pca.components?[0..<kept], "components")
                try close(pca.singularValues, "singular_values")
                try close(pca.explainedVariance, "explained_variance")
                try close(pca.explainedVarianceRatio, "ratio")
                try close(transformed.sliced(0..<kept, axis: 1), "transformed")
                try close(pca.inverseTransform(transformed)[0..<5], "inverse")
                expectClose(
                    try #require(pca.noiseVariance), Float(try expected.member("noise").double()), relative: 1e-3, absolute: 1e-6)
            }
        }
    }

    @Test func numbersAndSharesOfComponentsAreLiterals() {
        #expect(PCA(nComponents: 5).nComponents == .count(5) && PCA(nComponents: 0.5).nComponents == .variance(0.5))
    }

    @Test func sameBitsOnAnyNumberOfThreads() throws {
        var random = RandomSource(seed: 4)
        let x = SparseMatrix.random(600, 900, density: 0.05, using: &random)
        func components(seed: UInt64) throws -> Tensor? {
            var svd = TruncatedSVD(nComponents: 20, seed: seed)
            try svd.fit(x)
            return svd.components
        }
        let found = try onThreadCounts {
            try components(seed: 1)
        }
        #expect(found.allSatisfy { $0 == found[0] })
        #expect(try components(seed: 2) != found[0])
    }

    @Test func refusesWhatItCanNotDecompose() throws {
        func expectError(_ text: String, _ body: () throws -> Void) {
            let error = #expect(throws: HornetError.self) { try body() }
            #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
        }
        let x = Tensor.random([6, 4])
        func svd(_ count: Int, _ x: Tensor, iterations: Int = 5) throws {
            var svd = TruncatedSVD(nComponents: count, nIterations: iterations)
            try svd.fit(SparseMatrix(x))
        }
        func pca(_ components: PCA.Components, _ x: Tensor, _ solver: PCA.Solver = .auto) throws {
            var pca = PCA(nComponents: components, solver: solver)
            try pca.fit(x)
        }
        expectError("5 components of documents of the shape [6, 4]") { try svd(5, x) }
        expectError("nComponents is 0") { try svd(0, x) }
        expectError("nIterations -1") { try svd(1, x, iterations: -1) }
        expectError("[0, 4]") { try svd(1, x[0..<0]) }
        expectError("NaN") { try svd(1, x / 0) }
        expectError("nothing is fitted") { _ = try TruncatedSVD().transform(x) }
        expectError("5 components") { try pca(5, x) }
        expectError("0 components") { try pca(0, x) }
        expectError("1.5 of the variance") { try pca(1.5, x) }
        expectError("0.5 of the variance") { try pca(0.5, x, .randomized) }
        expectError("all components") { try pca(.all, x, .randomized) }
        expectError("no variance") { try pca(1, x[0..<1]) }
        expectError("[0, 4]") { try pca(1, x[0..<0]) }
        expectError("[4]") { try pca(1, Tensor.zeros([4])) }
        expectError("NaN") { try pca(1, x / 0) }
        expectError("nothing is fitted") { _ = try PCA().inverseTransform(x) }
        var fitted = PCA(nComponents: 2)
        try fitted.fit(x)
        expectError("[6, 3], the components [2, 4]") { _ = try fitted.transform(Tensor.zeros([6, 3])) }
        expectError("[6, 4], the components [2, 4]") { _ = try fitted.inverseTransform(x) }
    }
}
