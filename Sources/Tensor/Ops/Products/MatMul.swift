import HornetSupport

extension Tensor {
    /// The matrix product `op(self) · op(other)`; `op` transposes the last two axes where its flag says so.
    ///
    /// Shapes, without flags: `[m, k] · [k, n] → [m, n]`. Further leading axes hold one matrix each and broadcast:
    /// `[a, 1, m, k] · [b, k, n] → [a, b, m, n]`. A vector on the left is a row, on the right a column, and its axis is gone
    /// in the result: `[m, k] · [k] → [m]`, `[k] · [k] → []`. Traps on scalars, and when the inner sizes or the leading axes
    /// do not fit. NumPy's `matmul`.
    public func matmul(_ other: Tensor, transposeLeft: Bool = false, transposeRight: Bool = false) -> Tensor {
        if rank == 2 && other.rank == 2 {
            let product = MatrixProduct(shape, other.shape, transposeLeft, transposeRight)
            return Tensor([product.m, product.n]) { c in reading(self, other) { product.run($0, $1, c) } }
        }
        require(rank > 0 && other.rank > 0, "matmul", "\(shape) · \(other.shape): a scalar is no matrix")
        if rank == 1 || other.rank == 1 {
            let product = asRow.matmul(
                other.asColumn, transposeLeft: transposeLeft && rank > 1, transposeRight: transposeRight && other.rank > 1)
            return product.reshaped(Tensor.productShape(product.shape, shape, other.shape))
        }
        if other.rank == 2 && !transposeLeft {
            // All matrices are rows of one.
            let product = asMatrix.matmul(other, transposeRight: transposeRight)
            return product.reshaped(shape.dropLast() + [product.shape[1]])
        }
        return batchedProduct(other, transposeLeft, transposeRight)
    }

    /// A vector as a matrix of one row.
    fileprivate var asRow: Tensor { rank == 1 ? reshaped([1, count]) : self }
    /// A vector as a matrix of one column.
    fileprivate var asColumn: Tensor { rank == 1 ? reshaped([count, 1]) : self }

    /// The shape of a product without the axes that stand for vectors.
    fileprivate static func productShape(_ product: [Int], _ left: [Int], _ right: [Int]) -> [Int] {
        var result = product
        if right.count == 1 { result.removeLast() }
        if left.count == 1 { result.remove(at: product.count - 2) }
        return result
    }

    private func batchedProduct(_ other: Tensor, _ transposeLeft: Bool, _ transposeRight: Bool) -> Tensor {
        let (own, others) = (Array(shape.dropLast(2)), Array(other.shape.dropLast(2)))
        let product = MatrixProduct(shape, other.shape, transposeLeft, transposeRight)
        guard let leading = Tensor.broadcastShape(own, others) else {
            trap("matmul", "the leading axes of \(shape) and \(other.shape) do not broadcast")
        }
        let left = Tensor.matrixNumbers(own, in: leading).map { $0 * product.m * product.k }
        let right = Tensor.matrixNumbers(others, in: leading).map { $0 * product.k * product.n }
        return Tensor(leading + [product.m, product.n]) { c in
            reading(self, other) { a, b in
                let step = product.m * product.n
                guard product.isSmall else {
                    for i in left.indices { product.run(a + left[i], b + right[i], c + i * step) }
                    return
                }
                // Pieces of some 5 microseconds; threads that sleep take longer to wake than less work takes.
                let size = Swift.max(1, (1 << 18) / Swift.max(product.work, 64))
                Parallel.forEachRange(of: left.count, by: size) { range in
                    for i in range { product.runSmall(a + left[i], b + right[i], c + i * step) }
                }
            }
        }
    }

    /// Which matrix of leading axes `own` belongs to each place of the axes `leading` that it broadcasts to.
    private static func matrixNumbers(_ own: [Int], in leading: [Int]) -> [Int] {
        var numbers = [0]
        let missing = leading.count - own.count
        let strides = StridedView.rowMajor(own)
        for axis in leading.indices {
            let size = axis < missing ? 1 : own[axis - missing]
            let stride = size == 1 ? 0 : strides[axis - missing]
            numbers = numbers.flatMap { first in (0..<leading[axis]).map { first + $0 * stride } }
        }
        return numbers
    }

    /// All leading axes folded into one: `[rows, last]`.
    package var asMatrix: Tensor { reshaped([shape.dropLast().reduce(1, *), shape.last!]) }
}

extension Value {
    /// ``Tensor/matmul(_:transposeLeft:transposeRight:)``, with its gradient. A sparse side, which takes no flags, stays
    /// sparse and gets none.
    public func matmul(_ other: Value, transposeLeft: Bool = false, transposeRight: Bool = false) -> Value {
        if case .sparse(let matrix) = content {
            require(!transposeLeft && !transposeRight, "matmul", "a sparse side takes no flags")
            return matrix.matmul(other)
        }
        if case .sparse(let matrix) = other.content {
            require(!transposeLeft && !transposeRight, "matmul", "a sparse side takes no flags")
            return matmul(matrix)
        }
        let (left, right) = (tensor, other.tensor)
        let y = left.matmul(right, transposeLeft: transposeLeft, transposeRight: transposeRight)
        return Value.recorded(y, from: [self, other]) { dy, dx in
            let (a, b) = (left.asRow, right.asColumn)
            let (flipA, flipB) = (transposeLeft && left.rank > 1, transposeRight && right.rank > 1)
            var shape = dy.shape
            if left.rank == 1 { shape.insert(1, at: right.rank == 1 ? shape.count : shape.count - 1) }
            if right.rank == 1 { shape.append(1) }
            let dy = dy.reshaped(shape)
            if b.rank == 2 && !flipA {
                // One product, whatever the leading axes.
                let (rows, dRows) = (a.asMatrix, dy.asMatrix)
                dx.add(dRows.matmul(b, transposeRight: !flipB).reshaped(left.shape), to: 0)
                dx.add(
                    (flipB ? dRows.matmul(rows, transposeLeft: true) : rows.matmul(dRows, transposeLeft: true))
                        .reshaped(right.shape), to: 1)
                return
            }
            func da() -> Tensor {
                flipA
                    ? b.matmul(dy, transposeLeft: flipB, transposeRight: true) : dy.matmul(b, transposeRight: !flipB)
            }
            func db() -> Tensor {
                flipB
                    ? dy.matmul(a, transposeLeft: true, transposeRight: flipA) : a.matmul(dy, transposeLeft: !flipA)
            }
            dx.add(da().summed(to: a.shape).reshaped(left.shape), to: 0)
            dx.add(db().summed(to: b.shape).reshaped(right.shape), to: 1)
        }
    }
}
