import HornetSupport

/// Diagonals and triangles of the last two axes. A diagonal begins `offset` columns to the right of the first element, or
/// `−offset` rows below it.
extension Shaped {
    /// The elements of a diagonal: `[…, m, n] → […, length]`. NumPy's `diagonal` (of the last two axes) and `diag`.
    public func diagonal(offset: Int = 0) -> Self { viewed(diagonalView(offset)) }

    func diagonalView(_ offset: Int) -> StridedView {
        require(shape.count >= 2, "diagonal", "a matrix is needed, this has the shape \(shape)")
        var view = StridedView(of: shape)
        let (columns, rows) = (view.sizes.removeLast(), view.sizes.removeLast())
        let (right, down) = (Swift.max(offset, 0), Swift.max(-offset, 0))
        let length = Swift.max(0, Swift.min(rows - down, columns - right))
        view.sizes.append(length)
        view.strides = view.strides.dropLast(2) + [columns + 1]
        view.start = length > 0 ? down * columns + right : 0
        return view
    }
}

extension Tensor {
    /// Matrices with this along a diagonal and 0 elsewhere: `[…, n] → […, n + |offset|, n + |offset|]`. NumPy's `diag`.
    public func diagonalMatrix(offset: Int = 0) -> Tensor {
        require(rank > 0, "diagonalMatrix", "a scalar has no axis")
        let size = shape.last! + Int(offset.magnitude)
        var result = Tensor.zeros(shape.dropLast() + [size, size])
        result.array.write(array, at: result.diagonalView(offset))
        return result
    }

    /// The elements on and below a diagonal, the others 0. NumPy's `tril`.
    public func lowerTriangle(offset: Int = 0) -> Tensor {
        triangle { row, columns in Swift.min(Swift.max(row + offset + 1, 0), columns)..<columns }
    }

    /// The elements on and above a diagonal, the others 0. NumPy's `triu`.
    public func upperTriangle(offset: Int = 0) -> Tensor {
        triangle { row, columns in 0..<Swift.min(Swift.max(row + offset, 0), columns) }
    }

    /// A copy with 0 in the columns that `cleared` says for each row.
    private func triangle(_ cleared: (_ row: Int, _ columns: Int) -> Range<Int>) -> Tensor {
        require(rank >= 2, "triangle", "a matrix is needed, this has the shape \(shape)")
        let (rows, columns) = (shape[rank - 2], shape[rank - 1])
        let count = columns == 0 ? 0 : self.count / columns
        var result = self
        result.write { y in
            for row in 0..<count {
                let range = cleared(row % rows, columns)
                (y + row * columns + range.lowerBound).update(repeating: 0, count: range.count)
            }
        }
        return result
    }
}

extension Value {
    /// ``Tensor/diagonalMatrix(offset:)``, with its gradient.
    public func diagonalMatrix(offset: Int = 0) -> Value {
        Value.recorded(tensor.diagonalMatrix(offset: offset), from: [self]) { dy, dx in
            dx.add(dy.diagonal(offset: offset), to: 0)
        }
    }

    /// ``Tensor/lowerTriangle(offset:)``, with its gradient.
    public func lowerTriangle(offset: Int = 0) -> Value {
        Value.recorded(tensor.lowerTriangle(offset: offset), from: [self]) { dy, dx in
            dx.add(dy.lowerTriangle(offset: offset), to: 0)
        }
    }

    /// ``Tensor/upperTriangle(offset:)``, with its gradient.
    public func upperTriangle(offset: Int = 0) -> Value {
        Value.recorded(tensor.upperTriangle(offset: offset), from: [self]) { dy, dx in
            dx.add(dy.upperTriangle(offset: offset), to: 0)
        }
    }
}
