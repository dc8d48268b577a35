import CHornetKernels
import HornetSupport

/// Mean and variance of each channel, `[channels]` both.
package struct Moments {
    package let mean, variance: Tensor
    /// What the batch they are of counts: its rows, or those that its mask leaves; `nil` where they come from elsewhere
    /// and no gradient goes through them.
    fileprivate let counted: (count: Float, mask: Tensor?)?

    package init(mean: Tensor, variance: Tensor) {
        (self.mean, self.variance, counted) = (mean, variance, nil)
    }

    /// The moments of `x` over all axes but the last; with a mask (one number for each row), over the rows where it is
    /// not 0. The variance is the biased one. Where no row counts, both are 0, as in Keras.
    package init(of x: Tensor, mask: Tensor?) {
        let matrix = x.asMatrix
        let (rows, channels) = (matrix.shape[0], matrix.shape[1])
        require(mask == nil || mask!.count == rows, "moments", "a mask of \(mask?.shape ?? []) for \(x.shape)")
        let blocks = RowBlocks(rows: rows, width: channels)
        let counts = mask.map { mask in Float(mask.read { mask in (0..<rows).count { mask[$0] != 0 } }) } ?? Float(rows)
        // Keras adds 1e-7 where there is a mask.
        let divisor = mask == nil ? counts : counts + 1e-7
        let moments = Moments.averages(blocks, matrix, mask, divisor) { row, sum, _ in
            hornet_add(sum, row, sum, channels)
        }
        mean = moments
        variance = moments.read { mean in
            Moments.averages(blocks, matrix, mask, divisor) { row, sum, scratch in
                hornet_subtract(row, mean, scratch, channels)
                hornet_multiply_add(scratch, scratch, sum, channels)
            }
        }
        counted = (divisor, mask)
    }

    private static func averages(
        _ blocks: RowBlocks, _ x: Tensor, _ mask: Tensor?, _ divisor: Float,
        _ add: (UnsafePointer<Float>, _ sum: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>) -> Void
    ) -> Tensor {
        x.read { x in
            var sums = blocks.summed(1) { rows, sum, scratch in
                for row in rows where mask.counts(row) { add(x + row * blocks.width, sum, scratch) }
            }
            sums.write { hornet_affine($0, 1 / divisor, 0, $0, blocks.width) }
            return sums.reshaped([blocks.width])
        }
    }
}

extension Tensor? {
    /// Whether a mask, if there is one, lets a row count.
    fileprivate func counts(_ row: Int) -> Bool { self?.array.start[row] != 0 }
}

extension Value {
    /// `(x − mean) / √(variance + epsilon) · gamma + beta`, channel by channel along the last axis. Where the moments are
    /// those of the input itself, the gradient goes through them, too.
    package func batchNormalized(_ moments: Moments, gamma: Value?, beta: Value?, epsilon: Float) -> Value {
        let x = tensor
        let channels = x.shape.last!
        require(
            moments.mean.shape == [channels] && [gamma, beta].allSatisfy { $0 == nil || $0!.shape == [channels] },
            "batchNormalized", "\(x.shape) with moments of shape \(moments.mean.shape)")
        let blocks = RowBlocks(rows: x.shape.dropLast().reduce(1, *), width: channels)
        let inverse = Tensor.ones([channels]) / (moments.variance + Tensor(epsilon)).sqrt()
        let scale = gamma.map { inverse * $0.tensor } ?? inverse
        var shift = moments.mean * scale
        shift = beta.map { $0.tensor - shift } ?? -shift
        let y = Tensor(x.shape) { y in
            reading(x, scale, shift) { x, scale, shift in
                blocks.forEach { _, rows, _ in
                    for row in rows {
                        let (from, to) = (x + row * channels, y + row * channels)
                        hornet_multiply(from, scale, to, channels)
                        hornet_add(to, shift, to, channels)
                    }
                }
            }
        }
        let inputs = [self] + [gamma, beta].compactMap(\.self)
        return Value.recorded(y, from: inputs) { dy, dx in
            // Σ dy and Σ dy·(x − mean).
            let sums = reading(x, dy, moments.mean) { x, dy, mean in
                blocks.summed(2) { rows, sum, scratch in
                    for row in rows {
                        hornet_add(sum, dy + row * channels, sum, channels)
                        hornet_subtract(x + row * channels, mean, scratch, channels)
                        hornet_multiply_add(scratch, dy + row * channels, sum + channels, channels)
                    }
                }
            }
            let (total, moved) = (sums[0..<1].reshaped([channels]), sums[1..<2].reshaped([channels]))
            dx.add(moments.inputGradient(dy, x, scale, inverse, total, moved, blocks), to: 0)
            if gamma != nil { dx.add(moved * inverse, to: 1) }
            if beta != nil { dx.add(total, to: gamma == nil ? 1 : 2) }
        }
    }
}

extension Moments {
    /// `dx = scale·dy`, and for rows that had a say in the moments, of which there are n, less
    /// `scale / n · (Σ dy + (x − mean) / (variance + epsilon) · Σ dy·(x − mean))`.
    fileprivate func inputGradient(
        _ dy: Tensor, _ x: Tensor, _ scale: Tensor, _ inverse: Tensor, _ total: Tensor, _ moved: Tensor, _ blocks: RowBlocks
    ) -> Tensor {
        let channels = blocks.width
        let share = scale * Tensor(-1 / (counted?.count ?? 1))
        let (constant, slope) = (share * total, share * inverse * inverse * moved)
        return Tensor(x.shape) { dx in
            reading(dy, x, mean, scale, constant, slope) { dy, x, mean, scale, constant, slope in
                blocks.forEach { _, rows, scratch in
                    for row in rows {
                        let to = dx + row * channels
                        hornet_multiply(dy + row * channels, scale, to, channels)
                        guard let counted, counted.mask.counts(row) else { continue }
                        hornet_subtract(x + row * channels, mean, scratch, channels)
                        hornet_multiply_add(scratch, slope, to, channels)
                        hornet_add(to, constant, to, channels)
                    }
                }
            }
        }
    }
}
