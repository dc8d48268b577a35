import HornetSupport

/// NumPy's broadcasting: shapes are aligned at their last axis, and an axis of size 1 repeats.
extension Tensor {
    /// The shape of an elementwise operation on `a` and `b`; `nil` when they do not fit.
    package static func broadcastShape(_ a: [Int], _ b: [Int]) -> [Int]? {
        let rank = Swift.max(a.count, b.count)
        var result = [Int](repeating: 1, count: rank)
        for axis in stride(from: 1, through: rank, by: 1) {
            let x = axis <= a.count ? a[a.count - axis] : 1
            let y = axis <= b.count ? b[b.count - axis] : 1
            guard x == y || x == 1 || y == 1 else { return nil }
            result[rank - axis] = x == 1 ? y : x
        }
        return result
    }

    /// This tensor repeated along its axes of size 1 until it has `shape`. Traps when it can't.
    public func broadcast(to shape: [Int]) -> Tensor {
        require(
            Tensor.broadcastShape(self.shape, shape) == shape, "broadcast",
            "\(self.shape) does not broadcast to \(shape)")
        return spread(to: shape)
    }

    /// The gradient of ``broadcast(to:)``: sums over the axes along which `shape` was repeated.
    package func summed(to shape: [Int]) -> Tensor {
        if shape == self.shape { return self }
        let padded = Array(repeating: 1, count: rank - shape.count) + shape
        let axes = padded.indices.filter { padded[$0] == 1 && self.shape[$0] != 1 }
        return (axes.isEmpty ? self : sum(axes: axes, keepingAxes: true)).reshaped(shape)
    }
}

extension Value {
    /// ``Tensor/broadcast(to:)``, with its gradient.
    public func broadcast(to shape: [Int]) -> Value {
        let original = self.shape
        return Value.recorded(tensor.broadcast(to: shape), from: [self]) { dy, dx in
            dx.add(dy.summed(to: original), to: 0)
        }
    }
}
