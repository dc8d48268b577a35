import CHornetKernels
import HornetSupport

/// Cross-entropies on logits, each one node with an exact gradient.
extension Value {
    /// Binary cross-entropy of logits `z` against targets `y`, both `[batch, labels]`, one loss a row `[batch]`:
    /// `mean(max(z, 0) − z·t + log1p(exp(−|z|)))` with `t = y·(1 − smoothing) + smoothing/2`.
    ///
    /// Differentiable in the logits only.
    package static func binaryCrossEntropy(logits: Value, targets: Tensor, smoothing: Float) -> Value {
        let z = logits.tensor
        require(
            z.rank >= 2 && z.shape == targets.shape, "binaryCrossEntropy",
            "the targets have the shape \(targets.shape), the predictions \(z.shape)")
        let columns = z.shape.last!
        let rows = z.shape.dropLast().reduce(1, *)
        var loss = Tensor(uninitialized: Array(z.shape.dropLast()))
        z.read { z in
            targets.read { y in
                loss.write { hornet_bce_with_logits(z, y, smoothing, $0, rows, columns) }
            }
        }
        return recorded(loss, from: [logits]) { dy, dx in
            var dz = Tensor(uninitialized: z.shape)
            let scale = dy * (1 / Float(columns))
            z.read { z in
                targets.read { y in
                    scale.read { scale in
                        dz.write { hornet_bce_with_logits_backward(z, y, smoothing, scale, $0, rows, columns) }
                    }
                }
            }
            dx.add(dz, to: 0)
        }
    }
}
