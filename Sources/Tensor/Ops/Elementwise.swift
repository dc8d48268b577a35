import CHornetKernels

/// Functions of one number, applied to each element: on tensors, and on values with their gradients.
extension Tensor {
    /// eˣ
    public func exp() -> Tensor { mapped(hornet_exp) }
    /// The natural logarithm.
    public func log() -> Tensor { mapped(hornet_log) }
    /// √x
    public func sqrt() -> Tensor { mapped(hornet_sqrt) }
    /// (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)
    public func tanh() -> Tensor { mapped(hornet_tanh) }
    /// 1 / (1 + e⁻ˣ)
    public func sigmoid() -> Tensor { mapped(hornet_sigmoid) }
    /// log(1 + eˣ)
    public func softplus() -> Tensor { mapped(hornet_softplus) }
    /// max(x, 0)
    public func relu() -> Tensor { mapped(hornet_relu) }
    /// x²
    public func squared() -> Tensor { self * self }
    /// |x|
    public func abs() -> Tensor { mapElements { Swift.abs($0) } }
    /// `x` held within `low ... high`; NaN stays NaN.
    public func clipped(_ low: Float, _ high: Float) -> Tensor {
        mapElements { $0 < low ? low : $0 > high ? high : $0 }
    }
    /// 1 where x > `threshold`, else 0.
    public func thresholded(above threshold: Float) -> Tensor { mapElements { $0 > threshold ? 1 : 0 } }

    /// Any function of one element, without a kernel.
    package func mapElements(_ function: (Float) -> Float) -> Tensor {
        mapped { x, y, count in
            for i in 0..<count { y[i] = function(x[i]) }
        }
    }
}

extension Value {
    public func exp() -> Value {
        let y = tensor.exp()
        return Value.recorded(y, from: [self]) { dy, dx in dx.add(dy * y, to: 0) }
    }

    public func log() -> Value {
        let x = tensor
        return Value.recorded(x.log(), from: [self]) { dy, dx in dx.add(dy / x, to: 0) }
    }

    public func sqrt() -> Value {
        let y = tensor.sqrt()
        return Value.recorded(y, from: [self]) { dy, dx in dx.add(dy / (y * 2), to: 0) }
    }

    public func tanh() -> Value {
        let y = tensor.tanh()
        return Value.recorded(y, from: [self]) { dy, dx in
            dx.add(y.mapped(with: dy, hornet_tanh_backward), to: 0)
        }
    }

    public func sigmoid() -> Value {
        let y = tensor.sigmoid()
        return Value.recorded(y, from: [self]) { dy, dx in
            dx.add(y.mapped(with: dy, hornet_sigmoid_backward), to: 0)
        }
    }

    public func softplus() -> Value {
        let x = tensor
        return Value.recorded(x.softplus(), from: [self]) { dy, dx in dx.add(dy * x.sigmoid(), to: 0) }
    }

    public func relu() -> Value {
        let y = tensor.relu()
        return Value.recorded(y, from: [self]) { dy, dx in
            dx.add(y.mapped(with: dy, hornet_relu_backward), to: 0)
        }
    }

    public func squared() -> Value {
        let x = tensor
        return Value.recorded(x.squared(), from: [self]) { dy, dx in dx.add(dy * x * 2, to: 0) }
    }

    public func abs() -> Value {
        let x = tensor
        return Value.recorded(x.abs(), from: [self]) { dy, dx in
            dx.add(dy * x.mapElements { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }, to: 0)
        }
    }

    /// The gradient passes where `x` is within the bounds, ends included, and is 0 elsewhere.
    public func clipped(_ low: Float, _ high: Float) -> Value {
        let x = tensor
        return Value.recorded(x.clipped(low, high), from: [self]) { dy, dx in
            dx.add(dy * x.mapElements { $0 >= low && $0 <= high ? 1 : 0 }, to: 0)
        }
    }
}
