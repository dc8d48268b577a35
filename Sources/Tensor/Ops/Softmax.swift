import CHornetKernels
import HornetSupport

extension Tensor {
    /// `exp(x) / Σ exp(x)` along the last axis.
    public func softmax() -> Tensor {
        require(rank > 0, "softmax", "a scalar has no axis")
        let columns = shape.last!
        return mapped { hornet_softmax($0, $1, columns == 0 ? 0 : $2 / columns, columns) }
    }

    /// `x − log Σ exp(x)` along the last axis, without overflow.
    public func logSoftmax() -> Tensor {
        require(rank > 0, "logSoftmax", "a scalar has no axis")
        let columns = shape.last!
        return mapped { x, y, count in
            for start in stride(from: 0, to: count, by: Swift.max(columns, 1)) {
                let top = hornet_max(x + start, columns)
                hornet_affine(x + start, 1, -top, y + start, columns)
                var total: Float = 0
                withUnsafeTemporaryAllocation(of: Float.self, capacity: columns) { scratch in
                    hornet_exp(y + start, scratch.baseAddress!, columns)
                    total = hornet_sum(scratch.baseAddress!, columns)
                }
                var logTotal: Float = 0
                hornet_log(&total, &logTotal, 1)
                hornet_affine(y + start, 1, -logTotal, y + start, columns)
            }
        }
    }
}

extension Value {
    /// ``Tensor/softmax()``, with its gradient `y·(dy − Σ y·dy)`.
    public func softmax() -> Value {
        let y = tensor.softmax()
        return Value.recorded(y, from: [self]) { dy, dx in
            let columns = y.shape.last!
            dx.add(
                y.mapped(with: dy) {
                    hornet_softmax_backward($0, $1, $2, columns == 0 ? 0 : $3 / columns, columns)
                }, to: 0)
        }
    }

    /// ``Tensor/logSoftmax()``, with its gradient `dy − softmax(x)·Σ dy`.
    public func logSoftmax() -> Value {
        let y = tensor.logSoftmax()
        return Value.recorded(y, from: [self]) { dy, dx in
            dx.add(dy - y.exp() * dy.sum(axes: [-1], keepingAxes: true), to: 0)
        }
    }
}
