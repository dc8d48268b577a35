import CHornetKernels

extension Tensor {
    /// Elements of `a` where `condition` is not 0, else of `b`, all three broadcasting.
    ///
    /// ```swift
    /// Tensor.where(x .> 0, x.log(), 0)
    /// ```
    public static func `where`(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
        let shape = a.shape == condition.shape && b.shape == a.shape
            ? a.shape : broadcastShape(broadcastShape(a.shape, b.shape, "where"), condition.shape, "where")
        var result = Tensor(uninitialized: shape)
        let walk = BroadcastWalk(to: shape, a.shape, b.shape, condition.shape)
        var strides = walk.strides
        result.write { y in
            reading(condition, a, b) { condition, a, b in
                walk.forEachBlock { start, at, rows, columns in
                    hornet_select(condition + start.z, a + start.x, b + start.y, y + at, rows, columns, &strides)
                }
            }
        }
        return result
    }
}

extension Value {
    /// ``Tensor/where(_:_:_:)``: the gradient goes to the side that was taken; the condition has none.
    public static func `where`(_ condition: Tensor, _ a: Value, _ b: Value) -> Value {
        let (aShape, bShape) = (a.shape, b.shape)
        return recorded(Tensor.where(condition, a.tensor, b.tensor), from: [a, b]) { dy, dx in
            dx.add(Tensor.where(condition, dy, 0).summed(to: aShape), to: 0)
            dx.add(Tensor.where(condition, 0, dy).summed(to: bShape), to: 1)
        }
    }
}
