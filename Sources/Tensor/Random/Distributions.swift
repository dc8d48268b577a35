import CHornetKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Tensor {
    /// Independent draws from `[low, high)`.
    public static func uniform(
        _ shape: [Int], low: Float = 0, high: Float = 1, using random: inout RandomSource
    ) -> Tensor {
        // Rounding may reach `high`.
        let last = Swift.max(low, high.nextDown)
        let count = shape.reduce(1, *)
        let (state, gamma) = random.skip(count)
        return Tensor(shape) { y in
            // Large tables are as fast as memory takes them.
            Parallel.forEachRange(of: count, by: 1 << 16) { range in
                let first = range.lowerBound
                hornet_uniform(
                    state &+ gamma &* UInt64(first), gamma, low, high - low, last, y + first, range.count)
            }
        }
    }

    /// Independent draws from the normal distribution.
    public static func normal(
        _ shape: [Int], mean: Float = 0, standardDeviation: Float = 1, using random: inout RandomSource
    ) -> Tensor {
        filled(shape) { mean + standardDeviation * random.normal() }
    }

    /// Normal draws, drawn again while they are more than two standard deviations from the mean.
    public static func truncatedNormal(
        _ shape: [Int], mean: Float = 0, standardDeviation: Float = 1, using random: inout RandomSource
    ) -> Tensor {
        filled(shape) {
            var z = random.normal()
            while z.magnitude > 2 { z = random.normal() }
            return mean + standardDeviation * z
        }
    }

    private static func filled(_ shape: [Int], _ draw: () -> Float) -> Tensor {
        var result = Tensor(uninitialized: shape)
        result.withUnsafeMutableBufferPointer { elements in
            for i in elements.indices { elements[i] = draw() }
        }
        return result
    }
}

extension RandomSource {
    /// A draw from the standard normal distribution (Box and Muller; the second draw is not kept, so that the
    /// stream has no hidden state).
    public mutating func normal() -> Float {
        let radius = (-2 * log(Double(next() >> 11) * 0x1p-53 + 0x1p-54)).squareRoot()
        let angle = 2 * Double.pi * Double(next() >> 11) * 0x1p-53
        return Float(radius * cos(angle))
    }
}
