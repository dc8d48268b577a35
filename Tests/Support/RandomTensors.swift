package import HornetTensor

extension Tensor {
    /// Normal draws that depend on `seed` and `shape` alone.
    package static func random(_ shape: [Int], seed: UInt64 = 1, scale: Float = 1) -> Tensor {
        var random = RandomSource(seed: seed)
        return .normal(shape, standardDeviation: scale, using: &random)
    }

    /// Uniform draws from `[low, high)` that depend on the arguments alone.
    package static func random(_ shape: [Int], in range: Range<Float>, seed: UInt64 = 1) -> Tensor {
        var random = RandomSource(seed: seed)
        return .uniform(shape, low: range.lowerBound, high: range.upperBound, using: &random)
    }

    /// All elements differ by at least `gap` from each other and by half of it from 0, in random order: what a
    /// function with kinks or a maximum needs for its gradient to be checked by differences.
    package static func spread(_ shape: [Int], gap: Float = 0.125, seed: UInt64 = 1) -> Tensor {
        var random = RandomSource(seed: seed)
        let count = shape.reduce(1, *)
        let order = random.permutation(count)
        return Tensor(order.map { (Float($0 - count / 2) + 0.5) * gap }, shape: shape)
    }
}

extension Indices {
    /// Ids below `bound` that depend on the arguments alone.
    package static func random(_ shape: [Int], below bound: Int, seed: UInt64 = 1) -> Indices {
        var random = RandomSource(seed: seed)
        return Indices((0..<shape.reduce(1, *)).map { _ in Int32(random.integer(below: bound)) }, shape: shape)
    }
}
