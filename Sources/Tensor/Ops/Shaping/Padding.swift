import HornetSupport

/// What stands around a padded array.
public enum PaddingMode: Sendable, Equatable {
    /// The number everywhere; 0 if nothing is said.
    case constant(Float = 0)
    /// The nearest element of the array.
    case edge
    /// The array mirrored at its first and last elements, which are not repeated; as often as it takes.
    case reflect
}

/// NumPy's `pad`.
extension Tensor {
    /// With `widths[a].0` entries more in front of axis `a` and `widths[a].1` behind it. Traps unless there is one pair an
    /// axis, none negative, and when `.edge` or `.reflect` find nothing to repeat.
    public func padded(_ widths: [(Int, Int)], mode: PaddingMode = .constant()) -> Tensor {
        guard case .constant(let number) = mode else { return extended(widths, mode) }
        let (shape, view) = paddedView(widths)
        var result = Tensor.full(shape, number)
        result.array.write(array, at: view)
        return result
    }
}

extension Value {
    /// ``Tensor/padded(_:mode:)``, with its gradient.
    public func padded(_ widths: [(Int, Int)], mode: PaddingMode = .constant()) -> Value {
        guard case .constant = mode else { return extended(widths, mode) }
        let (_, view) = paddedView(widths)
        return Value.recorded(tensor.padded(widths, mode: mode), from: [self]) { dy, dx in dx.add(dy.viewed(view), to: 0) }
    }
}

extension Shaped {
    /// The shape after padding, and where in it the array lies.
    fileprivate func paddedView(_ widths: [(Int, Int)]) -> ([Int], StridedView) {
        require(
            widths.count == shape.count && widths.allSatisfy { $0.0 >= 0 && $0.1 >= 0 }, "padded",
            "\(widths) are no widths for the axes of \(shape)")
        let padded = zip(shape, widths).map { $0 + $1.0 + $1.1 }
        let strides = StridedView.rowMajor(padded)
        let start = zip(strides, widths).reduce(0) { $0 + $1.0 * $1.1.0 }
        return (padded, StridedView(sizes: shape, strides: strides, start: start))
    }

    /// Padding from the array itself, one axis after the other.
    fileprivate func extended(_ widths: [(Int, Int)], _ mode: PaddingMode) -> Self {
        _ = paddedView(widths)
        var result = self
        for (axis, (before, after)) in widths.enumerated() where before + after > 0 {
            let size = shape[axis]
            require(size > 0, "padded", "axis \(axis) of \(shape) has nothing to repeat")
            let ids = (-before..<size + after).map { place -> Int32 in
                if mode == .edge || size == 1 { return Int32(Swift.min(Swift.max(place, 0), size - 1)) }
                let period = 2 * (size - 1)
                let phase = (place % period + period) % period
                return Int32(Swift.min(phase, period - phase))
            }
            result = result.gathered(Indices(ids), axis: axis)
        }
        return result
    }
}
