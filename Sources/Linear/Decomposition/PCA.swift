import HornetSupport
public import HornetTensor

/// Principal component analysis: the orthogonal directions along which centred documents vary most.
///
/// ```swift
/// var pca = PCA(nComponents: 0.95)                // as many as hold 95 % of the variance
/// let reduced = try pca.fitTransform(x)
/// ```
/// The values are those of scikit-learn's `PCA`, its choice of solver among them.
/// [scikit-learn: PCA](https://scikit-learn.org/stable/modules/generated/sklearn.decomposition.PCA.html)
public struct PCA: Sendable {
    /// How many directions to keep: a literal is a number of them or, with a decimal point, a share.
    public enum Components: Sendable, Equatable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
        /// As many as there are documents or features, whichever are fewer.
        case all
        case count(Int)
        /// The fewest that hold more than this share of the variance, between 0 and 1.
        case variance(Float)

        public init(integerLiteral value: Int) { self = .count(value) }
        public init(floatLiteral value: Float) { self = .variance(value) }
    }

    public enum Solver: Sendable {
        /// `covarianceEigh` for up to 1,000 features and ten times as many documents; else `full` for up to 500 of both;
        /// else `randomized` for a number of components below 80 % of what there is; else `full`.
        case auto
        /// The singular value decomposition of the centred documents.
        case full
        /// The eigenvectors of the features' covariance.
        case covarianceEigh
        /// As ``TruncatedSVD``, of the centred documents.
        case randomized
    }

    public let nComponents: Components
    /// Whether the transformed have the variance 1 along each direction.
    public let whiten: Bool
    public let solver: Solver
    /// How often the randomized solver applies the documents; `nil` for 7 where less than a tenth of the components is
    /// wanted, and 4 elsewhere.
    public let iteratedPower: Int?
    public let nOversamples: Int
    public let powerIterationNormalizer: PowerNormalizer
    public let seed: UInt64

    /// The mean of each feature, `[features]`; `nil` before fitting.
    public private(set) var mean: Tensor?
    /// The directions, `[components, features]`, orthonormal rows whose largest element is positive.
    public private(set) var components: Tensor?
    /// The variance along each direction, falling, `[components]`.
    public private(set) var explainedVariance: Tensor?
    /// The same as a share of all variance.
    public private(set) var explainedVarianceRatio: Tensor?
    /// The length of the centred documents along each direction, `[components]`.
    public private(set) var singularValues: Tensor?
    /// The mean variance along the directions that were left out; 0 when none was.
    public private(set) var noiseVariance: Float?

    /// Defaults are scikit-learn's.
    public init(
        nComponents: Components = .all, whiten: Bool = false, solver: Solver = .auto, iteratedPower: Int? = nil,
        nOversamples: Int = 10, powerIterationNormalizer: PowerNormalizer = .auto, seed: UInt64 = 0
    ) {
        self.nComponents = nComponents
        self.whiten = whiten
        self.solver = solver
        self.iteratedPower = iteratedPower
        self.nOversamples = nOversamples
        self.powerIterationNormalizer = powerIterationNormalizer
        self.seed = seed
    }

    /// Finds the directions of documents `[documents, features]`.
    ///
    /// Throws when there are fewer than two documents, fewer documents or features than components, a share is not between 0
    /// and 1 (the randomized solver takes none), or a value is not finite. The same seed gives the same bits on any number
    /// of threads.
    public mutating func fit(_ x: Tensor) throws {
        try x.requireMatrix(at: "PCA.fit")
        let solver = try checkedSolver(for: x.shape)
        let (rowCount, least) = (x.shape[0], x.shape.min()!)
        let (means, variances) = x.columnMoments()
        let mean = Tensor(means.map { Float($0) })
        let centred = x - mean
        let freedom = Double(rowCount - 1)

        let (lengths, directions): ([Double], Tensor)
        switch solver {
        case .randomized:
            guard case .count(let count) = nComponents else { preconditionFailure("checked before") }
            let (values, components) = try MatrixProducts(centred).largestSingularValues(
                count, oversampling: nOversamples, iterations: iteratedPower ?? (10 * count < least ? 7 : 4),
                normalizer: powerIterationNormalizer, seed: seed)
            (lengths, directions) = (values.scalars.map(Double.init), components)
        case .covarianceEigh:
            let found = try (centred.matmul(centred, transposeLeft: true)).eigh()
            let order = Array((0..<found.values.count).reversed().prefix(least))
            lengths = order.map { Double(Swift.max(found.values[$0], 0)).squareRoot() }
            directions = found.vectors.transposed().gathered(order).signed()
        case .full, .auto:
            let factors = try centred.svd()
            (lengths, directions) = (factors.s.scalars.map(Double.init), factors.vh.signed())
        }

        let explained = lengths.map { $0 * $0 / freedom }
        let isPartial = solver == .randomized
        let total = isPartial ? variances.reduce(0, +) * Double(rowCount) / freedom : explained.reduce(0, +)
        let kept = wanted(explained, of: total)
        let left = total - explained[..<kept].reduce(0, +)
        // The covariance has a variance for each feature, though some be 0.
        let all = solver == .covarianceEigh ? x.shape[1] : least
        noiseVariance = kept < least ? Float(Swift.max(left, 0) / Double(all - kept)) : 0
        self.mean = mean
        components = directions[0..<kept]
        explainedVariance = Tensor(explained[..<kept].map { Float($0) })
        explainedVarianceRatio = Tensor(explained[..<kept].map { Float($0 / total) })
        singularValues = Tensor(lengths[..<kept].map { Float($0) })
    }

    private func checkedSolver(for shape: [Int]) throws -> Solver {
        let (rowCount, featureCount, least) = (shape[0], shape[1], shape.min()!)
        func refuse(_ problem: String, _ remedy: String) -> HornetError {
            HornetError(.configuration, at: "PCA.fit", "\(problem), of documents of the shape \(shape)", remedy: remedy)
        }
        guard rowCount > 1 else { throw refuse("there is no variance", "Give two documents or more") }
        var solver = solver
        if solver == .auto {
            if featureCount <= 1000 && rowCount >= 10 * featureCount {
                solver = .covarianceEigh
            } else if case .count(let count) = nComponents, shape.max()! > 500, Double(count) < 0.8 * Double(least) {
                solver = .randomized
            } else {
                solver = .full
            }
        }
        switch nComponents {
        case .all:
            guard solver != .randomized else {
                throw refuse("the randomized solver was asked for all components", "Name their number")
            }
        case .count(let count):
            guard count > 0, count <= least else {
                throw refuse("\(count) components", "Ask for at least 1 and for no more than documents and features")
            }
        case .variance(let share):
            guard share > 0, share < 1, solver != .randomized else {
                throw refuse(
                    "components for \(share) of the variance", "Give a share between 0 and 1, and another solver than randomized")
            }
        }
        return solver
    }

    /// How many of the directions are kept.
    private func wanted(_ explained: [Double], of total: Double) -> Int {
        switch nComponents {
        case .all: return explained.count
        case .count(let count): return count
        case .variance(let share):
            var sum = 0.0
            let before = explained.prefix { variance in
                sum += variance / total
                return sum <= Double(share)
            }
            return Swift.min(before.count + 1, explained.count)
        }
    }

    /// ``fit(_:)``, and the documents along the directions: `[documents, components]`.
    public mutating func fitTransform(_ x: Tensor) throws -> Tensor {
        try fit(x)
        return try transform(x)
    }

    /// Documents along the directions: `(x − mean) · componentsᵀ`, each divided by its deviation where ``whiten``. Throws
    /// before fitting and for another number of features.
    public func transform(_ x: Tensor) throws -> Tensor {
        let components = try components.fitting(x.shape, axis: 1, at: "PCA.transform")
        let product = (x - mean!).matmul(components, transposeRight: true)
        return whiten ? product / deviations : product
    }

    /// Back to features. Throws before fitting and for another number of components.
    public func inverseTransform(_ x: Tensor) throws -> Tensor {
        let components = try components.fitting(x.shape, axis: 0, at: "PCA.inverseTransform")
        return (whiten ? x * deviations : x).matmul(components) + mean!
    }

    /// Along each direction; rounding's where there is none.
    private var deviations: Tensor { explainedVariance!.sqrt().clipped(Float.ulpOfOne, .infinity) }
}
