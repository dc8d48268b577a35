import CHornetKernels
import HornetSupport

extension Value {
    /// `(x − mean) / √(variance + epsilon) · gamma + beta` with the mean and the biased variance of each row of the last
    /// axis.
    package func layerNormalized(gamma: Value?, beta: Value?, epsilon: Float) -> Value {
        let x = tensor
        let width = x.shape.last!
        require(
            width > 0 && [gamma, beta].allSatisfy { $0 == nil || $0!.shape == [width] }, "layerNormalized",
            "\(x.shape) with weights of shape \((gamma ?? beta)?.shape ?? [])")
        let blocks = RowBlocks(rows: x.shape.dropLast().reduce(1, *), width: width)
        let (normal, inverse) = x.normalizedRows(blocks, epsilon)
        var y = normal
        if let gamma { y = y.rows(blocks, with: gamma.tensor, hornet_multiply) }
        if let beta { y = y.rows(blocks, with: beta.tensor, hornet_add) }
        let (scale, inputs) = (gamma?.tensor, [self] + [gamma, beta].compactMap(\.self))
        return Value.recorded(y, from: inputs) { dy, dx in
            // dx = (g − mean(g) − normal·mean(g·normal)) / √(variance + epsilon) with g = dy·gamma.
            dx.add(
                Tensor(x.shape) { dx in
                    reading(scale.map { dy.rows(blocks, with: $0, hornet_multiply) } ?? dy, normal, inverse) {
                        g, normal, inverse in
                        blocks.forEach { _, rows, _ in
                            for row in rows {
                                let (g, normal, to) = (g + row * width, normal + row * width, dx + row * width)
                                let factor = inverse[row]
                                let (mean, slope) = (
                                    hornet_sum(g, width) / Float(width), hornet_dot(g, normal, width) / Float(width)
                                )
                                hornet_affine(g, factor, -factor * mean, to, width)
                                hornet_axpy(-factor * slope, normal, to, width)
                            }
                        }
                    }
                }, to: 0)
            if gamma != nil {
                dx.add(
                    reading(dy, normal) { dy, normal in
                        blocks.summed(1) { rows, sum, _ in
                            for row in rows { hornet_multiply_add(dy + row * width, normal + row * width, sum, width) }
                        }
                    }.reshaped([width]), to: 1)
            }
            if beta != nil {
                dx.add(
                    dy.read { dy in
                        blocks.summed(1) { rows, sum, _ in
                            hornet_column_sums(dy + rows.lowerBound * width, sum, rows.count, width)
                        }
                    }.reshaped([width]), to: gamma == nil ? 1 : 2)
            }
        }
    }
}

extension Tensor {
    /// Each row with mean 0 and variance 1 but for `epsilon`; and what it was divided by, as a factor, `[rows]`.
    fileprivate func normalizedRows(_ blocks: RowBlocks, _ epsilon: Float) -> (normal: Tensor, inverse: Tensor) {
        let width = blocks.width
        var inverse = Tensor(uninitialized: [blocks.rows])
        let factors = inverse.write { $0 }
        let normal = Tensor(shape) { y in
            read { x in
                blocks.forEach { _, rows, _ in
                    for row in rows {
                        let (from, to) = (x + row * width, y + row * width)
                        hornet_affine(from, 1, -hornet_sum(from, width) / Float(width), to, width)
                        let variance = Float(hornet_sum_of_squares(to, width) / Double(width))
                        factors[row] = 1 / (variance + epsilon).squareRoot()
                        hornet_affine(to, factors[row], 0, to, width)
                    }
                }
            }
        }
        return (normal, inverse)
    }

    /// `kernel(row, weights)` for each row.
    fileprivate func rows(
        _ blocks: RowBlocks, with weights: Tensor,
        _ kernel: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
    ) -> Tensor {
        let width = blocks.width
        return Tensor(shape) { y in
            reading(self, weights) { x, weights in
                blocks.forEach { _, rows, _ in
                    for row in rows { kernel(x + row * width, weights, y + row * width, width) }
                }
            }
        }
    }
}
