import CHornetKernels
import HornetSupport

/// Pooling over the time axis: `[batch, time, width] → [batch, width]`.
extension Value {
    /// The maximum over time; the gradient goes to the first step that reaches it. Traps when there are no steps.
    public func maxPooledOverTime() -> Value {
        let x = tensor
        require(x.rank == 3 && x.shape[1] > 0, "maxPooledOverTime", "[batch, time, width] is needed, not \(x.shape)")
        let (batch, time, width) = (x.shape[0], x.shape[1], x.shape[2])
        var y = Tensor(uninitialized: [batch, width])
        var winner = Indices(uninitialized: [batch, width])
        x.read { x in
            y.write { y in winner.write { hornet_max_pool(x, y, $0, batch, time, width) } }
        }
        let won = winner
        return Value.recorded(y, from: [self]) { dy, dx in
            var gradient = Tensor(uninitialized: x.shape)
            gradient.write { gradient in
                dy.read { dy in
                    won.read { hornet_max_pool_backward(dy, $0, gradient, batch, time, width) }
                }
            }
            dx.add(gradient, to: 0)
        }
    }

    /// The mean over time; with a mask `[batch, time]`, over the steps where it is 1 (0/0 is NaN, as in Keras).
    public func averagePooledOverTime(mask: Tensor? = nil) -> Value {
        guard let mask else { return mean(axes: [1]) }
        let weights = Value(mask.reshaped(mask.shape + [1]))
        return (self * weights).sum(axes: [1]) / Value(mask.sum(axes: [1], keepingAxes: true))
    }
}
