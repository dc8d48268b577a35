import CHornetKernels
import HornetSupport

/// `+ − × ÷` on tensors and values, with NumPy's broadcasting, and in place.
extension Tensor {
    private typealias Kernel = (UnsafePointer<Float>?, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?, Int) -> Void

    private static func elementwise(_ operation: StaticString, _ a: Tensor, _ b: Tensor, _ kernel: Kernel) -> Tensor {
        if a.shape == b.shape { return a.mapped(with: b, kernel) }
        guard let shape = broadcastShape(a.shape, b.shape) else {
            trap(operation, "the shapes \(a.shape) and \(b.shape) do not broadcast")
        }
        return a.broadcast(to: shape).mapped(with: b.broadcast(to: shape), kernel)
    }

    /// `scale·x + shift`, elementwise.
    package func affine(scale: Float, shift: Float = 0) -> Tensor {
        mapped { hornet_affine($0, scale, shift, $1, $2) }
    }

    /// `self[i] = kernel(self[i], other[i])`; `other` broadcasts to this shape.
    private mutating func update(_ operation: StaticString, _ other: Tensor, _ kernel: Kernel) {
        require(
            Tensor.broadcastShape(shape, other.shape) == shape, operation,
            "\(other.shape) does not broadcast to \(shape)")
        let other = other.broadcast(to: shape)
        let count = count
        write { x in other.read { kernel(x, $0, x, count) } }
    }

    // A scalar is not spread out first: in `x * 2` the compiler makes one of the literal.
    public static func + (a: Tensor, b: Tensor) -> Tensor {
        b.rank == 0 ? a + b.scalar : a.rank == 0 ? a.scalar + b : elementwise("+", a, b, hornet_add)
    }
    public static func - (a: Tensor, b: Tensor) -> Tensor {
        b.rank == 0 ? a - b.scalar : a.rank == 0 ? a.scalar - b : elementwise("-", a, b, hornet_subtract)
    }
    public static func * (a: Tensor, b: Tensor) -> Tensor {
        b.rank == 0 ? a * b.scalar : a.rank == 0 ? a.scalar * b : elementwise("*", a, b, hornet_multiply)
    }
    public static func / (a: Tensor, b: Tensor) -> Tensor { elementwise("/", a, b, hornet_divide) }

    public static func + (a: Tensor, b: Float) -> Tensor { a.affine(scale: 1, shift: b) }
    public static func - (a: Tensor, b: Float) -> Tensor { a.affine(scale: 1, shift: -b) }
    public static func * (a: Tensor, b: Float) -> Tensor { a.affine(scale: b) }
    public static func / (a: Tensor, b: Float) -> Tensor { a / Tensor(b) }
    public static func + (a: Float, b: Tensor) -> Tensor { b + a }
    public static func - (a: Float, b: Tensor) -> Tensor { b.affine(scale: -1, shift: a) }
    public static func * (a: Float, b: Tensor) -> Tensor { b * a }
    public static func / (a: Float, b: Tensor) -> Tensor { Tensor(a) / b }
    public static prefix func - (a: Tensor) -> Tensor { a.affine(scale: -1) }

    // Disfavoured, so that `x += 1` means a number.
    @_disfavoredOverload
    public static func += (a: inout Tensor, b: Tensor) { a.update("+=", b, hornet_add) }
    @_disfavoredOverload
    public static func -= (a: inout Tensor, b: Tensor) { a.update("-=", b, hornet_subtract) }
    @_disfavoredOverload
    public static func *= (a: inout Tensor, b: Tensor) { a.update("*=", b, hornet_multiply) }
    public static func /= (a: inout Tensor, b: Tensor) { a.update("/=", b, hornet_divide) }
    public static func += (a: inout Tensor, b: Float) { a.updateAffine(scale: 1, shift: b) }
    public static func -= (a: inout Tensor, b: Float) { a.updateAffine(scale: 1, shift: -b) }
    public static func *= (a: inout Tensor, b: Float) { a.updateAffine(scale: b, shift: 0) }

    private mutating func updateAffine(scale: Float, shift: Float) {
        let count = count
        write { hornet_affine($0, scale, shift, $0, count) }
    }
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
