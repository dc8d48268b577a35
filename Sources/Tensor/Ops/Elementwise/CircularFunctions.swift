import CHornetKernels

/// Circular and hyperbolic functions and their inverses, in radians: on tensors, and on values with their gradients. Outside
/// its domain a function is NaN.
extension Tensor {
    public func sin() -> Tensor { mappedElements(hornet_sin) }
    public func cos() -> Tensor { mappedElements(hornet_cos) }
    public func tan() -> Tensor { mappedElements(hornet_tan) }
    /// The angle within [−π/2, π/2] whose sine is x.
    public func asin() -> Tensor { mappedElements(hornet_asin) }
    /// The angle within [0, π] whose cosine is x.
    public func acos() -> Tensor { mappedElements(hornet_acos) }
    /// The angle within [−π/2, π/2] whose tangent is x.
    public func atan() -> Tensor { mappedElements(hornet_atan) }
    /// (eˣ − e⁻ˣ) / 2
    public func sinh() -> Tensor { mappedElements(hornet_sinh) }
    /// (eˣ + e⁻ˣ) / 2
    public func cosh() -> Tensor { mappedElements(hornet_cosh) }
    /// log(x + √(x² + 1))
    public func asinh() -> Tensor { mappedElements(hornet_asinh) }
    /// log(x + √(x² − 1)), for x >= 1.
    public func acosh() -> Tensor { mappedElements(hornet_acosh) }
    /// log((1 + x) / (1 − x)) / 2
    public func atanh() -> Tensor { mappedElements(hornet_atanh) }
}

extension Value {
    public func sin() -> Value { recorded({ $0.sin() }, slope: { $0.cos() }) }
    public func cos() -> Value { recorded({ $0.cos() }, slope: { -$0.sin() }) }
    public func tan() -> Value { recorded({ $0.tan() }, slope: { $0.cos().squared().reciprocal() }) }
    public func asin() -> Value { recorded({ $0.asin() }, slope: { (1 - $0.squared()).rsqrt() }) }
    public func acos() -> Value { recorded({ $0.acos() }, slope: { -(1 - $0.squared()).rsqrt() }) }
    public func atan() -> Value { recorded({ $0.atan() }, slope: { ($0.squared() + 1).reciprocal() }) }
    public func sinh() -> Value { recorded({ $0.sinh() }, slope: { $0.cosh() }) }
    public func cosh() -> Value { recorded({ $0.cosh() }, slope: { $0.sinh() }) }
    public func asinh() -> Value { recorded({ $0.asinh() }, slope: { ($0.squared() + 1).rsqrt() }) }
    public func acosh() -> Value { recorded({ $0.acosh() }, slope: { ($0.squared() - 1).rsqrt() }) }
    public func atanh() -> Value { recorded({ $0.atanh() }, slope: { (1 - $0.squared()).reciprocal() }) }

    /// A function of each element, with its derivative at `x`.
    private func recorded(_ function: (Tensor) -> Tensor, slope: @escaping (Tensor) -> Tensor) -> Value {
        let x = tensor
        return Value.recorded(function(x), from: [self]) { dy, dx in dx.add(dy * slope(x), to: 0) }
    }
}
