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

    /// The mean over time; with a mask `[batch, time]`, over the steps where it is not 0, whatever the others hold
    /// (0/0 is NaN when there is none, as in Keras).
    public func averagePooledOverTime(mask: Tensor? = nil) -> Value {
        guard let mask else { return mean(axes: [1]) }
        let x = tensor
        require(
            x.rank == 3 && mask.shape == Array(x.shape[..<2]), "averagePooledOverTime",
            "[batch, time, width] with a mask [batch, time] is needed, not \(x.shape) with \(mask.shape)")
        let (time, width) = (x.shape[1], x.shape[2])
        let isReal = mask.scalars.map { $0 != 0 }
        let steps = isReal.indices.filter { isReal[$0] }
        var counts = [Float](repeating: 0, count: x.shape[0])
        for step in steps { counts[step / time] += 1 }
        var y = Tensor.zeros([x.shape[0], width])
        x.read { x in
            y.write { y in
                for step in steps { hornet_axpy(1, x + step * width, y + step / time * width, width) }
                for (b, count) in counts.enumerated() {
                    hornet_affine(y + b * width, 1 / count, 0, y + b * width, width)
                }
            }
        }
        return Value.recorded(y, from: [self]) { dy, dx in
            var gradient = Tensor.zeros(x.shape)
            dy.read { dy in
                gradient.write { gradient in
                    for step in steps {
                        let b = step / time
                        hornet_affine(dy + b * width, 1 / counts[b], 0, gradient + step * width, width)
                    }
                }
            }
            dx.add(gradient, to: 0)
        }
    }
}
