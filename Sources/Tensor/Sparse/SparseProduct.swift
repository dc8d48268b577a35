import CHornetKernels
import HornetSupport

extension SparseMatrix {
    /// The product with a dense matrix: `[m, k] · [k, n] → [m, n]`, or with `transposeLeft` `selfᵀ · other`,
    /// `[k, m]ᵀ · [k, n] → [m, n]`. Its cost follows the stored values. Traps when the inner sizes differ.
    public func matmul(_ other: Tensor, transposeLeft: Bool = false) -> Tensor {
        if transposeLeft { return transposed().matmul(other) }
        require(
            other.rank == 2 && columnCount == other.shape[0], "matmul",
            "sparse \(shape) · \(other.shape) is no matrix product")
        return Tensor([rowCount, other.shape[1]]) { y in
            other.read { SparseProduct(self, width: other.shape[1]).run($0, y) }
        }
    }
}

extension Tensor {
    /// The product with a sparse matrix: `[m, k] · [k, n] → [m, n]`, or with `transposeRight` `self · otherᵀ`,
    /// `[m, k] · [n, k]ᵀ → [m, n]`. Leading axes of `self` are rows more. Traps when the inner sizes differ.
    public func matmul(_ other: SparseMatrix, transposeRight: Bool = false) -> Tensor {
        let right = transposeRight ? other : other.transposed()
        require(
            rank >= 2 && shape.last == right.columnCount, "matmul",
            "\(shape) · sparse \(other.shape)\(transposeRight ? "ᵀ" : "") is no matrix product")
        let product = right.matmul(asMatrix.transposed())
        return product.transposed().reshaped(shape.dropLast() + [right.rowCount])
    }
}

/// Sparse rows times a dense matrix of `width` columns, on pointers, cut by rows for all threads.
struct SparseProduct {
    private let matrix: SparseMatrix
    private let width: Int

    init(_ matrix: SparseMatrix, width: Int) { (self.matrix, self.width) = (matrix, width) }

    /// `y = matrix · b`; then `finish` gets the first of each piece's rows and their number, while they are in the cache.
    func run(
        _ b: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
        finish: (_ first: UnsafeMutablePointer<Float>, _ rows: Int) -> Void = { _, _ in }
    ) {
        // Pieces of some 5 microseconds.
        let work = matrix.storedCount * width
        let size = Swift.max(1, matrix.rowCount << 17 / Swift.max(work, 1))
        matrix.read { starts, columns, values in
            Parallel.forEachRange(of: matrix.rowCount, by: size) { rows in
                let first = y + rows.lowerBound * width
                hornet_sparse_matmul(starts + rows.lowerBound, columns, values, b, first, rows.count, width)
                finish(first, rows.count)
            }
        }
    }
}

extension SparseMatrix {
    /// The product with its gradient towards the dense side.
    func matmul(_ other: Value) -> Value {
        let b = other.tensor
        return Value.recorded(matmul(b), from: [other]) { dy, dx in
            dx.add(matmul(dy, transposeLeft: true), to: 0)
        }
    }
}

extension Value {
    /// A dense value times a sparse matrix, with its gradient towards the dense side.
    func matmul(_ other: SparseMatrix) -> Value {
        let a = tensor
        return Value.recorded(a.matmul(other), from: [self]) { dy, dx in
            dx.add(dy.matmul(other, transposeRight: true), to: 0)
        }
    }
}
