import HornetTensor

/// A matrix by its products: what a decomposition needs to know of it.
struct MatrixProducts {
    let (rowCount, columnCount): (Int, Int)
    let times: (Tensor) -> Tensor
    let transposeTimes: (Tensor) -> Tensor

    init(_ x: Tensor) {
        (rowCount, columnCount) = (x.shape[0], x.shape[1])
        times = { x.matmul($0) }
        transposeTimes = { x.matmul($0, transposeLeft: true) }
    }

    init(_ x: SparseMatrix) {
        (rowCount, columnCount) = (x.rowCount, x.columnCount)
        let columns = x.transposed()
        times = { x.matmul($0) }
        transposeTimes = { columns.matmul($0) }
    }

    private init(transposing other: MatrixProducts) {
        (rowCount, columnCount) = (other.columnCount, other.rowCount)
        (times, transposeTimes) = (other.transposeTimes, other.times)
    }

    /// The `count` largest singular values and the right singular vectors that belong to them, as rows, with signs by
    /// ``Tensor/signed()``. By powers of the matrix on `count + oversampling` random vectors
    /// ([Halko, Martinsson and Tropp 2009](https://arxiv.org/abs/0909.4061)).
    func largestSingularValues(
        _ count: Int, oversampling: Int, iterations: Int, normalizer: PowerNormalizer, seed: UInt64
    ) throws -> (values: Tensor, components: Tensor) {
        // The small side takes the random vectors.
        let isWide = rowCount < columnCount
        let matrix = isWide ? MatrixProducts(transposing: self) : self
        let width = Swift.min(count + oversampling, matrix.columnCount)
        var random = RandomSource(seed: seed)
        var vectors = Tensor.uniform([matrix.columnCount, width], low: -1, using: &random)
        for _ in 0..<iterations {
            vectors = try normalizer.normalized(matrix.times(vectors), iterations: iterations)
            vectors = try normalizer.normalized(matrix.transposeTimes(vectors), iterations: iterations)
        }
        let basis = try matrix.times(vectors).qr().q
        // matrixᵀ·basis = u·s·vh, so that matrix ≈ (basis·vhᵀ)·s·uᵀ.
        let factors = try matrix.transposeTimes(basis).svd()
        let components = isWide
            ? factors.vh[0..<count].matmul(basis, transposeRight: true)
            : factors.u.sliced(0..<count, axis: 1).transposed()
        return (factors.s[0..<count], components.signed())
    }
}

extension Tensor {
    /// Rows with their signs such that the element of the largest size is positive, the first of several.
    func signed() -> Tensor {
        let width = shape[1]
        var result = self
        result.write { rows in
            for row in 0..<shape[0] {
                let own = rows + row * width
                var best = 0
                for column in 1..<Swift.max(width, 1) where Swift.abs(own[column]) > Swift.abs(own[best]) { best = column }
                if width > 0, own[best] < 0 {
                    for column in 0..<width { own[column] = -own[column] }
                }
            }
        }
        return result
    }

    /// The mean and the variance (over all rows, not one less) of each column, added in Double.
    func columnMoments() -> (means: [Double], variances: [Double]) {
        let (rowCount, width) = (shape[0], shape[1])
        var means = [Double](repeating: 0, count: width), variances = means
        read { x in
            for row in 0..<rowCount {
                for column in 0..<width { means[column] += Double(x[row * width + column]) }
            }
            for column in 0..<width { means[column] /= Double(rowCount) }
            for row in 0..<rowCount {
                for column in 0..<width {
                    let distance = Double(x[row * width + column]) - means[column]
                    variances[column] += distance * distance
                }
            }
        }
        return (means, variances.map { $0 / Double(rowCount) })
    }
}
