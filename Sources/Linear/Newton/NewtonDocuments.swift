import CHornetKernels
import HornetTensor

/// Documents `[documents, features]`, sparse or dense, and their products with ``Lanes``.
enum NewtonDocuments: Sendable {
    /// The documents, by feature, and the squares by feature.
    case sparse(rows: SparseMatrix, columns: SparseMatrix, squares: SparseMatrix)
    case dense(rows: Tensor, squares: Tensor)

    init(_ x: SparseMatrix) {
        let columns = x.transposed()
        let count = columns.storedCount
        let squares = columns.withValues { old, new in hornet_multiply(old, old, new, count) }
        self = .sparse(rows: x, columns: columns, squares: squares)
    }

    init(_ x: Tensor) { self = .dense(rows: x, squares: x.squared()) }

    var rowCount: Int { shape[0] }
    var featureCount: Int { shape[1] }
    private var shape: [Int] {
        switch self {
        case .sparse(let rows, _, _): rows.shape
        case .dense(let rows, _): rows.shape
        }
    }

    /// `y [documents] = x · b [features]`
    func multiply(_ b: Lanes, into y: Lanes) {
        switch self {
        case .sparse(let rows, _, _): multiply(rows, b, y)
        case .dense(let rows, _):
            let (m, k, n) = (rowCount, featureCount, Lanes.width)
            rows.read { hornet_gemm($0, k, 1, b.floats, n, y.floats, n, m, n, k, 0) }
        }
    }

    /// `y [features] = xᵀ · b [documents]`, or with the squares of `x`.
    func multiplyTransposed(_ b: Lanes, into y: Lanes, squared: Bool = false) {
        switch self {
        case .sparse(_, let columns, let squares): multiply(squared ? squares : columns, b, y)
        case .dense(let rows, let squares):
            let (k, m, n) = (rowCount, featureCount, Lanes.width)
            (squared ? squares : rows).read { hornet_gemm($0, 1, m, b.floats, n, y.floats, n, m, n, k, 0) }
        }
    }

    private func multiply(_ matrix: SparseMatrix, _ b: Lanes, _ y: Lanes) {
        matrix.read { starts, columns, values in
            hornet_sparse_matmul(starts, columns, values, b.floats, y.floats, matrix.rowCount, Lanes.width)
        }
    }
}
