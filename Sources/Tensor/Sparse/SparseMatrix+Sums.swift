import HornetSupport

extension SparseMatrix {
    /// What a row's length is.
    public enum Norm: String, Sendable, CaseIterable {
        /// Σ |x|
        case l1
        /// √Σ x²
        case l2
        /// The largest |x|
        case max
    }

    /// The sums over axis 0, one for each column, or over axis 1, one for each row; added in Double.
    public func sum(axis: Int) -> Tensor {
        require(axis == 0 || axis == 1, "sum", "a matrix has no axis \(axis)")
        if axis == 1 { return reducedRows { row in row.reduce(0) { $0 + Double($1) } } }
        var sums = [Double](repeating: 0, count: columnCount)
        let range = storedRange
        read { _, columns, values in
            for k in range { sums[Int(columns[k])] += Double(values[k]) }
        }
        return Tensor(sums.map { Float($0) })
    }

    /// The norm of each row, shape `[rowCount]`; added in Double.
    public func rowNorms(_ norm: Norm = .l2) -> Tensor {
        reducedRows { row in
            switch norm {
            case .l1: row.reduce(0) { $0 + Double($1.magnitude) }
            case .l2: row.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            case .max: row.reduce(0) { Swift.max($0, Double($1.magnitude)) }
            }
        }
    }

    private func reducedRows(_ reduce: (UnsafeBufferPointer<Float>) -> Double) -> Tensor {
        Tensor([rowCount]) { y in
            read { starts, _, values in
                for row in 0..<rowCount {
                    let stored = UnsafeBufferPointer(start: values + starts[row], count: starts[row + 1] - starts[row])
                    y[row] = Float(reduce(stored))
                }
            }
        }
    }

    /// Each row times its factor, of `factors [rowCount]`.
    public func scaledRows(by factors: Tensor) -> SparseMatrix {
        require(factors.shape == [rowCount], "scaledRows", "factors of shape \(factors.shape) for \(rowCount) rows")
        let first = storedRange.lowerBound
        return withValues { old, new in
            reading(factors) { factors in
                read { starts, _, _ in
                    for row in 0..<rowCount {
                        for k in starts[row] - first..<starts[row + 1] - first { new[k] = old[k] * factors[row] }
                    }
                }
            }
        }
    }

    /// Each column times its factor, of `factors [columnCount]`.
    public func scaledColumns(by factors: Tensor) -> SparseMatrix {
        require(factors.shape == [columnCount], "scaledColumns", "factors of shape \(factors.shape) for \(columnCount) columns")
        let range = storedRange
        return withValues { old, new in
            reading(factors) { factors in
                read { _, columns, _ in
                    for k in 0..<range.count { new[k] = old[k] * factors[Int(columns[range.lowerBound + k])] }
                }
            }
        }
    }

    /// Every element times a number.
    public static func * (a: SparseMatrix, b: Float) -> SparseMatrix {
        let count = a.storedCount
        return a.withValues { old, new in
            for k in 0..<count { new[k] = old[k] * b }
        }
    }
}
