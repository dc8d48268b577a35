import HornetTensor

/// What keeps the vectors of a power iteration apart, which would all turn to the largest singular vector.
public enum PowerNormalizer: Sendable {
    /// Nothing for up to two iterations; else the triangle of the vectors' products with each other where that is exact
    /// enough, and QR where it is not. scikit-learn's takes LU for these, with the same space as the result.
    case auto
    /// QR each time.
    case qr
    /// Nothing.
    case none

    func normalized(_ vectors: Tensor, iterations: Int) throws -> Tensor {
        switch self {
        case .none: vectors
        case .qr: try vectors.qr().q
        case .auto: try iterations <= 2 ? vectors : PowerNormalizer.byTriangle(vectors) ?? vectors.qr().q
        }
    }

    /// `vectors · r⁻¹` with `rᵀ·r = vectorsᵀ·vectors`, or nil where rounding would show.
    private static func byTriangle(_ vectors: Tensor) -> Tensor? {
        guard let triangle = try? vectors.matmul(vectors, transposeLeft: true).cholesky(upper: true) else { return nil }
        let diagonal = (0..<triangle.shape[0]).map { triangle[$0, $0] }
        guard let least = diagonal.min(), let most = diagonal.max(), least > 0.01 * most else { return nil }
        return triangle.triangleSolve(vectors, upper: true, onRight: true)
    }
}
