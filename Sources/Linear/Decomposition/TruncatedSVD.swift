import CHornetKernels
import HornetSupport
public import HornetTensor

/// The directions in which documents differ most, by a truncated singular value decomposition `x ≈ u·s·components`: latent
/// semantic analysis, for documents of words.
///
/// Does not centre the documents, so that sparse ones stay sparse. scikit-learn's, with `algorithm="randomized"`; other random
/// numbers, so that components agree as far as the iterations bring them.
///
/// ```swift
/// var svd = TruncatedSVD(nComponents: 100)
/// let topics = try svd.fitTransform(x)            // [documents, 100]
/// ```
/// [scikit-learn: TruncatedSVD](https://scikit-learn.org/stable/modules/generated/sklearn.decomposition.TruncatedSVD.html)
public struct TruncatedSVD: Sendable {
    /// How many directions to find.
    public let nComponents: Int
    /// How often the documents and their transpose are applied: more is more exact.
    public let nIterations: Int
    /// How many vectors more than needed take part.
    public let nOversamples: Int
    public let powerIterationNormalizer: PowerNormalizer
    public let seed: UInt64

    /// The directions, `[nComponents, features]`, orthonormal rows whose largest element is positive; `nil` before fitting.
    public private(set) var components: Tensor?
    /// The length of the documents along each direction, falling, `[nComponents]`.
    public private(set) var singularValues: Tensor?
    /// The variance of the documents along each direction, `[nComponents]`.
    public private(set) var explainedVariance: Tensor?
    /// The same as a share of the features' variance.
    public private(set) var explainedVarianceRatio: Tensor?

    /// Defaults are scikit-learn's.
    public init(
        nComponents: Int = 2, nIterations: Int = 5, nOversamples: Int = 10, powerIterationNormalizer: PowerNormalizer = .auto,
        seed: UInt64 = 0
    ) {
        self.nComponents = nComponents
        self.nIterations = nIterations
        self.nOversamples = nOversamples
        self.powerIterationNormalizer = powerIterationNormalizer
        self.seed = seed
    }

    /// Finds the directions of documents `[documents, features]`. Throws when there are fewer documents or features than
    /// components, or a value is not finite. The same seed gives the same bits on any number of threads.
    public mutating func fit(_ x: SparseMatrix) throws { _ = try fitTransform(x) }

    /// The same for dense documents.
    public mutating func fit(_ x: Tensor) throws { _ = try fitTransform(x) }

    /// ``fit(_:)-(SparseMatrix)``, and the documents along the directions: `[documents, nComponents]`.
    public mutating func fitTransform(_ x: SparseMatrix) throws -> Tensor {
        try check(x)
        let squares = x.read { starts, _, values in hornet_sum_of_squares(values + starts[0], x.storedCount) }
        let rowCount = Double(x.rowCount)
        let total = x.sum(axis: 0).scalars.reduce(squares / rowCount) { $0 - Double($1) * Double($1) / (rowCount * rowCount) }
        return try fit(MatrixProducts(x), variance: total)
    }

    /// The same for dense documents.
    public mutating func fitTransform(_ x: Tensor) throws -> Tensor {
        try check(x)
        return try fit(MatrixProducts(x), variance: x.columnMoments().variances.reduce(0, +))
    }

    private func check(_ x: some Documents) throws {
        guard nComponents > 0, nIterations >= 0, nOversamples > 0 else {
            throw HornetError(
                .configuration, at: "TruncatedSVD",
                "nComponents is \(nComponents), nIterations \(nIterations), nOversamples \(nOversamples)",
                remedy: "nIterations can't be negative; the others have to be above 0")
        }
        try x.requireMatrix(at: "TruncatedSVD.fit")
        guard nComponents <= x.shape.min()! else {
            throw HornetError(
                .shape, at: "TruncatedSVD.fit", "\(nComponents) components of documents of the shape \(x.shape)",
                remedy: "Ask for no more components than documents and features")
        }
    }

    private mutating func fit(_ x: MatrixProducts, variance total: Double) throws -> Tensor {
        let (values, components) = try x.largestSingularValues(
            nComponents, oversampling: nOversamples, iterations: nIterations, normalizer: powerIterationNormalizer, seed: seed)
        let transformed = x.times(components.transposed())
        let variances = transformed.columnMoments().variances
        self.components = components
        singularValues = values
        explainedVariance = Tensor(variances.map { Float($0) })
        explainedVarianceRatio = Tensor(variances.map { Float($0 / total) })
        return transformed
    }

    /// Documents along the directions: `x · componentsᵀ`, `[documents, nComponents]`. Throws before fitting and for another
    /// number of features.
    public func transform(_ x: SparseMatrix) throws -> Tensor {
        x.matmul(try components.fitting(x.shape, axis: 1, at: "TruncatedSVD.transform").transposed())
    }

    /// The same for dense documents.
    public func transform(_ x: Tensor) throws -> Tensor {
        x.matmul(try components.fitting(x.shape, axis: 1, at: "TruncatedSVD.transform"), transposeRight: true)
    }

    /// Back to features: `x · components`, `[documents, features]`. Throws before fitting and for another number of
    /// components.
    public func inverseTransform(_ x: Tensor) throws -> Tensor {
        x.matmul(try components.fitting(x.shape, axis: 0, at: "TruncatedSVD.inverseTransform"))
    }
}

extension Optional<Tensor> {
    /// The components that were fitted. Throws when there are none, and for what is no matrix as wide as their axis.
    func fitting(_ shape: [Int], axis: Int, at place: String) throws -> Tensor {
        guard let components = self else {
            throw HornetError(.configuration, at: place, "nothing is fitted", remedy: "Call fit first")
        }
        guard shape.count == 2, shape[1] == components.shape[axis] else {
            throw HornetError(
                .shape, at: place, "the documents have the shape \(shape), the components \(components.shape)")
        }
        return components
    }
}
