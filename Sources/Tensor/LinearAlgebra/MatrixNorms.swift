import HornetSupport

/// How the size of a matrix is measured.
public enum MatrixNorm: Sendable, CaseIterable {
    /// The root of the sum of all squares.
    case frobenius
    /// The sum of the singular values.
    case nuclear
    /// The largest sum of magnitudes of a column.
    case one
    /// The largest singular value.
    case two
    /// The largest sum of magnitudes of a row.
    case infinity
}

extension Tensor {
    /// The norms of matrices, `[…, m, n] → […]`; 0 where a matrix is empty.
    ///
    /// NaN and infinite elements give such norms; the two norms by singular values throw there, and where there is no
    /// convergence. Throws when there are no two axes. `numpy.linalg.matrix_norm`.
    public func matrixNorm(_ norm: MatrixNorm = .frobenius) throws -> Tensor {
        let stack = try MatrixStack(self, "matrixNorm", isChecked: false)
        switch norm {
        case .frobenius:
            return Tensor(stack.batch) { y in
                let flat = reshaped([stack.count, stack.size])
                for i in 0..<stack.count { y[i] = Float(flat[i..<i + 1].sumOfSquares().squareRoot()) }
            }
        case .one, .infinity:
            return Tensor(stack.batch) { y in
                for i in 0..<stack.count { y[i] = largestSum(stack, i, ofColumns: norm == .one).sum }
            }
        case .nuclear, .two:
            try stack.requireFinite(self)
            let values = try singularValues()
            return Tensor(stack.batch) { y in
                values.read { s in
                    for i in 0..<stack.count {
                        let s = UnsafeBufferPointer(start: s + i * stack.rank, count: stack.rank)
                        y[i] = norm == .two ? s.first ?? 0 : Float(s.reduce(0.0) { $0 + Double($1) })
                    }
                }
            }
        }
    }

    /// The largest sum of magnitudes of a row or column of matrix `index`, and the first that has it; NaN wins.
    fileprivate func largestSum(_ stack: MatrixStack, _ index: Int, ofColumns: Bool) -> (sum: Float, line: Int) {
        var sums = [Double](repeating: 0, count: ofColumns ? stack.columns : stack.rows)
        read { x in
            let x = x + index * stack.size
            for row in 0..<stack.rows {
                for column in 0..<stack.columns {
                    sums[ofColumns ? column : row] += Double(x[row * stack.columns + column].magnitude)
                }
            }
        }
        var (largest, line) = (0.0, 0)
        for (number, sum) in sums.enumerated() where sum > largest || sum.isNaN { (largest, line) = (sum, number) }
        return (Float(largest), line)
    }

    /// The condition numbers ‖self‖·‖self⁻¹‖ of matrices, `[…, n, n] → […]`: about the factor by which ``solve(_:)`` makes
    /// relative errors larger. Infinite where a matrix is singular. By the 2-norm, the largest singular value over the
    /// smallest, matrices `[…, m, n]` need not be square.
    ///
    /// Throws when a matrix is empty, not finite, or not square, or when there is no convergence. `numpy.linalg.cond`.
    public func conditionNumber(_ norm: MatrixNorm = .two) throws -> Tensor {
        let stack = try MatrixStack(self, "conditionNumber")
        guard stack.size > 0 else {
            throw HornetError(
                .shape, at: "conditionNumber", "\(shape) has empty matrices, which have no condition number",
                remedy: "Leave them out.")
        }
        if norm == .two {
            let values = try singularValues().reshaped([stack.count, stack.rank])
            return Tensor(
                (0..<stack.count).map { values[$0, stack.rank - 1] == 0 ? .infinity : values[$0, 0] / values[$0, stack.rank - 1] },
                shape: stack.batch)
        }
        let factors = try PivotedFactors(self, stack, allowsSingular: true)
        var inverse = factors.inverse()
        inverse.write { y in
            for index in 0..<stack.count where factors.isSingular(index) {
                (y + index * stack.size).update(repeating: 0, count: stack.size)
            }
        }
        var result = try matrixNorm(norm) * inverse.matrixNorm(norm)
        result.write { y in
            for index in 0..<stack.count where factors.isSingular(index) || y[index].isNaN { y[index] = .infinity }
        }
        return result
    }

    /// The sums of the main diagonals, `[…, m, n] → […]`. Traps when there are no two axes. `numpy.linalg.trace`.
    public func trace() -> Tensor {
        require(rank >= 2, "trace", "the shape \(shape) has no rows and columns")
        let (rows, columns) = (shape[rank - 2], shape[rank - 1])
        let batch = Array(shape.dropLast(2))
        return Tensor(batch) { y in
            read { x in
                for i in 0..<batch.reduce(1, *) {
                    let x = x + i * rows * columns
                    y[i] = Float((0..<Swift.min(rows, columns)).reduce(0.0) { $0 + Double(x[$1 * (columns + 1)]) })
                }
            }
        }
    }
}

extension Value {
    /// ``Tensor/trace()``, with its gradient, the identity.
    public func trace() -> Value {
        let shape = shape
        return Value.recorded(tensor.trace(), from: [self]) { dy, dx in
            let ones = Tensor.eye(shape[shape.count - 2], columns: shape[shape.count - 1])
            dx.add(ones * dy.reshaped(dy.shape + [1, 1]), to: 0)
        }
    }

    /// ``Tensor/matrixNorm(_:)``, with its gradient: `self/‖self‖` by Frobenius (0 at 0), `u·vh` for the nuclear norm, the first
    /// `u·vh` for the 2-norm, the signs of the first largest row or column for the others.
    public func matrixNorm(_ norm: MatrixNorm = .frobenius) throws -> Value {
        let x = tensor
        switch norm {
        case .nuclear: return try svd().s.sum(axes: [-1])
        case .two:
            let s = try svd().s
            return s.shape.last == 0 ? s.sum(axes: [-1]) : s.sliced(0..<1, axis: -1).reshaped(Array(s.shape.dropLast()))
        case .frobenius:
            let y = try x.matrixNorm()
            return Value.recorded(y, from: [self]) { dy, dx in
                let scales = Tensor(zip(dy.scalars, y.scalars).map { $1 == 0 ? 0 : $0 / $1 }, shape: y.shape + [1, 1])
                dx.add(x * scales, to: 0)
            }
        case .one, .infinity:
            let stack = try MatrixStack(x, "matrixNorm", isChecked: false)
            let largest = (0..<stack.count).map { x.largestSum(stack, $0, ofColumns: norm == .one) }
            let y = Tensor(largest.map(\.sum), shape: stack.batch)
            return Value.recorded(y, from: [self]) { dy, dx in
                var (gradient, matrix) = (Tensor.zeros(x.shape), 0)
                gradient.write { g in
                    reading(x, dy) { x, dy in
                        while matrix < stack.count {
                            let line = largest[matrix].line
                            for i in 0..<(norm == .one ? stack.rows : stack.columns) where stack.size > 0 {
                                let place = norm == .one ? i * stack.columns + line : line * stack.columns + i
                                let at = matrix * stack.size + place
                                g[at] = x[at] > 0 ? dy[matrix] : x[at] < 0 ? -dy[matrix] : 0
                            }
                            matrix += 1
                        }
                    }
                }
                dx.add(gradient, to: 0)
            }
        }
    }
}
