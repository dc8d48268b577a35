import HornetSupport

extension Indices {
    /// Independent draws from `range`, all equally likely. Traps when it is empty, or holds what is no Int32.
    public static func integers(_ shape: [Int], in range: Range<Int>, using random: inout RandomSource) -> Indices {
        require(
            !range.isEmpty && range.lowerBound >= Int32.min && range.upperBound <= Int(Int32.max) + 1, "integers",
            "there is nothing to draw from \(range)")
        var result = Indices(uninitialized: shape)
        result.withUnsafeMutableBufferPointer { ids in
            for i in ids.indices { ids[i] = Int32(range.lowerBound + random.integer(below: range.count)) }
        }
        return result
    }

    /// `0 ..< count` in random order.
    public static func permutation(_ count: Int, using random: inout RandomSource) -> Indices {
        Indices(random.permutation(count).map { Int32($0) })
    }

    /// `count` draws from the numbers below `bound`, with equal chances or in proportion to `weights`, a vector of `bound`
    /// numbers. A number may be drawn again, unless `repeating` is false. Traps on fewer numbers than draws then, and on
    /// weights that are negative, not finite, or all 0. NumPy's `choice`.
    public static func choice(
        _ count: Int, below bound: Int, repeating: Bool = true, weights: Tensor? = nil, using random: inout RandomSource
    ) -> Indices {
        var weights = weights.map { $0.scalars.map(Double.init) }
        if let weights {
            require(
                weights.count == bound && weights.allSatisfy { $0 >= 0 && $0.isFinite }, "choice",
                "\(weights.count) weights, all of which have to be 0 or more, for \(bound) numbers")
        }
        let available = weights.map { $0.count { $0 > 0 } } ?? bound
        require(
            count == 0 || available >= (repeating ? 1 : count), "choice",
            "\(count) draws from \(available) numbers\(repeating ? "" : ", none of them twice")")
        if weights == nil {
            if repeating { return integers([count], in: 0..<Swift.max(bound, 1), using: &random) }
            return Indices(random.permutation(bound).prefix(count).map { Int32($0) })
        }
        var sums = runningSums(weights!)
        let ids = (0..<count).map { _ -> Int32 in
            let place = random.double() * (sums.last ?? 0)
            // The first whose sum is above it; rounding may leave the last, of weight 0.
            var (low, high) = (0, sums.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if sums[middle] > place { high = middle } else { low = middle + 1 }
            }
            while weights![low] == 0 { low -= 1 }
            if !repeating {
                weights![low] = 0
                sums = runningSums(weights!)
            }
            return Int32(low)
        }
        return Indices(ids)
    }

    private static func runningSums(_ weights: [Double]) -> [Double] {
        var sum = 0.0
        return weights.map {
            sum += $0
            return sum
        }
    }
}

extension Tensor {
    /// Independent draws of 1 with the given probability, else 0. Traps when it is not within `0 ... 1`.
    public static func bernoulli(_ shape: [Int], probability: Float, using random: inout RandomSource) -> Tensor {
        require(probability >= 0 && probability <= 1, "bernoulli", "\(probability) is no probability")
        // Draws are multiples of 2⁻²⁴ below 1.
        return uniform(shape, using: &random) .< probability
    }
}

extension Shaped {
    /// The rows of axis 0 in random order. NumPy's `permutation`.
    public func shuffled(using random: inout RandomSource) -> Self {
        gathered(.permutation(shape[normalized(axis: 0, in: "shuffled")], using: &random), axis: 0)
    }
}

extension RandomSource {
    /// Uniform in `[0, 1)`, a multiple of 2⁻⁵³.
    fileprivate mutating func double() -> Double { Double(next() >> 11) * 0x1p-53 }
}
