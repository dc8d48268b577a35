import CHornetKernels

/// Comparisons of each two elements, spelled as those of `SIMD` vectors: 1 where they hold, else 0, broadcasting. NaN is
/// equal to nothing, itself included, and neither less nor greater.
///
/// Those of two tensors are disfavoured, so that the 0 of `x .> 0` is a number.
extension Tensor {
    @_disfavoredOverload
    public static func .== (a: Tensor, b: Tensor) -> Tensor { combined(HORNET_EQUAL, ".==", a, b) }
    public static func .== (a: Tensor, b: Float) -> Tensor { combined(HORNET_EQUAL, a, b) }
    public static func .== (a: Float, b: Tensor) -> Tensor { combined(HORNET_EQUAL, a, b) }

    @_disfavoredOverload
    public static func .!= (a: Tensor, b: Tensor) -> Tensor { combined(HORNET_NOT_EQUAL, ".!=", a, b) }
    public static func .!= (a: Tensor, b: Float) -> Tensor { combined(HORNET_NOT_EQUAL, a, b) }
    public static func .!= (a: Float, b: Tensor) -> Tensor { combined(HORNET_NOT_EQUAL, a, b) }

    @_disfavoredOverload
    public static func .< (a: Tensor, b: Tensor) -> Tensor { combined(HORNET_LESS, ".<", a, b) }
    public static func .< (a: Tensor, b: Float) -> Tensor { combined(HORNET_LESS, a, b) }
    public static func .< (a: Float, b: Tensor) -> Tensor { combined(HORNET_LESS, a, b) }

    @_disfavoredOverload
    public static func .<= (a: Tensor, b: Tensor) -> Tensor { combined(HORNET_LESS_EQUAL, ".<=", a, b) }
    public static func .<= (a: Tensor, b: Float) -> Tensor { combined(HORNET_LESS_EQUAL, a, b) }
    public static func .<= (a: Float, b: Tensor) -> Tensor { combined(HORNET_LESS_EQUAL, a, b) }

    @_disfavoredOverload
    public static func .> (a: Tensor, b: Tensor) -> Tensor { combined(HORNET_LESS, ".>", b, a) }
    public static func .> (a: Tensor, b: Float) -> Tensor { combined(HORNET_LESS, b, a) }
    public static func .> (a: Float, b: Tensor) -> Tensor { combined(HORNET_LESS, b, a) }

    @_disfavoredOverload
    public static func .>= (a: Tensor, b: Tensor) -> Tensor { combined(HORNET_LESS_EQUAL, ".>=", b, a) }
    public static func .>= (a: Tensor, b: Float) -> Tensor { combined(HORNET_LESS_EQUAL, b, a) }
    public static func .>= (a: Float, b: Tensor) -> Tensor { combined(HORNET_LESS_EQUAL, b, a) }
}

/// Logic on what comparisons give, broadcasting. Whatever is not 0 is true, NaN too, as in NumPy; results are 1 or 0.
extension Tensor {
    /// Both are true.
    public static func .& (a: Tensor, b: Tensor) -> Tensor { combined(HORNET_AND, ".&", a, b) }
    /// One of them is true, or both are.
    public static func .| (a: Tensor, b: Tensor) -> Tensor { combined(HORNET_OR, ".|", a, b) }
    /// One of them is true, and the other is not.
    public static func .^ (a: Tensor, b: Tensor) -> Tensor { combined(HORNET_XOR, ".^", a, b) }
    /// 1 where `a` is 0, else 0.
    public static prefix func .! (a: Tensor) -> Tensor { combined(HORNET_EQUAL, a, 0) }

    /// Whether some element is not 0; false when there are none.
    public func any() -> Bool { holds { hornet_count_nonzero($0, $1) > 0 } }

    /// Whether no element is 0; true when there are none.
    public func all() -> Bool { !holds { hornet_count_nonzero($0, $1) < $1 } }

    /// Whether `test` holds for some stretch of the elements. Looks at few pieces at a time, on all threads, and goes on
    /// while it holds for none.
    private func holds(_ test: (UnsafePointer<Float>, Int) -> Bool) -> Bool {
        let atOnce = 8 * Tensor.pieceSize
        return read { x in
            withUnsafeTemporaryAllocation(of: Bool.self, capacity: 8) { found in
                let found = found.baseAddress!
                for start in stride(from: 0, to: count, by: atOnce) {
                    let length = Swift.min(atOnce, count - start)
                    found.update(repeating: false, count: 8)
                    Tensor.forEachPiece(of: length) {
                        found[$0.lowerBound / Tensor.pieceSize] = test(x + start + $0.lowerBound, $0.count)
                    }
                    for piece in 0..<8 where found[piece] { return true }
                }
                return false
            }
        }
    }

    /// 1 where some element along `axes` is not 0, else 0; of nothing 0. The axes vanish, or stay with size 1.
    public func any(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        countNonzero(axes: axes, keepingAxes: keepingAxes) .> 0
    }

    /// 1 where no element along `axes` is 0, else 0; of nothing 1. The axes vanish, or stay with size 1.
    public func all(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        countNonzero(axes: axes, keepingAxes: keepingAxes) .== Float(elementCount(along: axes, in: "all"))
    }

    /// How many elements are not 0.
    public func countNonzero() -> Int { read { hornet_count_nonzero($0, count) } }

    /// How many elements along `axes` are not 0; exact up to 2²⁴ of them. The axes vanish, or stay with size 1.
    public func countNonzero(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        axes.isEmpty ? self .!= 0 : reduced(HORNET_NONZERO, "countNonzero", axes: axes, keepingAxes: keepingAxes)
    }
}

/// What kind of number each element is, 1 or 0, and whether two tensors are nearly the same.
extension Tensor {
    /// 1 where an element is not a number, else 0.
    public static func isNaN(_ x: Tensor) -> Tensor { combined(HORNET_NOT_EQUAL, "isNaN", x, x) }
    /// 1 where an element is ∞ or −∞, else 0.
    public static func isInfinite(_ x: Tensor) -> Tensor { x.mappedElements(hornet_is_infinite) }
    /// 1 where an element is neither NaN nor infinite, else 0. Whether all are: the property ``isFinite``.
    public static func isFinite(_ x: Tensor) -> Tensor { x.mappedElements(hornet_is_finite) }

    /// 1 where `|a − b| <= absolute + relative·|b|` and b is finite, or where both are equal, else 0: the rule of NumPy's
    /// `isclose`, which is not symmetric. NaN is close to NaN only with `equalNaN`.
    public static func isClose(
        _ a: Tensor, _ b: Tensor, relative: Float = 1e-5, absolute: Float = 1e-8, equalNaN: Bool = false
    ) -> Tensor {
        let isNear = ((a - b).abs() .<= b.abs() * relative + absolute) .& isFinite(b)
        let isClose = isNear .| (a .== b)
        return equalNaN ? isClose .| (isNaN(a) .& isNaN(b)) : isClose
    }

    /// Whether every two elements are close; see ``isClose(_:_:relative:absolute:equalNaN:)``.
    public static func allClose(
        _ a: Tensor, _ b: Tensor, relative: Float = 1e-5, absolute: Float = 1e-8, equalNaN: Bool = false
    ) -> Bool {
        isClose(a, b, relative: relative, absolute: absolute, equalNaN: equalNaN).all()
    }
}
