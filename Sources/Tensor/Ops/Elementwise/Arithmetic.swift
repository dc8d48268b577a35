import CHornetKernels

/// `+ − × ÷` on tensors and values, with NumPy's broadcasting, and in place.
extension Tensor {
    /// `scale·x + shift`, elementwise.
    package func affine(scale: Float, shift: Float = 0) -> Tensor {
        mappedElements { hornet_affine($0, scale, shift, $1, $2) }
    }

    public static func + (a: Tensor, b: Tensor) -> Tensor { combined(HORNET_ADD, "+", a, b) }
    public static func - (a: Tensor, b: Tensor) -> Tensor { combined(HORNET_SUBTRACT, "-", a, b) }
    public static func * (a: Tensor, b: Tensor) -> Tensor { combined(HORNET_MULTIPLY, "*", a, b) }
    public static func / (a: Tensor, b: Tensor) -> Tensor { combined(HORNET_DIVIDE, "/", a, b) }

    public static func + (a: Tensor, b: Float) -> Tensor { combined(HORNET_ADD, a, b) }
    public static func - (a: Tensor, b: Float) -> Tensor { combined(HORNET_SUBTRACT, a, b) }
    public static func * (a: Tensor, b: Float) -> Tensor { combined(HORNET_MULTIPLY, a, b) }
    public static func / (a: Tensor, b: Float) -> Tensor { combined(HORNET_DIVIDE, a, b) }
    public static func + (a: Float, b: Tensor) -> Tensor { combined(HORNET_ADD, a, b) }
    public static func - (a: Float, b: Tensor) -> Tensor { combined(HORNET_SUBTRACT, a, b) }
    public static func * (a: Float, b: Tensor) -> Tensor { combined(HORNET_MULTIPLY, a, b) }
    public static func / (a: Float, b: Tensor) -> Tensor { combined(HORNET_DIVIDE, a, b) }
    public static prefix func - (a: Tensor) -> Tensor { combined(HORNET_MULTIPLY, a, -1) }

    // In place: the right side broadcasts to the left one's shape, else the process stops. Disfavoured, so that `x += 1`
    // means a number.
    @_disfavoredOverload
    public static func += (a: inout Tensor, b: Tensor) { a.combine(HORNET_ADD, "+=", with: b) }
    @_disfavoredOverload
    public static func -= (a: inout Tensor, b: Tensor) { a.combine(HORNET_SUBTRACT, "-=", with: b) }
    @_disfavoredOverload
    public static func *= (a: inout Tensor, b: Tensor) { a.combine(HORNET_MULTIPLY, "*=", with: b) }
    @_disfavoredOverload
    public static func /= (a: inout Tensor, b: Tensor) { a.combine(HORNET_DIVIDE, "/=", with: b) }
    public static func += (a: inout Tensor, b: Float) { a.combine(HORNET_ADD, with: b) }
    public static func -= (a: inout Tensor, b: Float) { a.combine(HORNET_SUBTRACT, with: b) }
    public static func *= (a: inout Tensor, b: Float) { a.combine(HORNET_MULTIPLY, with: b) }
    public static func /= (a: inout Tensor, b: Float) { a.combine(HORNET_DIVIDE, with: b) }
}

extension Value {
    public static func + (a: Value, b: Value) -> Value {
        let (aShape, bShape) = (a.shape, b.shape)
        return recorded(a.tensor + b.tensor, from: [a, b]) { dy, dx in
            dx.add(dy.summed(to: aShape), to: 0)
            dx.add(dy.summed(to: bShape), to: 1)
        }
    }

    public static func - (a: Value, b: Value) -> Value {
        let (aShape, bShape) = (a.shape, b.shape)
        return recorded(a.tensor - b.tensor, from: [a, b]) { dy, dx in
            dx.add(dy.summed(to: aShape), to: 0)
            dx.add(-dy.summed(to: bShape), to: 1)
        }
    }

    public static func * (a: Value, b: Value) -> Value {
        let (x, y) = (a.tensor, b.tensor)
        return recorded(x * y, from: [a, b]) { dy, dx in
            dx.add((dy * y).summed(to: x.shape), to: 0)
            dx.add((dy * x).summed(to: y.shape), to: 1)
        }
    }

    public static func / (a: Value, b: Value) -> Value {
        let (x, y) = (a.tensor, b.tensor)
        let quotient = x / y
        return recorded(quotient, from: [a, b]) { dy, dx in
            dx.add((dy / y).summed(to: x.shape), to: 0)
            dx.add((-dy * quotient / y).summed(to: y.shape), to: 1)
        }
    }

    /// `scale·x + shift`, elementwise.
    private func affine(scale: Float, shift: Float) -> Value {
        Value.recorded(tensor.affine(scale: scale, shift: shift), from: [self]) { dy, dx in
            dx.add(dy * scale, to: 0)
        }
    }

    public static func + (a: Value, b: Float) -> Value { a.affine(scale: 1, shift: b) }
    public static func - (a: Value, b: Float) -> Value { a.affine(scale: 1, shift: -b) }
    public static func * (a: Value, b: Float) -> Value { a.affine(scale: b, shift: 0) }
    public static func / (a: Value, b: Float) -> Value { a / Value(Tensor(b)) }
    public static func + (a: Float, b: Value) -> Value { b + a }
    public static func - (a: Float, b: Value) -> Value { b.affine(scale: -1, shift: a) }
    public static func * (a: Float, b: Value) -> Value { b * a }
    public static func / (a: Float, b: Value) -> Value { Value(Tensor(a)) / b }
    public static prefix func - (a: Value) -> Value { a.affine(scale: -1, shift: 0) }
}
