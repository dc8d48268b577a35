import CHornetKernels

/// Functions of one number, applied to each element: on tensors, and on values with their gradients.
extension Tensor {
    /// eˣ
    public func exp() -> Tensor { mappedElements(hornet_exp) }
    /// eˣ − 1, exact near 0 too.
    public func expm1() -> Tensor { mappedElements(hornet_expm1) }
    /// The natural logarithm; −∞ at 0, NaN below.
    public func log() -> Tensor { mappedElements(hornet_log) }
    /// log(1 + x), exact near 0 too.
    public func log1p() -> Tensor { mappedElements(hornet_log1p) }
    /// The logarithm to base 2.
    public func log2() -> Tensor { mappedElements(hornet_log2) }
    /// The logarithm to base 10.
    public func log10() -> Tensor { mappedElements(hornet_log10) }
    /// √x; NaN below 0.
    public func sqrt() -> Tensor { mappedElements(hornet_sqrt) }
    /// 1 / √x; ∞ at 0.
    public func rsqrt() -> Tensor { mappedElements(hornet_rsqrt) }
    /// ∛x
    public func cbrt() -> Tensor { mappedElements(hornet_cbrt) }
    /// 1 / x
    public func reciprocal() -> Tensor { Float(1) / self }
    /// (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)
    public func tanh() -> Tensor { mappedElements(hornet_tanh) }
    /// 1 / (1 + e⁻ˣ)
    public func sigmoid() -> Tensor { mappedElements(hornet_sigmoid) }
    /// log(1 + eˣ)
    public func softplus() -> Tensor { mappedElements(hornet_softplus) }
    /// The error function, 2/√π · ∫ e^(−t²) dt from 0 to x.
    public func erf() -> Tensor { mappedElements(hornet_erf) }
    /// max(x, 0)
    public func relu() -> Tensor { mappedElements(hornet_relu) }
    /// x²
    public func squared() -> Tensor { self * self }
    /// |x|
    public func abs() -> Tensor { mappedElements(hornet_abs) }
    /// 1 above 0, −1 below, 0 at 0; NaN stays NaN.
    public func sign() -> Tensor { mappedElements(hornet_sign) }
    /// The largest whole number that is not above x.
    public func floor() -> Tensor { mappedElements(hornet_floor) }
    /// The smallest whole number that is not below x.
    public func ceil() -> Tensor { mappedElements(hornet_ceil) }
    /// The nearest whole number; of two, the even one, as in NumPy.
    public func rounded() -> Tensor { mappedElements(hornet_round) }
    /// The whole number next to x on the way to 0.
    public func truncated() -> Tensor { mappedElements(hornet_trunc) }
    /// `x` held within `low ... high`: `min(max(x, low), high)`. NaN stays NaN, and a bound that is NaN makes all NaN, as in
    /// NumPy's `clip`.
    public func clipped(_ low: Float, _ high: Float) -> Tensor {
        if low.isNaN || high.isNaN { return Tensor.full(shape, .nan) }
        return mappedElements { hornet_clip($0, low, high, $1, $2) }
    }
    /// `x` held at `low` or above.
    public func clipped(from low: Float) -> Tensor { clipped(low, .infinity) }
    /// `x` held at `high` or below.
    public func clipped(through high: Float) -> Tensor { clipped(-.infinity, high) }
    /// 1 where x > `threshold`, else 0.
    public func thresholded(above threshold: Float) -> Tensor { self .> threshold }
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

    public func expm1() -> Value {
        let y = tensor.expm1()
        return Value.recorded(y, from: [self]) { dy, dx in dx.add(dy * (y + 1), to: 0) }
    }

    public func log1p() -> Value {
        let x = tensor
        return Value.recorded(x.log1p(), from: [self]) { dy, dx in dx.add(dy / (x + 1), to: 0) }
    }

    public func log2() -> Value {
        let x = tensor
        return Value.recorded(x.log2(), from: [self]) { dy, dx in dx.add(dy / (x * 0.6931472), to: 0) }
    }

    public func log10() -> Value {
        let x = tensor
        return Value.recorded(x.log10(), from: [self]) { dy, dx in dx.add(dy / (x * 2.3025851), to: 0) }
    }

    public func sqrt() -> Value {
        let y = tensor.sqrt()
        return Value.recorded(y, from: [self]) { dy, dx in dx.add(dy / (y * 2), to: 0) }
    }

    public func rsqrt() -> Value {
        let (x, y) = (tensor, tensor.rsqrt())
        return Value.recorded(y, from: [self]) { dy, dx in dx.add(dy * y / (x * -2), to: 0) }
    }

    public func cbrt() -> Value {
        let y = tensor.cbrt()
        return Value.recorded(y, from: [self]) { dy, dx in dx.add(dy / (y.squared() * 3), to: 0) }
    }

    public func reciprocal() -> Value {
        let y = tensor.reciprocal()
        return Value.recorded(y, from: [self]) { dy, dx in dx.add(-dy * y.squared(), to: 0) }
    }

    public func erf() -> Value {
        let x = tensor
        return Value.recorded(x.erf(), from: [self]) { dy, dx in
            // 2/√π · e^(−x²)
            dx.add(dy * (-x.squared()).exp() * 1.1283792, to: 0)
        }
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
        return Value.recorded(x.abs(), from: [self]) { dy, dx in dx.add(dy * x.sign(), to: 0) }
    }

    /// The gradient passes where `x` is within the bounds, ends included, and is 0 elsewhere.
    public func clipped(_ low: Float, _ high: Float) -> Value {
        let x = tensor
        return Value.recorded(x.clipped(low, high), from: [self]) { dy, dx in
            dx.add(dy * ((x .>= low) .& (x .<= high)), to: 0)
        }
    }

    /// ``Tensor/clipped(from:)``; the gradient is that of ``clipped(_:_:)``.
    public func clipped(from low: Float) -> Value { clipped(low, .infinity) }
    /// ``Tensor/clipped(through:)``; the gradient is that of ``clipped(_:_:)``.
    public func clipped(through high: Float) -> Value { clipped(-.infinity, high) }

    /// Whole numbers do not move with `x`: the gradients of these four are 0, as in TensorFlow.
    public func floor() -> Value { constantBetweenJumps { $0.floor() } }
    public func ceil() -> Value { constantBetweenJumps { $0.ceil() } }
    public func rounded() -> Value { constantBetweenJumps { $0.rounded() } }
    public func truncated() -> Value { constantBetweenJumps { $0.truncated() } }
    /// The gradient is 0, as in TensorFlow.
    public func sign() -> Value { constantBetweenJumps { $0.sign() } }

    private func constantBetweenJumps(_ function: (Tensor) -> Tensor) -> Value {
        Value.recorded(function(tensor), from: [self]) { dy, dx in dx.add(Tensor.zeros(dy.shape), to: 0) }
    }
}
