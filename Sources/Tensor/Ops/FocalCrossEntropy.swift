import CHornetKernels
import HornetSupport

/// What makes one binary cross-entropy of logits differ from another. The defaults are the plain one.
///
/// With `x = z + bias`, `p = σ(x)`, `q = max(σ(negativeScale·x) − margin, 0)` and the smoothed target `t`:
/// `(−t·positiveWeights·log p − (1 − t)/negativeScale·log(1 − q)) · (t·(1 − p) + (1 − t)·q)^γ`
/// with `γ = t·gammaPositive + (1 − t)·gammaNegative`.
package struct FocalForm: Sendable {
    /// Draws targets towards a half: `t = y·(1 − smoothing) + smoothing/2`.
    package var smoothing: Float = 0
    package var gammaPositive: Float = 0
    package var gammaNegative: Float = 0
    /// Probabilities below it cost an absent label nothing.
    package var margin: Float = 0
    package var negativeScale: Float = 1
    /// Whether the power is a constant to the gradient.
    package var holdsFocus = false
    /// `[labels]`
    package var positiveWeights: Tensor?
    /// `[labels]`
    package var bias: Tensor?

    package init() {}

    fileprivate var options: hornet_focal_options {
        hornet_focal_options(
            smoothing: smoothing, gamma_positive: gammaPositive, gamma_negative: gammaNegative, margin: margin,
            negative_scale: negativeScale, holds_focus: holdsFocus ? 1 : 0)
    }
}

extension Value {
    /// The binary cross-entropy that `form` describes, of each logit on its own: shape of the logits, `[…, labels]`.
    ///
    /// Differentiable in the logits only; exact for any finite logit.
    package static func focalCrossEntropy(logits: Value, targets: Tensor, form: FocalForm) -> Value {
        let z = logits.tensor
        let columns = z.shape.last ?? 1
        require(
            z.shape == targets.shape
                && [form.positiveWeights, form.bias].allSatisfy { ($0?.count ?? columns) == columns },
            "focalCrossEntropy", "the targets have the shape \(targets.shape), the predictions \(z.shape)")
        var loss = Tensor(uninitialized: z.shape)
        // Made on the way: all that it is made from is at hand.
        var slope = Tensor(uninitialized: z.shape)
        var options = form.options
        reading(z, targets) { z, y in
            withPointer(form.positiveWeights) { weights in
                withPointer(form.bias) { bias in
                    loss.write { loss in
                        slope.write { slope in
                            hornet_focal_with_logits(
                                z, y, weights, bias, &options, loss, slope, columns == 0 ? 0 : targets.count / columns,
                                columns)
                        }
                    }
                }
            }
        }
        return recorded(loss, from: [logits]) { [slope] dy, dx in dx.add(dy * slope, to: 0) }
    }
}

/// A pointer to the elements of a tensor that may be missing.
private func withPointer<R>(_ tensor: Tensor?, _ body: (UnsafePointer<Float>?) -> R) -> R {
    guard let tensor else { return body(nil) }
    return tensor.read { body($0) }
}
