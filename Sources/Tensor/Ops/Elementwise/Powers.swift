import CHornetKernels

/// Powers, and what division leaves.
extension Tensor {
    /// `selfᵇ`, elementwise with one exponent: C's `pow`, as in NumPy. A negative base with an exponent that is not whole
    /// gives NaN; anything to the power of 0 is 1.
    public func pow(_ exponent: Float) -> Tensor {
        switch exponent {
        case 0: Tensor.full(shape, 1)
        case 1: self
        case 2: squared()
        case 0.5: sqrt()
        case -1: reciprocal()
        default: Tensor.combined(HORNET_POWER, self, exponent)
        }
    }

    /// `selfᵇ`, elementwise, broadcasting; see ``pow(_:)-(Float)``.
    @_disfavoredOverload
    public func pow(_ exponent: Tensor) -> Tensor { Tensor.combined(HORNET_POWER, "pow", self, exponent) }

    /// `a − b·⌊a / b⌋`, elementwise, broadcasting: NumPy's and Python's `%`, whose result has the sign of `b`. NaN where b
    /// is 0.
    public static func remainder(_ a: Tensor, _ b: Tensor) -> Tensor { combined(HORNET_REMAINDER, "remainder", a, b) }

    /// `⌊a / b⌋`, elementwise, broadcasting: NumPy's and Python's `//`.
    public static func floorDivision(_ a: Tensor, _ b: Tensor) -> Tensor {
        combined(HORNET_FLOOR_DIVIDE, "floorDivision", a, b)
    }

    /// `√(a² + b²)`, elementwise, broadcasting, without overflow on the way.
    public static func hypot(_ a: Tensor, _ b: Tensor) -> Tensor { combined(HORNET_HYPOT, "hypot", a, b) }

    /// The angle of the point `(x, y)` within [−π, π], elementwise, broadcasting.
    public static func atan2(_ y: Tensor, _ x: Tensor) -> Tensor { combined(HORNET_ATAN2, "atan2", y, x) }
}

extension Value {
    /// ``Tensor/pow(_:)-(Float)``, with its gradient `b·xᵇ⁻¹`, which is 0 for b = 0.
    public func pow(_ exponent: Float) -> Value {
        let x = tensor
        return Value.recorded(x.pow(exponent), from: [self]) { dy, dx in
            dx.add(exponent == 0 ? Tensor.zeros(x.shape) : dy * (x.pow(exponent - 1) * exponent), to: 0)
        }
    }

    /// ``Tensor/pow(_:)-(Tensor)``, with its gradients `b·aᵇ⁻¹` and `aᵇ·log a`. As in TensorFlow the second is 0 where
    /// a <= 0.
    @_disfavoredOverload
    public func pow(_ exponent: Value) -> Value {
        let (a, b) = (tensor, exponent.tensor)
        let y = a.pow(b)
        return Value.recorded(y, from: [self, exponent]) { dy, dx in
            dx.add((dy * b * a.pow(b - 1)).summed(to: a.shape), to: 0)
            dx.add((dy * y * Tensor.where(a .> 0, a, 1).log()).summed(to: b.shape), to: 1)
        }
    }

    /// ``Tensor/remainder(_:_:)``, with its gradients 1 and −⌊a / b⌋ (between the jumps).
    public static func remainder(_ a: Value, _ b: Value) -> Value {
        let (x, y) = (a.tensor, b.tensor)
        return recorded(Tensor.remainder(x, y), from: [a, b]) { dy, dx in
            dx.add(dy.summed(to: x.shape), to: 0)
            dx.add((-dy * Tensor.floorDivision(x, y)).summed(to: y.shape), to: 1)
        }
    }

    /// ``Tensor/hypot(_:_:)``, with its gradients `a / y` and `b / y`; NaN at the origin.
    public static func hypot(_ a: Value, _ b: Value) -> Value {
        let (x, z) = (a.tensor, b.tensor)
        let y = Tensor.hypot(x, z)
        return recorded(y, from: [a, b]) { dy, dx in
            dx.add((dy * x / y).summed(to: x.shape), to: 0)
            dx.add((dy * z / y).summed(to: z.shape), to: 1)
        }
    }

    /// ``Tensor/atan2(_:_:)``, with its gradients `x / (x² + y²)` and `−y / (x² + y²)`.
    public static func atan2(_ y: Value, _ x: Value) -> Value {
        let (height, width) = (y.tensor, x.tensor)
        return recorded(Tensor.atan2(height, width), from: [y, x]) { dy, dx in
            let scaled = dy / (height.squared() + width.squared())
            dx.add((scaled * width).summed(to: height.shape), to: 0)
            dx.add((-scaled * height).summed(to: width.shape), to: 1)
        }
    }
}
