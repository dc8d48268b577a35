import CHornetKernels

extension Tensor {
    /// The larger of each two elements, broadcasting; NaN where either is.
    public static func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { combined(HORNET_MAXIMUM, "maximum", a, b) }

    /// The smaller of each two elements, broadcasting; NaN where either is.
    public static func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { combined(HORNET_MINIMUM, "minimum", a, b) }
}

extension Value {
    /// ``Tensor/maximum(_:_:)``. Where both are equal, the gradient is `a`'s, as in TensorFlow.
    public static func maximum(_ a: Value, _ b: Value) -> Value { extremum(a, b, Tensor.maximum(a.tensor, b.tensor)) }

    /// ``Tensor/minimum(_:_:)``. Where both are equal, the gradient is `a`'s, as in TensorFlow.
    public static func minimum(_ a: Value, _ b: Value) -> Value { extremum(a, b, Tensor.minimum(a.tensor, b.tensor)) }

    private static func extremum(_ a: Value, _ b: Value, _ result: Tensor) -> Value {
        let (x, y) = (a.tensor, b.tensor)
        return recorded(result, from: [a, b]) { dy, dx in
            let isFirst = x .== result
            dx.add((dy * isFirst).summed(to: x.shape), to: 0)
            dx.add((dy * (1 - isFirst)).summed(to: y.shape), to: 1)
        }
    }
}
