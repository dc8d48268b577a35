import HornetSupport

extension Tensor {
    /// The larger of each two elements, broadcasting; NaN where either is.
    public static func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { selected(a, b) { $0 > $1 || $0.isNaN } }

    /// The smaller of each two elements, broadcasting; NaN where either is.
    public static func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { selected(a, b) { $0 < $1 || $0.isNaN } }

    /// Elements of `a` where `choosesFirst` says so, else of `b`.
    private static func selected(_ a: Tensor, _ b: Tensor, _ choosesFirst: (Float, Float) -> Bool) -> Tensor {
        guard let shape = broadcastShape(a.shape, b.shape) else {
            trap("maximum", "\(a.shape) and \(b.shape) do not fit each other")
        }
        var result = a.broadcast(to: shape)
        let other = b.broadcast(to: shape)
        let count = other.count
        other.read { other in
            result.write { result in
                for i in 0..<count where !choosesFirst(result[i], other[i]) { result[i] = other[i] }
            }
        }
        return result
    }
}

extension Value {
    /// ``Tensor/maximum(_:_:)``. Where both are equal, the gradient is `a`'s, as in TensorFlow.
    public static func maximum(_ a: Value, _ b: Value) -> Value { extremum(a, b, Tensor.maximum(a.tensor, b.tensor)) }

    /// ``Tensor/minimum(_:_:)``. Where both are equal, the gradient is `a`'s, as in TensorFlow.
    public static func minimum(_ a: Value, _ b: Value) -> Value { extremum(a, b, Tensor.minimum(a.tensor, b.tensor)) }

    private static func extremum(_ a: Value, _ b: Value, _ result: Tensor) -> Value {
        let (x, y) = (a.tensor, b.tensor)
        return recorded(result, from: [a, b]) { dy, dx in
            let isFirst = Tensor.equality(x.broadcast(to: result.shape), result)
            dx.add((dy * isFirst).summed(to: x.shape), to: 0)
            dx.add((dy * (1 - isFirst)).summed(to: y.shape), to: 1)
        }
    }
}

extension Tensor {
    /// 1 where the elements of two tensors of one shape are equal, else 0.
    fileprivate static func equality(_ a: Tensor, _ b: Tensor) -> Tensor {
        var result = a
        let count = a.count
        b.read { b in
            result.write { a in
                for i in 0..<count { a[i] = a[i] == b[i] ? 1 : 0 }
            }
        }
        return result
    }
}
