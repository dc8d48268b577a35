import CHornetKernels

extension Tensor {
    /// 1/(1 − rate) with probability 1 − rate, else 0: the factors of inverted dropout. Zeros when `rate` is 1.
    package static func dropoutFactors(_ shape: [Int], rate: Float, using random: inout RandomSource) -> Tensor {
        let kept: Float = rate < 1 ? 1 / (1 - rate) : 0
        // Two draws from each random number: 32 bits decide.
        let threshold = UInt64((Double(rate) * 0x1p32).rounded())
        let count = shape.reduce(1, *)
        let (state, gamma) = random.skip((count + 1) / 2)
        return Tensor(shape) { hornet_dropout_factors(state, gamma, threshold, kept, $0, count) }
    }
}

extension Value {
    /// Inverted dropout: each element is 0 with probability `rate`, else divided by 1 − rate. `noiseShape` has
    /// size 1 where one draw serves a whole axis (`[batch, 1, channels]` drops channels for all time steps).
    ///
    /// Of sparse rows only stored values are drawn for, and those that are dropped are stored no more.
    public func dropout(rate: Float, noiseShape: [Int]? = nil, using random: inout RandomSource) -> Value {
        if case .sparse(let matrix) = content, noiseShape == nil {
            return Value(matrix.dropout(rate: rate, using: &random)).masked(by: mask)
        }
        let factors = Tensor.dropoutFactors(noiseShape ?? shape, rate: rate, using: &random)
        return (self * Value(factors)).masked(by: mask)
    }
}

extension SparseMatrix {
    fileprivate func dropout(rate: Float, using random: inout RandomSource) -> SparseMatrix {
        let count = storedCount
        let factors = Tensor.dropoutFactors([count], rate: rate, using: &random)
        // Room for all, so that no buffer's size follows the draw.
        return SparseMatrix(rowCount: rowCount, columnCount: columnCount, storedCount: count) { starts, columns, values in
            read { ownStarts, ownColumns, ownValues in
                factors.read { factors in
                    var next = 0
                    for row in 0..<rowCount {
                        for k in ownStarts[row]..<ownStarts[row + 1] where factors[k - ownStarts[0]] != 0 {
                            columns[next] = ownColumns[k]
                            values[next] = ownValues[k] * factors[k - ownStarts[0]]
                            next += 1
                        }
                        starts[row + 1] = next
                    }
                }
            }
        }
    }
}
