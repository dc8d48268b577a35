import HornetSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Numbers at equal distances: each is computed in double precision and rounded once, so that errors do not add up.
extension Tensor {
    /// `[0, 1, …, count − 1]`.
    public static func arange(_ count: Int) -> Tensor { Tensor((0..<count).map(Float.init)) }

    /// `from, from + step, …`, up to but without `to`; empty when `to` is not ahead. Traps on a step of 0. NumPy's `arange`.
    public static func arange(from: Float, to: Float, by step: Float = 1) -> Tensor {
        require(step != 0, "arange", "a step of 0 gets nowhere")
        let (first, step) = (Double(from), Double(step))
        let count = Swift.max(0, ((Double(to) - first) / step).rounded(.up))
        require(count < 1e15, "arange", "there are too many numbers from \(from) to \(to) in steps of \(step)")
        return Tensor((0..<Int(count)).map { Float(first + Double($0) * step) })
    }

    /// `count` numbers from `from` to `to`, which is the last of them unless `includingEnd` is false. NumPy's `linspace`.
    public static func linspace(from: Float, to: Float, count: Int, includingEnd: Bool = true) -> Tensor {
        Tensor(spaced(Double(from), Double(to), count, includingEnd).map { Float($0) })
    }

    /// `base` to the powers ``linspace(from:to:count:includingEnd:)``. NumPy's `logspace`.
    public static func logspace(
        from: Float, to: Float, count: Int, base: Float = 10, includingEnd: Bool = true
    ) -> Tensor {
        Tensor(spaced(Double(from), Double(to), count, includingEnd).map { Float(power(Double(base), $0)) })
    }

    private static func spaced(_ from: Double, _ to: Double, _ count: Int, _ includingEnd: Bool) -> [Double] {
        require(count >= 0, "linspace", "the count \(count) is negative")
        let gaps = includingEnd ? count - 1 : count
        guard gaps > 0 else { return [Double](repeating: from, count: count) }
        let step = (to - from) / Double(gaps)
        var result = (0..<count).map { from + Double($0) * step }
        if includingEnd { result[count - 1] = to }
        return result
    }
}

/// Which axis of a grid the first vector runs along.
public enum GridIndexing: Sendable {
    /// Axis 1, and the second along axis 0: `x` to the right, `y` down.
    case xy
    /// Axis 0, as the others along theirs.
    case ij
}

extension Shaped {
    /// The coordinates of all points of a grid: for each vector an array with an axis for every one of them, along which its
    /// elements run. NumPy's `meshgrid`.
    public static func meshgrid(_ vectors: [Self], indexing: GridIndexing = .xy) -> [Self] {
        for vector in vectors {
            require(vector.shape.count == 1, "meshgrid", "a vector is needed, this has the shape \(vector.shape)")
        }
        var sizes = vectors.map { $0.shape[0] }
        let isTurned = indexing == .xy && vectors.count > 1
        if isTurned { sizes.swapAt(0, 1) }
        return vectors.enumerated().map { number, vector in
            var own = [Int](repeating: 1, count: sizes.count)
            own[isTurned && number < 2 ? 1 - number : number] = vector.shape[0]
            return vector.reshaped(own).spread(to: sizes)
        }
    }
}

/// The C library's function, which inside of `Tensor` its own one hides.
private func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
